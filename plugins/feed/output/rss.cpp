// SPDX-License-Identifier: Apache-2.0
// The RSS 2.0 specification (2.0.11) and the RSS Advisory Board's Best Practices Profile.
#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/feed/output/writers.hpp"
#include "plugins/feed/output/xml_writer.hpp"

namespace gleaner::feed::output {
namespace {

// Whether a reader that takes `text` for HTML would see an element, a comment or an entity in it.
bool looks_like_markup(std::string_view text) {
  for (std::size_t at = text.find_first_of("<&"); at != common::kNone;
       at = text.find_first_of("<&", at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (common::is_letter(next)) return true;
    if (text[at] == '&' ? next == '#' : next == '/' || next == '!' || next == '?') return true;
  }
  return false;
}

// RSS does not say whether a title is text or HTML, and readers differ. What both would show the same stays
// as it is; the rest is written as HTML, so that nobody's title ever runs.
std::string either_way(const std::string& text) {
  return looks_like_markup(text) ? digest::escaped(text) : text;
}

void add_rss_item(XmlWriter& writer, const Post& post) {
  writer.open("item");
  writer.element("title", either_way(post.title));
  writer.optional("link", post.link);
  // A description is HTML.
  writer.optional("description", digest::escaped(post.summary));
  writer.element("content:encoded", post.html);
  // <author> has to be an e-mail address.
  for (const std::string& name : post.authors)
    writer.element("dc:creator", either_way(name));
  for (const std::string& category : post.categories)
    writer.element("category", either_way(category));
  writer.element("guid", post.id, {{"isPermaLink", "false"}});
  writer.element("pubDate", rfc822(post.published));
  writer.optional("prism:doi", post.doi);
  writer.close();
}

void add_rss_image(XmlWriter& writer, const Publication& publication) {
  writer.open("image");
  writer.element("url", publication.logo);
  writer.element("title", either_way(publication.title));
  writer.element("link", publication.site);
  writer.close();
}

}  // namespace

std::string rss(const Publication& publication) {
  XmlWriter writer;
  writer.open("rss", {{"version", "2.0"},
                      {"xmlns:atom", "http://www.w3.org/2005/Atom"},
                      {"xmlns:content", "http://purl.org/rss/1.0/modules/content/"},
                      {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                      {"xmlns:prism", "http://prismstandard.org/namespaces/basic/2.0/"}});
  writer.open("channel");
  writer.element("title", either_way(publication.title));
  writer.element("link", publication.site);
  writer.element("description", digest::escaped(publication.description));
  writer.element("language", publication.language);
  writer.optional("dc:creator", either_way(publication.author));
  writer.element("lastBuildDate", rfc822(publication.updated));
  writer.element("generator", "Gleaner");
  writer.element("docs", "https://www.rssboard.org/rss-specification");
  if (!publication.self.empty())
    writer.empty("atom:link", {{"rel", "self"}, {"type", "application/rss+xml"}, {"href", publication.self}});
  if (!publication.logo.empty()) add_rss_image(writer, publication);
  for (const Post& post : publication.posts)
    add_rss_item(writer, post);
  writer.close();
  writer.close();
  return writer.take();
}

}  // namespace gleaner::feed::output
