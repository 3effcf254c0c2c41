// SPDX-License-Identifier: Apache-2.0
// The source `biorxiv`: what bioRxiv and medRxiv posted on a day.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/biorxiv/details.hpp"

namespace gleaner::biorxiv {

/// The source's table in the pipeline file.
struct PreprintOptions {
  std::vector<std::string> server;
  std::vector<std::string> categories;
  std::vector<std::string> type;
  std::chrono::milliseconds window{0};
  std::string base_url;
  std::chrono::milliseconds interval{1000};
};

/// Both servers post on weekends, too.
inline constexpr std::uint32_t kEveryDay = 0x7F;

inline constexpr std::string_view kDocumentation =
    R"(Reads what bioRxiv and medRxiv posted, from their details interface.

    [[source]]
    use        = "biorxiv"
    server     = ["biorxiv", "medrxiv"]
    categories = ["neuroscience", "bioinformatics"]

Categories are named as the interface names them, in lower case; none means all. `type` takes first versions (`new`), later ones
(`revised`) or both; what is left out for either is counted in the receipt.

A day fills up while it lasts. A run of today therefore looks back over `window` and leaves it to the run's `seen` to drop what it
has shown before; a run with `--date` takes the postings of that day alone. Days are the servers' own, those of New York.

Identifiers are DOIs. One request a second, as many as there are pages: about five a day and server.
)";

/// One thread at a time.
class Preprints : public Source<PreprintOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "biorxiv", "What bioRxiv and medRxiv posted on a day",
          field("server", &PreprintOptions::server, "Which of the two servers to read")
              .choices("biorxiv", "medrxiv")
              .fallback("[\"biorxiv\"]"),
          field("categories", &PreprintOptions::categories,
                "Categories to take, as in \"cell biology\"; none: all of them")
              .example("[\"neuroscience\"]"),
          field("type", &PreprintOptions::type, "First versions (new), later ones (revised), or both")
              .choices("new", "revised")
              .fallback("[\"new\"]"),
          field("window", &PreprintOptions::window,
                "How far a run of today looks back for what it has not seen, up to 30d")
              .fallback("2d")
              .within(0, 30.0 * 86400000),
          field("base_url", &PreprintOptions::base_url,
                "The interface; /details is appended to an URL "
                "without a path")
              .fallback("https://api.biorxiv.org"),
          field("interval", &PreprintOptions::interval, "Least time between two requests, up to 1h")
              .fallback("1s")
              .within(0, 3600000))
          .remote()
          .needs_host("api.biorxiv.org", "the details interface of both servers")
          .polite({"biorxiv", std::chrono::milliseconds(1000), 1})
          .announces({"America/New_York", kEveryDay})
          .documentation(kDocumentation)
          .homepage("https://api.biorxiv.org");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  /// What one server had, a DOI once.
  struct Gathered {
    std::vector<Posting> postings;
    std::unordered_map<std::string, std::size_t> by_doi;
    std::set<std::string> categories;  // in the answer, before any choice
    std::uint64_t rows = 0;
    std::uint64_t total = 0;
    std::uint64_t left_out_type = 0, left_out_category = 0, superseded = 0, repeated = 0, unreadable = 0;
  };

  [[nodiscard]] std::string url_of(const std::string& server, const std::string& interval,
                                   std::uint64_t cursor) const;
  [[nodiscard]] Page ask(const std::string& url, const Call& call) const;
  [[nodiscard]] Gathered gather(const std::string& server, const std::string& interval,
                                const Call& call) const;
  void take_page(Page page, const std::string& server, Gathered& gathered) const;
  void take(Posting posting, Gathered& gathered) const;
  void check_categories(const std::vector<Gathered>& found) const;
  void account(const std::string& server, const Gathered& gathered) const;

  std::vector<std::string> servers_;
  std::vector<std::string> categories_;
  bool takes_new_ = false;
  bool takes_revised_ = false;
};

}  // namespace gleaner::biorxiv
