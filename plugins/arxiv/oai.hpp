// SPDX-License-Identifier: Apache-2.0
// The route over OAI-PMH: whose metadata changed on the day of an announcement. That is the announcement and
// more: corrections without a new version are left out by the dates of the versions, which are not exact.
#pragma once

#include <string>
#include <string_view>

#include "plugins/arxiv/oai_records.hpp"
#include "plugins/arxiv/options.hpp"

namespace gleaner::arxiv {

/// One thread at a time. Functions throw gleaner::Error.
class OaiRoute {
 public:
  explicit OaiRoute(const Asking& asking) : asking_(asking) {}

  /// The papers of an announcement; none for a day without one.
  [[nodiscard]] Announced of_day(std::string_view day, const Call& call) const;
  void health(const Call& call) const;

 private:
  struct Harvest;

  [[nodiscard]] OaiPage page(const std::string& parameters, const Call& call) const;
  void harvest(const std::string& category, std::string_view day, const Call& call, Harvest& into) const;
  [[nodiscard]] bool harvest_as(const std::string& format, const std::string& category, std::string_view day,
                                const Call& call, Harvest& into) const;
  void take(OaiRecord record, std::string_view day, Harvest& into) const;

  const Asking& asking_;
};

}  // namespace gleaner::arxiv
