// Papers and digests to check components with: plain ones, hostile ones, and any number by chance. Pure; any
// thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gleaner/testkit/values.hpp>

#include "host/cli/conformance/random.hpp"

namespace gleaner::host::cli::conformance {

using Papers = std::vector<NewPaper>;

/// The announcement date all of it is of.
inline constexpr const char* checked_date = "2025-05-07";

/// A dozen, of several fields, as a source would push them.
[[nodiscard]] Papers ordinary_papers();
/// Others, to be judged in between.
[[nodiscard]] Papers other_papers();
/// No more than a paper must have.
[[nodiscard]] NewPaper bare_paper();

/// A paper that is legal and unkind, and how.
using Hostile = std::pair<std::string, NewPaper>;
[[nodiscard]] std::vector<Hostile> hostile_papers();

/// Valid UTF-8 that is anything at all.
[[nodiscard]] std::string random_text(Random& random, std::size_t most_characters);
[[nodiscard]] NewPaper random_paper(Random& random);
[[nodiscard]] Papers random_papers(Random& random, std::size_t count);

[[nodiscard]] testkit::DigestPage ordinary_digest();
[[nodiscard]] testkit::DigestPage empty_digest();
/// Every paper unscored, the run incomplete.
[[nodiscard]] testkit::DigestPage unscored_digest();
[[nodiscard]] testkit::DigestPage hostile_digest();
[[nodiscard]] testkit::DigestPage random_digest(Random& random);

/// What a server may answer: pages of usual formats, broken ones, nothing, anything.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> server_answers();
[[nodiscard]] std::string random_answer(Random& random);

}  // namespace gleaner::host::cli::conformance
