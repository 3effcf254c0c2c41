// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/output/posts.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "plugins/common/dates.hpp"
#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/lists.hpp"
#include "plugins/feed/output/content.hpp"
#include "plugins/feed/output/text.hpp"

namespace gleaner::feed::output {
namespace {

std::string doi_of(const digest::Paper& paper) {
  const std::string doi = common::bare_doi(paper.doi.empty() ? paper.id : paper.doi);
  // Readers take a DOI before all but an arXiv number: where the paper goes by another name it would rename
  // it.
  return digest::is_arxiv_id(paper.id) || paper.id == "doi:" + doi ? doi : std::string{};
}

// A journal's issue may be of next month; some readers hide what has not happened yet.
Day published_day(const digest::Paper& paper, const Day& announced) {
  const auto moment = common::parse_moment(paper.published);
  return moment ? std::min(moment->day, announced) : announced;
}

std::string title_of(const digest::Paper& paper) {
  std::string title = clean_line(paper.title);
  return title.empty() ? clean_line(paper.id) : title;
}

Post paper_post(const digest::Paper& paper, const Day& day, std::string_view id_base) {
  Post post;
  post.id = joined_id(id_base, "papers", paper.id);
  post.paper_id = clean_line(paper.id);
  post.title = title_of(paper);
  post.link = paper_link(paper);
  if (const std::string own = web_address(paper.url); own != post.link) post.related = own;
  for (const std::string& written : paper.authors.value_or(std::vector<std::string>{}))
    if (std::string name = clean_line(written); !name.empty()) post.authors.push_back(std::move(name));
  for (const std::string& written : paper.categories)
    common::add_category(post.categories, clean_line(written));
  post.doi = doi_of(paper);
  post.published = published_day(paper, day);
  post.updated = day;
  post.summary = clean(paper.abstract.value_or(""));
  post.html = paper_html(paper, post.link);
  for (const digest::Axis& axis : paper.scores)
    if (std::isfinite(axis.value)) post.scores.emplace_back(clean_line(axis.name), axis.value);
  if (paper.total && std::isfinite(*paper.total)) post.total = paper.total;
  return post;
}

std::string filled(std::string place, std::string_view word, const std::string& value) {
  for (std::size_t at = place.find(word); at != std::string::npos; at = place.find(word, at + value.size()))
    place.replace(at, word.size(), value);
  return place;
}

}  // namespace

std::string default_id_base(std::string_view pipeline) {
  return "tag:gleaner.invalid,2026:" + id_part(pipeline);
}

std::string joined_id(std::string_view base, std::string_view part, std::string_view name) {
  std::string out(base);
  if (!out.ends_with('/') && !out.ends_with(':')) out += '/';
  out += part;
  if (!name.empty()) out.append("/").append(id_part(name));
  return out;
}

Day day_of(const digest::Page& page) {
  return digest::format_date(page.date, "%04Y-%m-%d");  // glibc does not pad years by itself
}

std::vector<Post> paper_posts(const std::vector<digest::Page>& pages, std::string_view id_base) {
  std::vector<Post> posts;
  std::set<std::string> known;
  for (const digest::Page& page : pages) {
    const Day day = day_of(page);
    for (const digest::Paper& paper : page.papers)
      if (known.insert(paper.id).second) posts.push_back(paper_post(paper, day, id_base));
  }
  return posts;
}

std::vector<Post> day_posts(const std::vector<digest::Page>& pages, std::string_view id_base,
                            const std::string& place) {
  std::vector<Post> posts;
  for (const digest::Page& page : pages) {
    const Day day = day_of(page);
    Post post;
    post.id = joined_id(id_base, "days", day);
    post.title = clean_line(page.title);
    post.title.append(post.title.empty() ? "" : " ").append(day);
    post.link = web_address(filled(filled(place, "{date}", day), "{year}", day.substr(0, 4)));
    post.published = post.updated = day;
    post.summary = day_summary(page);
    post.html = day_html(page);
    posts.push_back(std::move(post));
  }
  return posts;
}

}  // namespace gleaner::feed::output
