// SPDX-License-Identifier: Apache-2.0
// Records of PubMed's XML (EFetch, https://dtd.nlm.nih.gov/ncbi/pubmed/), read. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gleaner::pubmed {

/// One record. Texts are plain.
struct Record {
  std::string pmid;
  std::string doi;  ///< bare, in lower case, or empty
  std::string pmc;  ///< "PMC1234567", or empty
  std::string title, abstract, journal;
  std::string vernacular_title;  ///< of a paper that is not in English, or empty
  std::string entered;           ///< "YYYY-MM-DD" when it came into PubMed, or empty
  std::string published;         ///< "YYYY-MM-DD", electronically where that is known, or empty; month or day
                                 ///< may be missing there and count as the first
  std::vector<std::string> authors;
  std::vector<std::string> affiliations;  ///< empty, or one per author
  std::vector<std::string> keywords;      ///< the authors' own, then MeSH headings
};

struct Records {
  std::vector<Record> records;          ///< those with a number and a title
  std::vector<std::string> unreadable;  ///< the number, or nothing, of each of the others
  std::string note;                     ///< a sentence where the encoding was not what was said, else empty
};

/// Reads a PubmedArticleSet; `origin` is its address, for messages. Throws gleaner::Error: one sentence for
/// what is broken or an error of the server's.
[[nodiscard]] Records read_records(std::string body, const std::string& charset, const std::string& origin);

}  // namespace gleaner::pubmed
