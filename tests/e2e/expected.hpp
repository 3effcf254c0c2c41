// What a feed holds by other means than the program's, and what the program made of it, in one form.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "tests/e2e/desk.hpp"

namespace gleaner::e2e {

/// The fields of a paper that a feed has and a digest keeps.
struct Seen {
  std::string id;
  long version = 0;
  std::string title;
  std::vector<std::string> authors;
  std::vector<std::string> categories;
  std::string announce;
  std::string abstract;
  bool operator==(const Seen&) const = default;
};

struct SeenFeed {
  std::string date;
  std::vector<Seen> papers;
};

void PrintTo(const Seen& paper, std::ostream* out);

/// By python3 (xml.etree). Throws std::runtime_error where there is no python3.
[[nodiscard]] SeenFeed expected_feed(Desk& desk, const std::filesystem::path& feed);
/// Of JSON Lines as the output `jsonl` writes them.
[[nodiscard]] std::vector<Seen> seen_lines(const std::string& jsonl);
[[nodiscard]] Seen seen(const boost::json::object& paper);

/// The object `run --json` printed, the only thing on standard output. Throws when it is none.
[[nodiscard]] boost::json::object report_of(const Ending& ending);
/// The rows of a receipt by "stage/reason", of all sources together.
[[nodiscard]] std::map<std::string, long> rows_of(const boost::json::object& receipt);

}  // namespace gleaner::e2e
