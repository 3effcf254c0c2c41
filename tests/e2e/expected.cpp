#include "tests/e2e/expected.hpp"

#include <ostream>
#include <stdexcept>

namespace gleaner::e2e {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

std::vector<std::string> texts_of(const json::object& object, const char* key) {
  std::vector<std::string> out;
  if (const json::value* value = object.if_contains(key)) {
    for (const json::value& each : value->as_array())
      out.emplace_back(each.as_string());
  }
  return out;
}

}  // namespace

void PrintTo(const Seen& paper, std::ostream* out) {
  *out << paper.id << "v" << paper.version << " (" << paper.announce << ") \"" << paper.title << "\" by";
  for (const std::string& author : paper.authors)
    *out << " [" << author << "]";
  for (const std::string& category : paper.categories)
    *out << " " << category;
  *out << ": " << paper.abstract;
}

Seen seen(const json::object& paper) {
  Seen out;
  out.id = text_of(paper, "id");
  if (const json::value* version = paper.if_contains("version")) out.version = version->to_number<long>();
  out.title = text_of(paper, "title");
  out.authors = texts_of(paper, "authors");
  out.categories = texts_of(paper, "categories");
  out.announce = text_of(paper, "announce");
  out.abstract = text_of(paper, "abstract");
  return out;
}

SeenFeed expected_feed(Desk& desk, const std::filesystem::path& feed) {
  const std::string script = GLEANER_SOURCE_DIR "/tests/e2e/expected_feed.py";
  const std::string text = desk.ask({"python3", script, feed.string()});
  if (text.empty()) throw std::runtime_error("python3 could not read " + feed.string());
  const json::object object = json::parse(text).as_object();
  SeenFeed out{text_of(object, "date"), {}};
  for (const json::value& paper : object.at("papers").as_array())
    out.papers.push_back(seen(paper.as_object()));
  return out;
}

std::vector<Seen> seen_lines(const std::string& jsonl) {
  std::vector<Seen> out;
  for (const std::string& line : lines_of(jsonl))
    out.push_back(seen(json::parse(line).as_object()));
  return out;
}

json::object report_of(const Ending& ending) {
  return json::parse(ending.out).as_object();
}

std::map<std::string, long> rows_of(const json::object& receipt) {
  std::map<std::string, long> out;
  for (const json::value& row : receipt.at("rows").as_array()) {
    const json::object& each = row.as_object();
    out[text_of(each, "stage") + "/" + text_of(each, "reason")] += each.at("count").to_number<long>();
  }
  return out;
}

}  // namespace gleaner::e2e
