#include "read_digest.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "dates.hpp"

namespace gleaner::markdown {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchema = "gleaner.digest/1";
// Fields of a later schema may nest; Boost.JSON's own limit of 32 would refuse what we are to ignore.
constexpr std::size_t kMaxDepth = 256;

[[noreturn]] void fail(const std::string& pointer, const std::string& what) {
  throw DigestError(
      pointer, "The digest cannot be read: " + (pointer.empty() ? "the text" : pointer) + " " + what + ".");
}

std::string kind_name(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "a boolean";
    case json::kind::string:
      return "a string";
    case json::kind::array:
      return "a list";
    case json::kind::object:
      return "an object";
    default:
      return "a number";
  }
}

[[noreturn]] void fail_kind(const std::string& pointer, const char* wanted, const json::value& value) {
  fail(pointer, std::string("must be ") + wanted + ", not " + kind_name(value));
}

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

std::string step(const std::string& pointer, std::string_view key) {
  std::string result = pointer + "/";
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

// One value and where it is.
struct Node {
  const json::value& value;
  std::string pointer;
};

// A JSON object with its place; absent and null members read alike unless present() is asked.
class Members {
 public:
  explicit Members(const Node& node) : pointer_(node.pointer) {
    if (!node.value.is_object()) fail_kind(pointer_, "an object", node.value);
    object_ = &node.value.get_object();
  }

  bool present(std::string_view key) const { return object_->if_contains(boost_view(key)) != nullptr; }

  std::optional<Node> find(std::string_view key) const {
    const json::value* value = object_->if_contains(boost_view(key));
    if (value == nullptr || value->is_null()) return std::nullopt;
    return Node{*value, step(pointer_, key)};
  }

  Node require(std::string_view key, const char* why) const {
    if (auto node = find(key)) return *node;
    fail(step(pointer_, key), std::string("is missing; ") + why);
  }

  const json::object& object() const { return *object_; }
  const std::string& pointer() const { return pointer_; }

 private:
  static json::string_view boost_view(std::string_view key) { return {key.data(), key.size()}; }

  std::string pointer_;
  const json::object* object_ = nullptr;
};

std::string to_text(const Node& node) {
  if (!node.value.is_string()) fail_kind(node.pointer, "a string", node.value);
  return std::string(view(node.value.get_string()));
}

double to_number(const Node& node) {
  if (node.value.is_number()) {
    const double number = node.value.to_number<double>();
    if (!std::isfinite(number)) fail(node.pointer, "is too large for a number");
    return number;
  }
  if (!node.value.is_string()) fail_kind(node.pointer, "a number", node.value);
  const std::string_view text = view(node.value.get_string());
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
    fail(node.pointer, "must be a number, not \"" + std::string(text) + "\"");
  }
  return number;
}

std::int64_t to_count(const Node& node) {
  constexpr double kLargest = 9007199254740992.0;  // 2^53: every whole number below is exact as a double
  const double number = to_number(node);
  if (number < 0 || number > kLargest || number != std::floor(number)) {
    fail(node.pointer, "must be a whole number that is not negative");
  }
  return static_cast<std::int64_t>(number);
}

Date to_date(const Node& node) {
  const std::string text = to_text(node);
  const auto date = parse_date(text);
  if (!date) fail(node.pointer, "must be a day as YYYY-MM-DD, not \"" + text + "\"");
  return *date;
}

template <typename Read>
auto to_list(const std::optional<Node>& node, Read read) {
  std::vector<decltype(read(*node))> list;
  if (!node) return list;
  if (!node->value.is_array()) fail_kind(node->pointer, "a list", node->value);
  const json::array& array = node->value.get_array();
  list.reserve(array.size());
  for (std::size_t i = 0; i < array.size(); ++i) {
    list.push_back(read(Node{array[i], step(node->pointer, std::to_string(i))}));
  }
  return list;
}

std::string text_of(const Members& members, std::string_view key) {
  const auto node = members.find(key);
  return node ? to_text(*node) : std::string();
}

std::optional<double> number_of(const Members& members, std::string_view key) {
  const auto node = members.find(key);
  return node ? std::optional(to_number(*node)) : std::nullopt;
}

std::optional<std::int64_t> count_of(const Members& members, std::string_view key) {
  const auto node = members.find(key);
  return node ? std::optional(to_count(*node)) : std::nullopt;
}

std::optional<double> total_cost_of(const Members& members, const Usage& usage) {
  if (members.present("total_cost")) return number_of(members, "total_cost");
  if (!usage.prompt_cost || !usage.completion_cost) return std::nullopt;
  return *usage.prompt_cost + *usage.completion_cost;
}

Usage to_usage(const Node& node) {
  const Members members(node);
  Usage usage;
  usage.model = text_of(members, "model");
  usage.requests = count_of(members, "requests").value_or(0);
  usage.prompt_tokens = count_of(members, "prompt_tokens").value_or(0);
  usage.cached_tokens = count_of(members, "cached_tokens").value_or(0);
  usage.completion_tokens = count_of(members, "completion_tokens").value_or(0);
  usage.prompt_cost = number_of(members, "prompt_cost");
  usage.completion_cost = number_of(members, "completion_cost");
  usage.total_cost = total_cost_of(members, usage);
  return usage;
}

