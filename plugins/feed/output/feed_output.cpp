// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/output/feed_output.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/handed.hpp"
#include "plugins/common/url.hpp"
#include "plugins/feed/output/archive.hpp"
#include "plugins/feed/output/posts.hpp"
#include "plugins/feed/output/text.hpp"
#include "plugins/feed/output/writers.hpp"

namespace gleaner::feed {
namespace {

using common::is_digit;
using common::is_letter;

bool ends_ignoring_case(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() &&
         common::equals_ignoring_case(text.substr(text.size() - ending.size()), ending);
}

// RFC 3986, sections 3 and 4.3: a scheme and something behind it, without a fragment, to which more is
// appended.
bool is_id_base(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == common::kNone || colon == 0 || colon + 1 == text.size() || !is_letter(text.front()))
    return false;
  const std::string_view scheme = text.substr(0, colon);
  const bool has_scheme = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
  return has_scheme && std::all_of(text.begin(), text.end(), [](char c) {
           constexpr std::string_view kPunctuation = "-._~:/@!$&'()*+,;=";
           return is_letter(c) || is_digit(c) || kPunctuation.find(c) != common::kNone;
         });
}

// RFC 5646, section 2.1, as far as its shape goes: "en", "pt-BR", "zh-Hant-TW".
bool is_language(std::string_view text) {
  std::size_t length = 0;
  bool is_first = true;
  for (const char c : text) {
    if (c == '-') {
      if (length == 0) return false;
      length = 0;
      is_first = false;
      continue;
    }
    if (!is_letter(c) && (is_first || !is_digit(c))) return false;
    if (++length > 8) return false;
  }
  return length > 0;
}

void check_optional_address(const std::string& url, const std::string& option) {
  if (url.empty()) return;
  common::check_address(url, option);
  if (output::web_address(url).empty())
    throw invalid_option(
        option, "\"" + url + "\" names no server; give a whole address, as in https://example.org/.");
}

std::string first_of(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts)
    if (std::string line = output::clean_line(text); !line.empty()) return line;
  return {};
}

}  // namespace

void FeedOutput::start() {
  check_optional_address(options.url, "url");
  check_optional_address(options.site, "site");
  check_optional_address(options.page, "page");
  check_optional_address(options.logo, "logo");
  if (format() == Format::rss && options.site.empty())
    throw invalid_option("site",
                         "An RSS feed has to name the page it belongs to: give its address, as in site = "
                         "\"https://example.org/\", or write an Atom feed, which can do without.");
  if (!options.id_base.empty() && !is_id_base(options.id_base))
    throw invalid_option(
        "id_base",
        "\"" + options.id_base + "\" is no beginning of a URI; write one as in tag:example.org,2026:ml.");
  if (!is_language(options.language))
    throw invalid_option("language",
                         "\"" + options.language + "\" is no language tag; write one as in en or pt-BR.");
}

FeedOutput::Format FeedOutput::format() const {
  if (options.format == "atom") return Format::atom;
  if (options.format == "rss") return Format::rss;
  if (options.format == "json") return Format::json;
  if (ends_ignoring_case(options.path.text, ".json")) return Format::json;
  return ends_ignoring_case(options.path.text, ".rss") ? Format::rss : Format::atom;
}

void FeedOutput::deliver(const Digest& digest) {
  if (digest.call().dry_run()) return;
  const digest::Page today = digest::page_of(digest.json());
  const std::string day = output::day_of(today);
  const auto most = static_cast<std::size_t>(options.keep);
  output::Archive archive(host);
  archive.keep(today, digest.json(), most);
  std::vector<digest::Page> pages = archive.others(day);
  // A file named after its day holds what there was on that day, whenever it is written again.
  if (options.path.text.find(day) != std::string::npos)
    std::erase_if(pages, [&](const digest::Page& page) { return page.date > today.date; });
  const auto place = std::find_if(pages.begin(), pages.end(),
                                  [&](const digest::Page& page) { return page.date < today.date; });
  pages.insert(place, today);
  if (pages.size() > most) pages.resize(most);

  const output::Publication publication = this->publication(pages, today);
  switch (format()) {
    case Format::atom:
      return host.write_file(digest.call(), options.path, output::atom(publication));
    case Format::rss:
      return host.write_file(digest.call(), options.path, output::rss(publication));
    case Format::json:
      return host.write_file(digest.call(), options.path, output::json_feed(publication));
  }
}

output::Publication FeedOutput::publication(const std::vector<digest::Page>& pages,
                                            const digest::Page& today) const {
  const bool has_days = options.entries == "day";
  const std::string id_base =
      options.id_base.empty() ? output::default_id_base(today.pipeline) : options.id_base;
  output::Publication out;
  out.id = output::joined_id(id_base, has_days ? "days" : "papers", "");
  out.title = first_of({options.title, today.title, today.pipeline, "Gleaner"});
  out.description = first_of({options.description, "The papers that were chosen, day by day"});
  out.self = output::web_address(options.url);
  out.site = output::web_address(options.site);
  out.logo = output::web_address(options.logo);
  out.author = output::clean_line(options.author);
  out.language = options.language;
  out.posts =
      has_days ? output::day_posts(pages, id_base, options.page) : output::paper_posts(pages, id_base);
  // A day without papers changes nothing in a feed of papers.
  out.updated = out.posts.empty() ? output::day_of(pages.front()) : out.posts.front().updated;
  return out;
}

}  // namespace gleaner::feed
