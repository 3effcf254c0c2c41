// SPDX-License-Identifier: Apache-2.0
// Section numbers are those of RFC 4287.
#include "plugins/feed/output/writers.hpp"
#include "plugins/feed/output/xml_writer.hpp"

namespace gleaner::feed::output {
namespace {

void add_atom_person(XmlWriter& writer, std::string_view name) {
  writer.open("author");
  writer.element("name", name);
  writer.close();
}

void add_atom_entry(XmlWriter& writer, const Post& post) {
  writer.open("entry");
  writer.element("id", post.id);
  writer.element("title", post.title);  // section 3.1.1: without a type it is text and shows as it is
  writer.element("updated", rfc3339(post.updated));
  writer.element("published", rfc3339(post.published));
  for (const std::string& name : post.authors)
    add_atom_person(writer, name);
  if (!post.link.empty())
    writer.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", post.link}});
  if (!post.related.empty()) writer.empty("link", {{"rel", "related"}, {"href", post.related}});
  for (const std::string& category : post.categories)
    writer.empty("category", {{"term", category}});
  writer.optional("prism:doi", post.doi);
  writer.optional("summary", post.summary);
  writer.element("content", post.html, {{"type", "html"}});
  writer.close();
}

}  // namespace

std::string atom(const Publication& publication) {
  XmlWriter writer;
  writer.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"},
                       {"xmlns:prism", "http://prismstandard.org/namespaces/basic/2.0/"},
                       {"xml:lang", publication.language}});
  writer.element("id", publication.id);
  writer.element("title", publication.title);
  writer.element("subtitle", publication.description);
  writer.element("updated", rfc3339(publication.updated));
  if (!publication.self.empty())
    writer.empty("link", {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", publication.self}});
  if (!publication.site.empty())
    writer.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", publication.site}});
  // Section 4.1.1: a feed has an author unless each of its entries has; a paper may lack one.
  add_atom_person(writer, publication.author.empty() ? publication.title : publication.author);
  writer.element("generator", "Gleaner");
  writer.optional("logo", publication.logo);
  for (const Post& post : publication.posts)
    add_atom_entry(writer, post);
  writer.close();
  return writer.take();
}

}  // namespace gleaner::feed::output