std::vector<Axis> to_scores(const Node& node) {
  const Members members(node);
  std::vector<Axis> scores;
  scores.reserve(members.object().size());
  for (const auto& member : members.object()) {
    const std::string_view name(member.key().data(), member.key().size());
    const double value =
        member.value().is_null() ? kUnscored : to_number(Node{member.value(), step(members.pointer(), name)});
    scores.push_back({std::string(name), value});
  }
  return scores;
}

Paper to_paper(const Node& node) {
  constexpr const char* kWhy = "every paper needs an id and a title";
  const Members members(node);
  Paper paper;
  paper.id = to_text(members.require("id", kWhy));
  if (paper.id.empty()) fail(step(node.pointer, "id"), "is empty; every paper needs an id and a title");
  paper.title = to_text(members.require("title", kWhy));
  paper.version = count_of(members, "version");
  paper.url = text_of(members, "url");
  if (const auto authors = members.find("authors")) paper.authors = to_list(authors, to_text);
  if (const auto abstract = members.find("abstract")) paper.abstract = to_text(*abstract);
  paper.categories = to_list(members.find("categories"), to_text);
  paper.announce = text_of(members, "announce");
  paper.published = text_of(members, "published");
  paper.doi = text_of(members, "doi");
  paper.sources = to_list(members.find("sources"), to_text);
  if (const auto scores = members.find("scores")) paper.scores = to_scores(*scores);
  paper.total = number_of(members, "total");
  if (const auto comment = members.find("comment")) paper.comment = to_text(*comment);
  paper.summary = text_of(members, "summary");
  paper.decided_by = text_of(members, "decided_by");
  return paper;
}

std::optional<Date> day_of(std::string_view timestamp) {
  return parse_date(timestamp.substr(0, 10));
}

Remedial to_remedial(const Node& node, const std::string& digest_generated) {
  const Members members(node);
  Remedial remedial;
  remedial.from = to_date(members.require("from", "a remedial digest says which days it covers"));
  const auto to = members.find("to");
  remedial.to = to ? to_date(*to) : remedial.from;
  const auto generated = members.find("generated");
  remedial.generated = generated ? std::optional(to_date(*generated)) : day_of(digest_generated);
  return remedial;
}

Counts to_counts(const Node& node) {
  const Members members(node);
  return {count_of(members, "announced"), count_of(members, "scanned"), count_of(members, "selected"),
          count_of(members, "unscored")};
}

ReceiptRow to_row(const Node& node) {
  const Members members(node);
  return {text_of(members, "source"), text_of(members, "stage"), text_of(members, "reason"),
          count_of(members, "count").value_or(0)};
}

Receipt to_receipt(const Node& node) {
  const Members members(node);
  Receipt receipt;
  receipt.rows = to_list(members.find("rows"), to_row);
  if (const auto closes = members.find("closes")) {
    if (!closes->value.is_bool()) fail_kind(closes->pointer, "true or false", closes->value);
    receipt.closes = closes->value.get_bool();
  }
  return receipt;
}

void check_schema(const Members& digest) {
  const std::string schema =
      to_text(digest.require("schema", "a digest names its schema, \"gleaner.digest/1\""));
  if (schema != kSchema) {
    fail("/schema", "is \"" + schema + "\"; only \"" + std::string(kSchema) + "\" is understood");
  }
}

Page to_page(const json::value& root) {
  const Members digest(Node{root, ""});
  check_schema(digest);
  Page page;
  page.date = to_date(digest.require("date", "a digest belongs to one announcement day"));
  page.title = text_of(digest, "title");
  page.pipeline = text_of(digest, "pipeline");
  page.generated = text_of(digest, "generated");
  if (const auto remedial = digest.find("remedial")) page.remedial = to_remedial(*remedial, page.generated);
  page.usage = to_list(digest.find("usage"), to_usage);
  if (const auto counts = digest.find("counts")) page.counts = to_counts(*counts);
  if (const auto receipt = digest.find("receipt")) page.receipt = to_receipt(*receipt);
  page.warnings = to_list(digest.find("warnings"), to_text);
  if (const auto complete = digest.find("complete"); complete && complete->value.is_bool())
    page.complete = complete->value.get_bool();
  page.prompt = text_of(digest, "prompt");
  page.papers = to_list(digest.require("papers", "it may be empty but must be there"), to_paper);
  page.unscored = to_list(digest.find("unscored"), to_paper);
  page.near_misses = to_list(digest.find("near_misses"), to_paper);
  return page;
}

// Line and column (from 1, in bytes) of an offset, for people whose editor counts so.
std::string place(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  std::size_t line = 1;
  std::size_t start = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] != '\n') continue;
    ++line;
    start = i + 1;
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - start + 1);
}

}  // namespace

Page read_digest(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());

  json::monotonic_resource memory;
  json::parse_options options;
  options.max_depth = kMaxDepth;
  json::stream_parser parser(&memory, options);
  json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && !parser.done()) parser.finish(error);
  if (!error) {
    const std::size_t rest = text.find_first_not_of(" \t\r\n", read);
    if (rest == std::string_view::npos) return to_page(parser.release());
    fail("", "goes on after the end of the JSON at " + place(text, rest));
  }
  if (error == json::error::incomplete) fail("", "ends in the middle of the JSON");
  fail("", "is not JSON at " + place(text, read) + " (" + error.message() + ")");
}

}  // namespace gleaner::markdown
