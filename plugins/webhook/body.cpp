// SPDX-License-Identifier: Apache-2.0
#include "plugins/webhook/body.hpp"

#include <array>

#include <boost/json.hpp>

#include <gleaner/plugin.hpp>

#include "plugins/common/digest/handed.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/message/summary.hpp"

namespace gleaner::webhook {
namespace {

namespace json = boost::json;

std::string papers_text(std::string_view text, std::string_view key) {
  static_cast<void>(digest::page_of(text));  // says what is wrong with it
  const json::value value = json::parse(json::string_view(text.data(), text.size()));
  const json::object& digest = value.get_object();
  json::object out{{"schema", "gleaner.papers/1"}, {"key", key}};
  for (const char* name : {"pipeline", "title", "date", "generated", "counts", "complete", "papers"})
    if (const auto* member = digest.if_contains(name); member != nullptr) out[name] = *member;
  return json::serialize(out);
}

std::string summary_text(std::string_view text, std::string_view key) {
  const digest::Page page = digest::page_of(text);
  const message::Summary summary = message::summarize(page);
  json::object counts;
  const auto count = [&](const char* name, const std::optional<std::int64_t>& number) {
    if (number) counts[name] = *number;
  };
  count("announced", page.counts.announced);
  count("scanned", page.counts.scanned);
  count("selected", page.counts.selected);
  count("unscored", page.counts.unscored);
  json::array papers;
  for (const digest::Paper& paper : page.papers) {
    json::object each{{"id", paper.id}, {"title", paper.title}};
    if (const std::string url = digest::safe_url(digest::paper_url(paper)); !url.empty()) each["url"] = url;
    if (paper.total) each["total"] = *paper.total;
    papers.push_back(std::move(each));
  }
  json::object out{{"schema", "gleaner.summary/1"}, {"key", key},
                   {"pipeline", page.pipeline},     {"title", summary.title},
                   {"date", summary.day},           {"complete", !summary.is_incomplete},
                   {"counts", std::move(counts)}};
  if (!summary.cost.empty()) out["cost"] = summary.cost;
  out["problems"] = json::value_from(summary.problems);
  out["papers"] = std::move(papers);
  return json::serialize(out);
}

}  // namespace

Body body_of(std::string_view word) {
  if (word == "papers") return Body::papers;
  return word == "summary" ? Body::summary : Body::digest;
}

std::string body_text(Body body, std::string_view digest, std::string_view key) {
  if (body == Body::papers) return papers_text(digest, key);
  if (body == Body::summary) return summary_text(digest, key);
  return std::string(digest);
}

}  // namespace gleaner::webhook
