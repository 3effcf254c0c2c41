// A component put to its use on the fake host, and everything that came of it as text that can be compared.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/conformance/papers.hpp"
#include "host/cli/conformance/trial.hpp"

namespace gleaner::host::cli::conformance {

/// An instance on a fake host of its own. The host has every service, the component's secrets, and a web in
/// which nobody answers; `prepare` may change that before the instance is made. Immovable.
struct Bench {
  explicit Bench(Trial& for_trial, const std::function<void(kit::FakeHost&)>& prepare = {},
                 const std::string& instance = {});
  Trial& trial;
  kit::FakeHost host;
  kit::Component component;
};

/// A fake host made ready as a Bench has it.
kit::FakeHost& make_ready(Trial& trial, kit::FakeHost& host,
                          const std::function<void(kit::FakeHost&)>& prepare = {});

/// What a call gave.
struct Used {
  kit::Outcome outcome;
  std::string transcript;               ///< a line for each thing it gave: equal where those are
  std::vector<std::string> violations;  ///< what a host would refuse, in this call
};

[[nodiscard]] Used fetch(Bench& bench, const kit::Wanted& wanted = {checked_date, checked_date});
[[nodiscard]] Used judge(Bench& bench, const Papers& papers);
[[nodiscard]] Used deliver(Bench& bench, const kit::DigestPage& page);
/// Whatever it is for, with plain papers.
[[nodiscard]] Used use(Bench& bench);
/// The same with the papers, pages or answers that chance has.
[[nodiscard]] Used use(Bench& bench, Random& random);

/// Lines of what a stage said of papers, one a paper, with the paper's id in front.
[[nodiscard]] std::vector<std::string> lines(const kit::Judged& judged, const Papers& papers);

/// Where two transcripts part: `"…", and then "…"`; empty where they are equal.
[[nodiscard]] std::string difference(const std::string& first, const std::string& second);

/// The first of the sentences that contains one of the phrases, or empty.
[[nodiscard]] std::string first_with(const std::vector<std::string>& sentences,
                                     std::initializer_list<std::string_view> phrases);

/// Throws Broken where a call failed without a sentence, with a status nobody knows, or blaming an option
/// that does not exist. `when`: "without a network".
void must_be_explained(const kit::FakeHost& host, const std::string& when);

/// A text for a message: quoted, shortened.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace gleaner::host::cli::conformance
