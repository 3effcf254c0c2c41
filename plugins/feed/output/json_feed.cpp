// SPDX-License-Identifier: Apache-2.0
// https://www.jsonfeed.org/version/1.1/
#include <cmath>
#include <cstdint>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/feed/output/text.hpp"
#include "plugins/feed/output/writers.hpp"

namespace gleaner::feed::output {
namespace {

namespace bj = boost::json;

void add_text(bj::object& object, std::string_view key, const std::string& text) {
  if (!text.empty()) object.emplace(key, text);
}

bj::array people_of(const std::vector<std::string>& names) {
  bj::array out;
  for (const std::string& name : names)
    out.emplace_back(bj::object{{"name", name}});
  return out;
}

// Whole numbers as such: Boost.JSON writes 8.0 as 8E0.
bj::value number_of(double value) {
  constexpr double kExact = 9007199254740992;  // 2^53
  if (std::trunc(value) == value && std::abs(value) < kExact) return static_cast<std::int64_t>(value);
  return value;
}

// "Publishers can use custom objects": a name that begins with an underscore.
bj::object extension_of(const Post& post) {
  bj::object out;
  out.emplace("id", post.paper_id);
  add_text(out, "doi", post.doi);
  bj::object scores;
  for (const auto& [axis, value] : post.scores)
    scores.insert_or_assign(axis, number_of(value));
  if (!scores.empty()) out.emplace("scores", std::move(scores));
  if (post.total) out.emplace("total", number_of(*post.total));
  return out;
}

bj::object item_of(const Post& post) {
  bj::object item;
  item.emplace("id", post.id);
  add_text(item, "url", post.link);
  add_text(item, "external_url", post.related);
  item.emplace("title", post.title);
  item.emplace("content_html", post.html);
  add_text(item, "summary", post.summary);
  item.emplace("date_published", rfc3339(post.published));
  item.emplace("date_modified", rfc3339(post.updated));
  if (!post.authors.empty()) item.emplace("authors", people_of(post.authors));
  if (!post.categories.empty())
    item.emplace("tags", bj::array(post.categories.begin(), post.categories.end()));
  if (!post.paper_id.empty()) item.emplace("_gleaner", extension_of(post));
  return item;
}

}  // namespace

std::string json_feed(const Publication& publication) {
  bj::object feed;
  feed.emplace("version", "https://jsonfeed.org/version/1.1");
  feed.emplace("title", publication.title);
  add_text(feed, "home_page_url", publication.site);
  add_text(feed, "feed_url", publication.self);
  feed.emplace("description", publication.description);
  add_text(feed, "icon", publication.logo);
  if (!publication.author.empty()) feed.emplace("authors", people_of({publication.author}));
  feed.emplace("language", publication.language);
  bj::array items;
  items.reserve(publication.posts.size());
  for (const Post& post : publication.posts)
    items.emplace_back(item_of(post));
  feed.emplace("items", std::move(items));
  return bj::serialize(feed) + "\n";
}

}  // namespace gleaner::feed::output
