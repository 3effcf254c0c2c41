#include "host/pipeline/excerpt.hpp"

#include <algorithm>
#include <numeric>

#include <boost/json.hpp>

#include "host/config/json_text.hpp"
#include "host/pipeline/select.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

// Equals in the digest's order.
void keep_best(const Digest& digest, std::size_t count, std::vector<std::size_t>& papers) {
  std::ranges::stable_sort(papers, [&digest](std::size_t a, std::size_t b) {
    return ranks_before(digest.papers[a].total, digest.papers[b].total);
  });
  papers.resize(count);
  std::ranges::sort(papers);
}

std::vector<std::size_t> papers_for(const Digest& digest, const ComponentConfig& output, bool shown) {
  if (!shown) return {};
  std::vector<std::size_t> out(digest.papers.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  if (output.top && *output.top < out.size()) keep_best(digest, *output.top, out);
  if (output.limit && *output.limit < out.size()) out.resize(*output.limit);
  return out;
}

void keep_papers(json::object& digest, const std::vector<std::size_t>& papers) {
  auto* const list = digest.if_contains("papers");
  if (list == nullptr || !list->is_array()) return;
  json::array kept;
  kept.reserve(papers.size());
  for (const std::size_t at : papers)
    kept.push_back(std::move(list->get_array().at(at)));
  *list = std::move(kept);
}

// An empty list where the schema has one, so that a reader that counts on it finds it.
void keep_sections(json::object& digest, const std::vector<std::string>& sections) {
  const auto is_named = [&sections](std::string_view name) {
    return std::ranges::find(sections, name) != sections.end();
  };
  for (const std::string_view name : {"papers", "unscored", "near_misses", "usage"})
    if (!is_named(name)) digest[name] = json::array();
  if (!is_named("prompt")) digest.erase("prompt");
  if (auto* const receipt = digest.if_contains("receipt");
      receipt != nullptr && receipt->is_object() && !is_named("receipt")) {
    const auto* const closes = receipt->get_object().if_contains("closes");
    json::object rest;
    if (closes != nullptr) rest["closes"] = *closes;
    *receipt = std::move(rest);
  }
  digest["sections"] = json::value_from(sections);
}

}  // namespace

Excerpt excerpt(const Digest& digest, std::string_view text, const ComponentConfig& output) {
  const auto is_shown = [&output](std::string_view name) {
    return output.sections.empty() || std::ranges::find(output.sections, name) != output.sections.end();
  };
  Excerpt out;
  out.papers = papers_for(digest, output, is_shown("papers"));
  out.unscored = is_shown("unscored");
  if (out.papers.size() == digest.papers.size() && output.sections.empty()) return out;
  auto whole = json::parse(text).as_object();
  keep_papers(whole, out.papers);
  if (!output.sections.empty()) keep_sections(whole, output.sections);
  out.json = json_text(whole) + "\n";
  return out;
}

}  // namespace gleaner::host
