#include <charconv>
#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/digest.hpp"
#include "host/services/clock.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

// What is wrong with the text; a sentence.
struct Problem {
  std::string sentence;
};

const json::value* member(const json::object& object, std::string_view key) {
  return object.if_contains(key);
}

std::string words(const json::object& object, std::string_view key) {
  const auto* value = member(object, key);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

// Numbers may come as strings.
double number_of(const json::value& value) {
  if (value.is_number()) {
    const double number = value.to_number<double>();
    return std::isfinite(number) ? number : unscored;
  }
  if (!value.is_string()) return unscored;
  const auto& text = value.get_string();
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && std::isfinite(out) ? out : unscored;
}

std::uint64_t count_of(const json::object& object, std::string_view key) {
  const auto* value = member(object, key);
  const double number = value == nullptr ? 0 : number_of(*value);
  return number > 0 && number < 1e15 ? static_cast<std::uint64_t>(number) : 0;
}

std::string required(const json::object& object, std::string_view key, const std::string& where) {
  const auto* value = member(object, key);
  if (value == nullptr) throw Problem{fmt::format("{} is missing", where)};
  if (!value->is_string()) throw Problem{fmt::format("{} is not a string", where)};
  return std::string(value->get_string());
}

std::vector<std::string> texts(const json::object& object, std::string_view key) {
  std::vector<std::string> out;
  const auto* value = member(object, key);
  if (value == nullptr || !value->is_array()) return out;
  for (const auto& item : value->get_array())
    if (item.is_string()) out.emplace_back(item.get_string());
  return out;
}

std::uint32_t announce_of(std::string_view word) {
  if (word == "new") return GLEANER_ANNOUNCE_NEW;
  if (word == "cross") return GLEANER_ANNOUNCE_CROSS;
  if (word == "replace") return GLEANER_ANNOUNCE_REPLACE;
  if (word == "replace-cross") return GLEANER_ANNOUNCE_REPLACE_CROSS;
  return GLEANER_ANNOUNCE_NONE;
}

std::vector<gleaner_str> views(const std::vector<std::string>& texts) {
  std::vector<gleaner_str> out;
  out.reserve(texts.size());
  for (const auto& each : texts)
    out.push_back(text(each));
  return out;
}

// A block of memory that holds the texts of a paper as they are: no clean-up, unlike RunPaper::copy.
struct Texts {
  std::string id, title, abstract, url, doi, published, journal, license;
  std::vector<std::string> authors, affiliations, categories, sources;
  std::vector<std::pair<std::string, std::string>> extras;
  std::vector<gleaner_str> author_views, affiliation_views, category_views;
  std::vector<gleaner_pair> extra_views;
};

RunPaper paper_of(const json::object& object, const std::string& where) {
  auto texts_owner = std::make_unique<Texts>();
  auto* held = texts_owner.get();
  const auto owned = std::make_shared<Adopted>(
      [](void* owner) { const std::unique_ptr<Texts> gone(static_cast<Texts*>(owner)); }, held);
  (void)texts_owner.release();  // `owned` deletes it
  held->id = required(object, "id", where + "/id");
  held->title = required(object, "title", where + "/title");
  held->abstract = words(object, "abstract");
  held->url = words(object, "url");
  held->doi = words(object, "doi");
  held->published = words(object, "published");
  held->journal = words(object, "journal");
  held->license = words(object, "license");
  held->authors = texts(object, "authors");
  held->affiliations = texts(object, "affiliations");
  held->categories = texts(object, "categories");
  if (const auto* extras = member(object, "extras"); extras != nullptr && extras->is_object())
    for (const auto& [key, value] : extras->get_object())
      if (value.is_string()) held->extras.emplace_back(std::string(key), std::string(value.get_string()));
  for (const auto& [key, value] : held->extras)
    held->extra_views.push_back({text(key), text(value)});
  held->author_views = views(held->authors);
  held->affiliation_views = views(held->affiliations);
  held->category_views = views(held->categories);
  gleaner_paper raw{};
  raw.size = sizeof raw;
  raw.id = text(held->id);
  raw.title = text(held->title);
  raw.abstract = text(held->abstract);
  raw.url = text(held->url);
  raw.doi = text(held->doi);
  raw.published = text(held->published);
  raw.journal = text(held->journal);
  raw.license = text(held->license);
  raw.authors = held->author_views.data();
  raw.author_count = held->author_views.size();
  if (held->affiliations.size() == held->authors.size() && !held->authors.empty())
    raw.affiliations = held->affiliation_views.data();
  raw.categories = held->category_views.data();
  raw.category_count = held->category_views.size();
  raw.extras = held->extra_views.data();
  raw.extra_count = held->extra_views.size();
  raw.version = static_cast<std::uint32_t>(count_of(object, "version"));
  raw.announce = announce_of(words(object, "announce"));
  RunPaper paper = RunPaper::adopt(raw, owned);
  held->sources = texts(object, "sources");
  for (const auto& source : held->sources)
    paper.add_source(source);
  return paper;
}

DigestPaper entry_of(const json::value& value, const std::string& where) {
  if (!value.is_object()) throw Problem{fmt::format("{} is not an object", where)};
  const auto& object = value.get_object();
  DigestPaper out{paper_of(object, where), {}, unscored, {}, {}, {}, {}};
  if (const auto* scores = member(object, "scores"); scores != nullptr && scores->is_object())
    for (const auto& [axis, score] : scores->get_object())
      out.scores.emplace_back(std::string(axis), number_of(score));
  std::erase_if(out.scores, [](const auto& score) { return score.second != score.second; });
  if (const auto* total = member(object, "total")) out.total = number_of(*total);
  out.comment = words(object, "comment");
  out.summary = words(object, "summary");
  out.flag = words(object, "flag");
  out.decided_by = words(object, "decided_by");
  return out;
}

std::vector<DigestPaper> entries_of(const json::object& object, std::string_view key) {
  std::vector<DigestPaper> out;
  const auto* value = member(object, key);
  if (value == nullptr || value->is_null()) return out;
  if (!value->is_array()) throw Problem{fmt::format("/{} is not a list", key)};
  std::size_t i = 0;
  for (const auto& item : value->get_array())
    out.push_back(entry_of(item, fmt::format("/{}/{}", key, i++)));
  return out;
}

Digest digest_of(const json::value& value) {
  if (!value.is_object()) throw Problem{"it is JSON, but not an object"};
  const auto& object = value.get_object();
  const auto schema = required(object, "schema", "/schema");
  if (schema != "gleaner.digest/1")
    throw Problem{fmt::format("its schema is \"{}\"; this version reads gleaner.digest/1", schema)};
  Digest out;
  out.date = required(object, "date", "/date");
  if (!parse_date(out.date))
    throw Problem{fmt::format("/date is \"{}\", which is not a date like 2025-05-20", out.date)};
  out.title = words(object, "title");
  out.pipeline = words(object, "pipeline");
  out.generated = words(object, "generated");
  out.prompt = words(object, "prompt");
  if (const auto* counts = member(object, "counts"); counts != nullptr && counts->is_object()) {
    out.announced = count_of(counts->get_object(), "announced");
    out.scanned = count_of(counts->get_object(), "scanned");
  }
  out.warnings = texts(object, "warnings");
  out.papers = entries_of(object, "papers");
  out.unscored_papers = entries_of(object, "unscored");
  out.near_misses = entries_of(object, "near_misses");
  const auto* receipt = member(object, "receipt");
  const auto* closes =
      receipt != nullptr && receipt->is_object() ? member(receipt->get_object(), "closes") : nullptr;
  out.receipt.closes = closes == nullptr || !closes->is_bool() || closes->get_bool();
  const auto* complete = member(object, "complete");
  const bool says_incomplete = complete != nullptr && complete->is_bool() && !complete->get_bool();
  out.complete = !says_incomplete && out.receipt.closes && out.unscored_papers.empty();
  return out;
}

}  // namespace

std::optional<DigestPaper> read_digest_paper(std::string_view text) {
  json::error_code error;
  const auto value = json::parse(text, error);
  if (error) return std::nullopt;
  try {
    return entry_of(value, "");
  } catch (const Problem&) {
    return std::nullopt;
  }
}

ReadDigest read_digest(std::string_view text) {
  ReadDigest out;
  json::error_code error;
  const auto value = json::parse(text, error);
  if (error) {
    out.problem = fmt::format("it is not JSON: {}", error.message());
    return out;
  }
  try {
    out.digest = digest_of(value);
  } catch (const Problem& problem) {
    out.problem = problem.sentence;
  }
  return out;
}

}  // namespace gleaner::host
