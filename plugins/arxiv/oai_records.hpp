// SPDX-License-Identifier: Apache-2.0
// Answers of arXiv's OAI-PMH server to ListRecords, in the formats arXiv and arXivRaw. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/arxiv/core/query.hpp"

namespace gleaner::arxiv {

struct OaiRecord {
  OwnedEntry paper;          ///< without announce type; `version` is 0 in the format arXiv
  std::string datestamp;     ///< of the last change to the metadata, YYYY-MM-DD
  std::string submitted;     ///< of the latest version, YYYY-MM-DD GMT; empty if it says none
  bool is_replaced = false;  ///< there was an earlier version
};

struct OaiPage {
  std::vector<OaiRecord> records;
  std::size_t deleted = 0;     ///< records beside these that are marked as deleted
  std::size_t unreadable = 0;  ///< records beside these that name no paper
  std::string token;           ///< of the next page; empty: this was the last one
  std::string error_code;      ///< "noRecordsMatch", "badResumptionToken", …; empty: none
  std::string error;           ///< its text
};

/// `bytes` in any encoding, `charset` that of the HTTP header or empty, `origin` the address, for messages.
/// Throws gleaner::Error for what is no OAI-PMH answer.
[[nodiscard]] OaiPage parse_oai(std::string bytes, std::string_view charset, std::string_view origin);

/// "cs:cs:LG" for cs.LG, "physics:hep-th" for hep-th, "math" for math.
[[nodiscard]] std::string set_spec(std::string_view category);

}  // namespace gleaner::arxiv
