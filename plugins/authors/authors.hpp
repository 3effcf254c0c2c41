// SPDX-License-Identifier: Apache-2.0
// The component `authors`: papers by people the reader follows, picked whatever they are about.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "plugins/authors/core/follow.hpp"
#include "plugins/authors/identity.hpp"

namespace gleaner::authors {

struct AuthorsOptions : ServerOptions {
  Path follow;
  std::vector<std::string> names;
  double total = 20;
};

inline constexpr std::string_view kAuthorsDocumentation =
    R"(Picks the papers of people you follow: they skip the other stages and come first, with the comment "Author match".

    [[stage]]
    use    = "authors"
    follow = "authors.txt"

The file holds one person a line, `#` begins a comment:

    Ada Lovelace, 1234567      # name and Semantic Scholar id: the number at the end of the address of their page there
    Grace Hopper               # a name alone
    7654321                    # an id alone

## By name

A name without an id matches an author written the same way; accents, case, hyphens and full stops do not matter, initials
do: `John Smith` is neither `J. Smith` nor `John A. Smith`. Nobody is asked, and everybody of that name matches.

## By id

Semantic Scholar is asked who wrote the papers of the day, up to 500 papers a request; an id matches nobody else of the same
name. Papers of the day are often unknown there for a day or three. Such a paper matches only if its author's name fits and
something else shows that it is them: people they wrote with before, an affiliation, or, for the only one of a name, the
field. Where there is no such evidence the paper goes on like any other, and the log says so.

Answers are remembered for 30 days. If Semantic Scholar cannot be asked, papers that match by name are picked all the same,
the others go on to the next stage, and the digest says so. `--dry-run` asks nobody.
)";

/// One thread at a time.
class Authors : public Filter<AuthorsOptions> {
 public:
  // Not remote(): by names it needs no server, and a dry run must show what it picks. It asks none in one.
  static constexpr auto about =
      gleaner::about(
          "authors", "Picks papers by people you follow",
          field("follow", &AuthorsOptions::follow,
                "File with one person a line: `Name, id`, `Name` or a Semantic Scholar id")
              .example("authors.txt"),
          field("names", &AuthorsOptions::names, "People in the same form, beside or instead of the file")
              .example("[\"Ada Lovelace\", \"Grace Hopper\"]"),
          field("total", &AuthorsOptions::total, "Total of a picked paper, 0 to 1000")
              .fallback("20")
              .within(0, 1000),
          field("base_url", &AuthorsOptions::base_url,
                "Semantic Scholar's server; /graph/v1 is appended unless the URL has a path")
              .fallback(kServer),
          field("api_key", &AuthorsOptions::api_key,
                "Semantic Scholar key; without one all the world shares one allowance")
              .example("${secret:S2_API_KEY}"),
          field("interval", &AuthorsOptions::interval,
                "Least time between two requests, up to 1h; a key is good for one a second")
              .fallback("1s")
              .within(0, 3600000))
          .whole_day()
          .needs_host("api.semanticscholar.org", "who wrote which paper; only with ids")
          .needs_secret("S2_API_KEY", "a higher rate at Semantic Scholar; not required")
          .polite(kPoliteness)
          .documentation(kAuthorsDocumentation)
          .homepage("https://www.semanticscholar.org/product/api");

  void start();
  void judge(const Batch& batch);
  void health(const Call& call);

 private:
  /// A paper Semantic Scholar cannot say everything of, and the authors that are in question.
  struct Open {
    std::size_t paper = 0;
    std::vector<Name> authors;
  };
  /// Somebody followed by id.
  struct ById {
    std::string id;
    Name name;  ///< may be empty until Semantic Scholar is asked
  };

  void follow(const Followed& followed);
  void read_file();
  [[nodiscard]] bool matches_by_name(const Paper& paper) const;
  [[nodiscard]] bool has_id(const std::vector<PaperAuthor>& authors) const;
  [[nodiscard]] std::vector<Open> pick_by_id(const Batch& batch, const std::vector<std::size_t>& papers,
                                             SemanticScholar& server);
  void pick_by_evidence(const Batch& batch, const std::vector<Open>& open, SemanticScholar& server);
  [[nodiscard]] bool is_followed(const Paper& paper, const Open& open, Identities& identities);
  void learn_names(SemanticScholar& server);

  std::unordered_set<std::string> names_;  // same_key() of those without id
  std::unordered_set<std::string> ids_;
  std::vector<ById> people_;
};

}  // namespace gleaner::authors
