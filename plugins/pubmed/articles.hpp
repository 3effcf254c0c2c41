// SPDX-License-Identifier: Apache-2.0
// The source `pubmed`: what entered PubMed on a day and answers a search.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/pubmed/records.hpp"
#include "plugins/pubmed/search_answer.hpp"

namespace gleaner::pubmed {

inline constexpr std::string_view kServer = "https://eutils.ncbi.nlm.nih.gov";

/// The source's table in the pipeline file.
struct ArticleOptions {
  std::string term;
  std::vector<std::string> journals;
  std::string by;
  std::vector<std::string> categories;
  std::chrono::milliseconds window{0};
  Secret api_key;
  std::string email;
  std::string tool;
  std::string base_url;
  std::chrono::milliseconds interval{0};
};

/// Records come in on weekends, too.
inline constexpr std::uint32_t kEveryDay = 0x7F;

inline constexpr std::string_view kDocumentation =
    R"(Reads what came into PubMed, through NCBI's E-utilities.

    [[source]]
    use      = "pubmed"
    term     = "microbiome[tiab] AND (mouse OR human) NOT review[pt]"
    journals = ["Nature", "0092-8674"]

`term` is a search as one types it into PubMed, with its field tags. `journals` narrows it to journals, by title, abbreviation or
ISSN. A word that PubMed does not know is said.

A paper's day is the one on which it came into PubMed (`by = "edat"`, in New York), whenever it was published; of old papers that
are added late it is their publication. `by = "pdat"` takes the date of publication, which is often in the future, or a month
without a day, and then the first of it: better for looking back than for every day.

A day fills up while it lasts. A run of today therefore looks back over `window` and leaves it to the run's `seen` to drop what it
has shown before; a run with `--date` takes that day alone. PubMed shows the first 10,000 records of a search.

The identifier is the DOI where the record has one, else `pmid:` and PubMed's number. The parts of a structured abstract are joined
with their labels; categories are `categories`, then the authors' key words and MeSH headings.

NCBI takes three requests a second, and ten with an `api_key`: set `interval = "100ms"` with one. It asks for an address to write
to: put `contact` into the pipeline file, or an address into `email`.
)";

/// One thread at a time.
class Articles : public Source<ArticleOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "pubmed", "What came into PubMed and answers a search",
          field("term", &ArticleOptions::term, "The search, as one types it into PubMed")
              .required()
              .example("microbiome[tiab]"),
          field("journals", &ArticleOptions::journals,
                "Journals to take, by title, abbreviation or ISSN; none: all of them")
              .example("[\"Nature\"]"),
          field("by", &ArticleOptions::by,
                "What a paper's day is: edat (it came into PubMed) or pdat (it was published)")
              .choices("edat", "pdat")
              .fallback("edat"),
          field("categories", &ArticleOptions::categories,
                "Categories to give to all papers, before their key words")
              .example("[\"medicine\"]"),
          field("window", &ArticleOptions::window,
                "How far a run of today looks back for what it has not seen, up to 30d")
              .fallback("2d")
              .within(0, 30.0 * 86400000),
          field("api_key", &ArticleOptions::api_key, "NCBI key, for ten requests a second instead of three")
              .example("${secret:NCBI_API_KEY}"),
          field("email", &ArticleOptions::email,
                "An address for NCBI to write to; left out, the pipeline's `contact`")
              .example("you@example.org"),
          field("tool", &ArticleOptions::tool, "The name under which NCBI counts the requests")
              .fallback("gleaner"),
          field("base_url", &ArticleOptions::base_url,
                "The E-utilities; /entrez/eutils is appended to a URL without a path")
              .fallback(kServer),
          field("interval", &ArticleOptions::interval,
                "Least time between two requests, up to 1h; NCBI allows 334ms, and 100ms with a key")
              .fallback("334ms")
              .within(0, 3600000))
          .remote()
          .needs_host("eutils.ncbi.nlm.nih.gov", "searches and records")
          .needs_secret("NCBI_API_KEY", "a higher rate; not required")
          .polite({"pubmed",
                   std::chrono::milliseconds(334),
                   1,
                   {"{\"error\":\"API rate limit exceeded"},  // sometimes with status 200
                   {}})
          .announces({"America/New_York", kEveryDay})
          .documentation(kDocumentation)
          .homepage("https://www.ncbi.nlm.nih.gov/books/NBK25501/");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  struct Search {
    std::vector<std::string> pmids;  // each once
    std::uint64_t total = 0;
  };
  struct Gathered {
    std::vector<Record> records;
    std::uint64_t unreadable = 0;
  };

  void check_interval() const;
  [[nodiscard]] std::string address(std::string_view utility) const;
  [[nodiscard]] std::string parameters() const;
  [[nodiscard]] std::string question(const std::string& from, const std::string& until) const;
  [[nodiscard]] Response ask(std::string_view utility, const std::string& query, const std::string& expect,
                             const Call& call) const;
  [[nodiscard]] Error refusal(const Response& answer) const;
  [[nodiscard]] Found search_page(const std::string& question, std::uint64_t start, std::uint64_t rows,
                                  const Call& call) const;
  [[nodiscard]] Search search(const std::string& question, const Call& call) const;
  [[nodiscard]] Gathered read_all(const Search& found, const Call& call) const;
  void take(Records records, std::unordered_set<std::string>& wanted, Gathered& gathered) const;
  [[nodiscard]] NewPaper paper_of(const Record& record) const;

  std::string term_;
};

}  // namespace gleaner::pubmed
