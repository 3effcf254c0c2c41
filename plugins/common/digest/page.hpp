// What a page is made of: the facts of one digest (schema gleaner.digest/1) as values.
//
// Every type owns its text and may be copied, moved and read from any thread. "Absent" is always an empty
// optional, never a magic value; an axis that was not scored is NaN and is never printed.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::digest {

// A calendar day of the source; read_digest() only lets days through that exist.
using Date = std::chrono::year_month_day;

inline constexpr double kUnscored = std::numeric_limits<double>::quiet_NaN();

struct Axis {
  std::string name;          // "relevance", or "STAGE.relevance" where two stages wrote one
  double value = kUnscored;  // 1 to 10 for LLM axes; NaN: not scored
};

struct Paper {
  std::string id;     // canonical: bare arXiv id, else "doi:…", "pmid:…", "openreview:…", "url:…"
  std::string title;  // as the source wrote it
  std::optional<std::int64_t> version;
  std::string url;                                  // empty: made from the id
  std::optional<std::vector<std::string>> authors;  // absent: no line; empty: a line without names
  std::optional<std::string> abstract;              // absent: no line
  std::vector<std::string> categories;              // the first is the primary one
  std::string announce;                             // "new", "cross", …
  std::string published;
  std::string doi;
  std::vector<std::string> sources;
  std::vector<Axis> scores;            // in the digest's order
  std::optional<double> total;         // a pick has a total and no scores
  std::optional<std::string> comment;  // absent: no line
  std::string summary;
  std::string flag;  // what the host or a stage marks it with: "unscored: the model declined"
  std::string decided_by;
};

// Costs are dollars; empty: the price is unknown.
struct Usage {
  std::string model;
  std::int64_t requests = 0;
  std::int64_t prompt_tokens = 0;
  std::int64_t cached_tokens = 0;
  std::int64_t completion_tokens = 0;
  std::optional<double> prompt_cost;
  std::optional<double> completion_cost;
  std::optional<double> total_cost;  // as the digest says it, else the sum where both parts are known
};

struct Counts {
  std::optional<std::int64_t> announced;  // entries listed, repeats included
  std::optional<std::int64_t> scanned;    // unique papers after merge
  std::optional<std::int64_t> selected;
  std::optional<std::int64_t> unscored;
};

struct ReceiptRow {
  std::string source;
  std::string stage;  // empty: before the stages
  std::string reason;
  std::int64_t count = 0;
};

struct Receipt {
  std::vector<ReceiptRow> rows;
  bool is_approximate = false;  // a source came by a route that does not know how much was announced
  std::optional<bool> closes;   // absent: the digest does not say
};

// A digest made late: the announcement days it covers, and the day it was made.
struct Remedial {
  Date from{};
  Date to{};
  std::optional<Date> generated;
};

struct Page {
  std::string title;
  Date date{};
  std::string pipeline;
  std::string generated;  // RFC 3339, as written
  std::optional<Remedial> remedial;
  std::vector<Usage> usage;
  Counts counts;
  Receipt receipt;
  std::vector<std::string> warnings;
  std::optional<bool> complete;  // absent: an older digest, where a warning means that something is missing
  std::vector<std::string> sections;  // what the owner's `sections` names; empty: whatever there is
  std::string prompt;                 // empty: no prompt section
  std::vector<Paper> papers;
  std::vector<Paper> unscored;
  std::vector<Paper> near_misses;
};

// Whether the owner asks for this part by name: "near_misses", "receipt".
inline bool asks_for(const Page& page, std::string_view section) {
  return std::ranges::find(page.sections, section) != page.sections.end();
}

}  // namespace gleaner::digest
