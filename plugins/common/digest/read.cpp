#include "plugins/common/digest/read.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "plugins/common/digest/nodes.hpp"

namespace gleaner::digest {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchema = "gleaner.digest/1";
// Fields of a later schema may nest; Boost.JSON's own limit of 32 would refuse what we are to ignore.
constexpr std::size_t kMaxDepth = 256;

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
  paper.flag = text_of(members, "flag");
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

bool is_approximate(const Node& node) {
  const Members members(node);
  const auto approximate = members.find("approximate");
  return approximate && approximate->value.is_bool() && approximate->value.get_bool();
}

Receipt to_receipt(const Node& node) {
  const Members members(node);
  Receipt receipt;
  receipt.rows = to_list(members.find("rows"), to_row);
  for (const bool approximate : to_list(members.find("sources"), is_approximate))
    receipt.is_approximate = receipt.is_approximate || approximate;
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
  page.sections = to_list(digest.find("sections"), to_text);
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

}  // namespace gleaner::digest
