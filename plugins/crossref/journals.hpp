// SPDX-License-Identifier: Apache-2.0
// The source `crossref`: what journals registered at Crossref on a day.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/crossref/works.hpp"

namespace gleaner::crossref {

/// The source's table in the pipeline file.
struct JournalOptions {
  std::vector<std::string> issn;
  std::vector<std::string> type;
  std::string by;
  std::vector<std::string> categories;
  std::chrono::milliseconds window{0};
  std::string mailto;
  std::string base_url;
  std::chrono::milliseconds interval{0};
};

/// Publishers' machines know no weekends.
inline constexpr std::uint32_t kEveryDay = 0x7F;

inline constexpr std::string_view kDocumentation =
    R"(Reads what journals published, from the metadata that their publishers register at Crossref.

    [[source]]
    use  = "crossref"
    issn = ["1476-4687", "1095-9203"]

Journals are named by ISSN, that of the print or of the online edition; `gleaner check` says which ones Crossref does not know.

A paper's day is the one on which its DOI was registered (`by = "created"`, UTC): it never changes and no paper is registered
late under an earlier day. `by = "online"` takes the date on which the publisher says it was published online; such dates may be
a month without a day (it counts as the first), and papers registered more than `window` after theirs are missed.

A day fills up while it lasts. A run of today therefore looks back over `window` and leaves it to the run's `seen` to drop what it
has shown before; a run with `--date` takes that day alone.

Identifiers are DOIs. Many publishers register no abstracts. `categories` are given to all papers, since Crossref knows no fields.

Crossref treats those better who say whom to write to: put `contact` into the pipeline file, or an address into `mailto`. One
request for 200 papers.
)";

/// One thread at a time.
class Journals : public Source<JournalOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "crossref", "What journals published, as registered at Crossref",
          field("issn", &JournalOptions::issn, "The journals, by the ISSN of any edition, 1 to 200 of them")
              .required()
              .example("[\"1476-4687\"]"),
          field("type", &JournalOptions::type, "Which kinds of works to take")
              .choices("journal-article", "proceedings-article", "posted-content", "book-chapter", "book",
                       "monograph", "edited-book", "report", "dissertation", "dataset", "peer-review",
                       "reference-entry", "other")
              .fallback("[\"journal-article\"]"),
          field("by", &JournalOptions::by,
                "What a paper's day is: created (its DOI was registered) or online (published online)")
              .choices("created", "online")
              .fallback("created"),
          field("categories", &JournalOptions::categories, "Categories to give to all papers")
              .example("[\"journals\"]"),
          field("window", &JournalOptions::window,
                "How far a run of today looks back for what it has not seen, up to 30d")
              .fallback("2d")
              .within(0, 30.0 * 86400000),
          field("mailto", &JournalOptions::mailto,
                "An address for Crossref to write to; left out, the pipeline's `contact`")
              .example("you@example.org"),
          field("base_url", &JournalOptions::base_url,
                "Crossref's interface; /works is appended to a URL without a path")
              .fallback("https://api.crossref.org"),
          field("interval", &JournalOptions::interval, "Least time between two requests, up to 1h")
              .fallback("500ms")
              .within(0, 3600000))
          .remote()
          .needs_host("api.crossref.org", "what publishers registered")
          .polite({"crossref", std::chrono::milliseconds(500), 1})
          .announces({"UTC", kEveryDay})
          .documentation(kDocumentation)
          .homepage("https://www.crossref.org/documentation/retrieve-metadata/rest-api/");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  /// What a question brought, a DOI once.
  struct Gathered {
    std::vector<Work> works;
    std::unordered_set<std::string> dois;
    std::uint64_t rows = 0;   // repeats not counted
    std::uint64_t total = 0;  // as Crossref says
    std::uint64_t unreadable = 0;
  };

  [[nodiscard]] std::string address() const;
  [[nodiscard]] std::string url_of(const std::string& query) const;
  [[nodiscard]] std::string question(const std::string& from, const std::string& until) const;
  [[nodiscard]] Page ask(const std::string& url, const Call& call) const;
  [[nodiscard]] Error refusal(const Response& answer) const;
  [[nodiscard]] Gathered gather(const std::string& question, const Call& call) const;
  void take_page(Page page, Gathered& gathered) const;
  [[nodiscard]] NewPaper paper_of(const Work& work) const;

  std::vector<std::string> issns_;
  std::vector<std::string> types_;
};

}  // namespace gleaner::crossref
