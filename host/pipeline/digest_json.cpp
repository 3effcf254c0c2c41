#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/config/json_text.hpp"
#include "host/pipeline/digest.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

json::string str(gleaner_str text) {
  return json::string(view(text));
}

json::array list(const gleaner_str* items, std::uint64_t count) {
  json::array out;
  out.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count; ++i)
    out.emplace_back(view(items[i]));
  return out;
}

const char* announce_word(std::uint32_t announce) {
  switch (announce) {
    case GLEANER_ANNOUNCE_NEW:
      return "new";
    case GLEANER_ANNOUNCE_CROSS:
      return "cross";
    case GLEANER_ANNOUNCE_REPLACE:
      return "replace";
    case GLEANER_ANNOUNCE_REPLACE_CROSS:
      return "replace-cross";
    default:
      return nullptr;
  }
}

void put(json::object& out, const char* key, gleaner_str text) {
  if (text.size > 0) out[key] = str(text);
}

void put(json::object& out, const char* key, const std::string& text) {
  if (!text.empty()) out[key] = text;
}

json::object paper_json(const DigestPaper& entry) {
  const auto& paper = entry.paper.view();
  json::object out;
  out["id"] = str(paper.id);
  if (paper.version > 0) out["version"] = paper.version;
  put(out, "url", paper.url);
  out["title"] = str(paper.title);
  out["authors"] = list(paper.authors, paper.author_count);
  if (paper.affiliations != nullptr) out["affiliations"] = list(paper.affiliations, paper.author_count);
  out["abstract"] = str(paper.abstract);
  out["categories"] = list(paper.categories, paper.category_count);
  if (const auto* word = announce_word(paper.announce)) out["announce"] = word;
  put(out, "published", paper.published);
  put(out, "doi", paper.doi);
  put(out, "journal", paper.journal);
  put(out, "license", paper.license);
  out["sources"] = list(paper.sources, paper.source_count);
  if (paper.extra_count > 0) {
    json::object extras;
    for (std::uint64_t i = 0; i < paper.extra_count; ++i)
      extras[view(paper.extras[i].key)] = str(paper.extras[i].value);
    out["extras"] = std::move(extras);
  }
  if (!entry.scores.empty()) {
    json::object scores;
    for (const auto& [axis, value] : entry.scores)
      scores[axis] = value;
    out["scores"] = std::move(scores);
  }
  if (!std::isnan(entry.total)) out["total"] = entry.total;
  put(out, "comment", entry.comment);
  put(out, "summary", entry.summary);
  put(out, "flag", entry.flag);
  put(out, "decided_by", entry.decided_by);
  return out;
}

json::array papers_json(const std::vector<DigestPaper>& papers) {
  json::array out;
  out.reserve(papers.size());
  for (const auto& paper : papers)
    out.emplace_back(paper_json(paper));
  return out;
}

json::value cost(const std::optional<double>& dollars) {
  return dollars ? json::value(*dollars) : json::value(nullptr);
}

json::array usage_json(const std::vector<UsageRow>& rows) {
  json::array out;
  for (const auto& row : rows) {
    json::object each;
    each["model"] = row.model;
    each["requests"] = row.requests;
    each["prompt_tokens"] = row.prompt_tokens;
    each["cached_tokens"] = row.cached_tokens;
    each["completion_tokens"] = row.completion_tokens;
    each["prompt_cost"] = cost(row.prompt_cost);
    each["completion_cost"] = cost(row.completion_cost);
    const bool known = row.prompt_cost && row.completion_cost;
    each["total_cost"] = known ? json::value(row.total_cost()) : json::value(nullptr);
    out.emplace_back(std::move(each));
  }
  return out;
}

json::object receipt_json(const Receipt& receipt) {
  json::array rows;
  for (const auto& row : receipt.rows)
    rows.emplace_back(json::object{
        {"source", row.source}, {"stage", row.stage}, {"reason", row.reason}, {"count", row.count}});
  json::array sources;
  for (const auto& totals : receipt.sources) {
    json::object each{{"source", totals.source}, {"announced", totals.announced}};
    if (totals.approximate) each["approximate"] = true;
    if (totals.carried > 0) each["carried"] = totals.carried;
    sources.emplace_back(std::move(each));
  }
  json::object out{{"sources", std::move(sources)}, {"rows", std::move(rows)}, {"closes", receipt.closes}};
  if (receipt.checks.empty()) return out;
  json::array checks;
  for (const auto& check : receipt.checks) {
    json::object each{{"check", check.check}, {"name", check.name}};
    put(each, "key", check.key);
    each["count"] = check.count;
    checks.emplace_back(std::move(each));
  }
  out["checks"] = std::move(checks);
  return out;
}

json::object facts_json(const Digest& digest) {
  json::object out;
  out["schema"] = "gleaner.digest/1";
  out["pipeline"] = digest.pipeline;
  out["title"] = digest.title;
  out["date"] = digest.date;
  out["generated"] = digest.generated;
  if (digest.remedial)
    out["remedial"] = json::object{{"from", digest.remedial->from},
                                   {"to", digest.remedial->to},
                                   {"generated", digest.remedial->generated}};
  out["usage"] = usage_json(digest.usage);
  out["counts"] = json::object{{"announced", digest.announced},
                               {"scanned", digest.scanned},
                               {"selected", digest.papers.size()},
                               {"unscored", digest.unscored_papers.size()}};
  out["receipt"] = receipt_json(digest.receipt);
  json::array warnings;
  for (const auto& warning : digest.warnings)
    warnings.emplace_back(warning);
  out["warnings"] = std::move(warnings);
  out["complete"] = digest.complete;
  if (!digest.prompt.empty()) out["prompt"] = digest.prompt;
  return out;
}

}  // namespace

std::string to_json(const Receipt& receipt) {
  return json_text(receipt_json(receipt));
}

std::string to_json(const DigestPaper& entry) {
  return json_text(paper_json(entry));
}

std::string to_json_without_papers(const Digest& digest) {
  return json_text(facts_json(digest)) + "\n";
}

std::string to_json(const Digest& digest) {
  auto out = facts_json(digest);
  out["papers"] = papers_json(digest.papers);
  out["unscored"] = papers_json(digest.unscored_papers);
  out["near_misses"] = papers_json(digest.near_misses);
  return json_text(out) + "\n";
}

}  // namespace gleaner::host
