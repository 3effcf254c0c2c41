#include "plugins/html/paper.hpp"

#include <algorithm>
#include <cmath>

#include <boost/json.hpp>

#include "plugins/common/digest/links.hpp"
#include "plugins/common/digest/markup.hpp"

namespace gleaner::html {
namespace {

using digest::anchor_of;
using digest::escaped;
using digest::grouped;
using digest::link;
using digest::number;

constexpr std::size_t shown_authors = 8;

std::string joined(std::span<const std::string> names) {
  std::string out;
  for (const std::string& name : names)
    out.append(out.empty() ? "" : ", ").append(escaped(name));
  return out;
}

/// The first names, the others behind a click: some papers have a thousand.
std::string authors(const digest::Paper& paper) {
  if (!paper.authors || paper.authors->empty()) return {};
  const std::span<const std::string> names(*paper.authors);
  const std::size_t first = names.size() <= shown_authors + 1 ? names.size() : shown_authors;
  std::string out = "<div class=\"authors\" dir=\"auto\">" + joined(names.first(first));
  if (first < names.size()) {
    out += "<details><summary> and " + grouped(static_cast<long long>(names.size() - first)) +
           " more</summary> " + joined(names.subspan(first)) + "</details>";
  }
  return out + "</div>\n";
}

std::string pdf_of(const digest::Paper& paper) {
  return digest::is_arxiv_id(paper.id) ? "https://arxiv.org/pdf/" + paper.id : std::string();
}

std::string facts(const digest::Paper& paper) {
  std::string out = "<ul class=\"facts\">";
  const auto item = [&out](std::string_view kind, const std::string& content) {
    out += kind.empty() ? "<li>" : "<li class=\"" + std::string(kind) + "\">";
    out += content + "</li>";
  };
  item("", digest::is_arxiv_id(paper.id) ? "arXiv " + escaped(paper.id) : escaped(paper.id));
  if (const std::string pdf = pdf_of(paper); !pdf.empty()) item("", link(pdf, "PDF"));
  if (!paper.doi.empty()) item("", link("https://doi.org/" + paper.doi, "DOI"));
  if (!paper.announce.empty() && paper.announce != "new") item("tag", escaped(paper.announce));
  for (const std::string& category : paper.categories)
    item("tag", escaped(category));
  if (paper.sources.size() > 1) item("", "from " + joined(paper.sources));
  if (!paper.flag.empty()) item("flag", escaped(paper.flag));
  return out + "</ul>\n";
}

std::string score(const digest::Axis& axis, const Scales& scales) {
  const auto scale = scales.find(axis.name);
  const double end = scale == scales.end() ? 10 : scale->second;
  const double share = std::clamp(axis.value / end, 0.0, 1.0);
  return "<span class=\"score\"><span>" + escaped(axis.name) +
         "</span><span class=\"meter\" aria-hidden=\"true\"><i style=\"width:" + number(share * 100) +
         "%\"></i></span><b>" + number(axis.value) + "</b></span>";
}

std::string scores(const digest::Paper& paper, const Scales& scales) {
  std::string out;
  for (const digest::Axis& axis : paper.scores)
    if (!std::isnan(axis.value)) out += score(axis, scales);
  return out.empty() ? out : "<div class=\"scores\">" + out + "</div>\n";
}

/// Why it is here, in the words of the stage that decided.
std::string why(const digest::Paper& paper) {
  const std::string comment = paper.comment.value_or("");
  if (comment.empty() && paper.decided_by.empty()) return {};
  std::string out = "<p class=\"why\" dir=\"auto\">" + escaped(comment);
  if (!paper.decided_by.empty())
    out += (comment.empty() ? "<small>by " : " <small>— ") + escaped(paper.decided_by) + "</small>";
  return out + "</p>\n";
}

std::string folded(std::string_view title, std::string_view text, bool open) {
  if (text.empty()) return {};
  return std::string("<details class=\"abstract\"") + (open ? " open" : "") + "><summary>" +
         std::string(title) + "</summary><p dir=\"auto\">" + escaped(text) + "</p></details>\n";
}

/// What the filter asks of a paper, for the script.
std::string filter_facts(const digest::Paper& paper) {
  std::string values;
  for (const digest::Axis& axis : paper.scores)
    if (!std::isnan(axis.value))
      values += (values.empty() ? "" : ",") + boost::json::serialize(boost::json::value(axis.name)) + ":" +
                number(axis.value);
  std::string categories;
  for (const std::string& category : paper.categories)
    categories.append(categories.empty() ? "" : " ").append(category);
  return " data-categories=\"" + escaped(categories) + "\" data-scores=\"" + escaped("{" + values + "}") +
         "\"";
}

}  // namespace

Scales scales_of(const digest::Page& digest) {
  Scales out;
  for (const auto* papers : {&digest.papers, &digest.unscored, &digest.near_misses})
    for (const digest::Paper& paper : *papers)
      for (const digest::Axis& axis : paper.scores)
        if (!std::isnan(axis.value)) out[axis.name] = std::max(out[axis.name], axis.value);
  for (auto& [name, end] : out)
    end = end <= 1 ? 1 : end <= 10 ? 10 : end <= 100 ? 100 : end;
  return out;
}

std::string article(const digest::Paper& paper, std::size_t number, const Scales& scales,
                    bool opens_abstract) {
  const std::string id = anchor_of(paper.id);
  std::string out = "<article class=\"paper\" id=\"" + id + "\" aria-labelledby=\"" + id + "-t\"" +
                    filter_facts(paper) + ">\n<h3 id=\"" + id + "-t\" dir=\"auto\">";
  if (number > 0) out += "<span class=\"n\">" + std::to_string(number) + "</span>";
  out += link(digest::paper_url(paper), paper.title) + "</h3>\n" + authors(paper) + facts(paper);
  out += scores(paper, scales) + why(paper);
  if (!paper.summary.empty()) out += "<p class=\"summary\" dir=\"auto\">" + escaped(paper.summary) + "</p>\n";
  return out + folded("Abstract", paper.abstract.value_or(""), opens_abstract) + "</article>\n";
}

}  // namespace gleaner::html
