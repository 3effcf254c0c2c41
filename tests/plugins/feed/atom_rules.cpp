// Section numbers are those of RFC 4287. Only what the output is to write is let through: elements of Atom go
// without a prefix, so that a name as written is the name meant.
#include "tests/plugins/feed/atom_rules.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

#include "tests/plugins/feed/rules_common.hpp"

namespace gleaner::feed::rules {
namespace {

using Node = pugi::xml_node;

struct AtomDocument {
  std::string bytes;
  pugi::xml_document xml;
  bool is_read = false;
  [[nodiscard]] Node feed() const { return xml.child("feed"); }
  [[nodiscard]] std::vector<Node> entries() const { return all(feed(), "entry"); }
  [[nodiscard]] std::vector<Node> containers() const {
    std::vector<Node> out = entries();
    out.insert(out.begin(), feed());
    return out;
  }
};

using Test = bool (*)(const AtomDocument&);

template <class Holds>
bool each(const std::vector<Node>& nodes, Holds holds) {
  return std::all_of(nodes.begin(), nodes.end(), holds);
}

// All Atom elements of that name, wherever they are.
std::vector<Node> anywhere(const AtomDocument& document, const std::set<std::string>& names) {
  std::vector<Node> out;
  for (const Node& container : document.containers())
    for (const Node& node : container.children())
      if (names.contains(node.name())) out.push_back(node);
  return out;
}

std::vector<Node> people(const AtomDocument& document) {
  return anywhere(document, {"author", "contributor"});
}

std::string type_of(const Node& node) {
  return node.attribute("type").as_string("text");
}

bool has_known_elements(const Node& parent, const std::set<std::string>& names) {
  for (const Node& node : parent.children()) {
    const std::string name = node.name();
    if (node.type() != pugi::node_element) return false;
    // Elements of other vocabularies may stand anywhere (section 6.4).
    if (name.find(':') == name.npos && !names.contains(name)) return false;
  }
  return true;
}

// Section 4.1.1.1's neighbour: no two of the same kind may compete.
bool has_one_alternate(const Node& parent) {
  std::vector<std::string> kinds;
  for (const Node& link : all(parent, "link"))
    if (std::string_view(link.attribute("rel").as_string("alternate")) == "alternate")
      kinds.push_back(std::string(link.attribute("type").value()) + " " + link.attribute("hreflang").value());
  return is_unique(std::move(kinds));
}

bool has_alternate(const Node& parent) {
  const auto links = all(parent, "link");
  return std::any_of(links.begin(), links.end(), [](const Node& link) {
    return std::string_view(link.attribute("rel").as_string("alternate")) == "alternate";
  });
}

const std::vector<std::pair<std::string, Test>>& table() {
  static const std::vector<std::pair<std::string, Test>> kRules = {
      {"characters are those of XML and UTF-8", [](const AtomDocument& d) { return is_xml_text(d.bytes); }},
      {"it can be read as XML", [](const AtomDocument& d) { return d.is_read; }},
      {"the root is a feed of Atom's namespace (2)",
       [](const AtomDocument& d) {
         return std::string_view(d.xml.document_element().name()) == "feed" &&
                std::string_view(d.feed().attribute("xmlns").value()) == "http://www.w3.org/2005/Atom";
       }},
      {"the language is a tag (2)",
       [](const AtomDocument& d) {
         const auto lang = d.feed().attribute("xml:lang");
         return !lang || is_language_tag(lang.value());
       }},
      {"a feed holds what 4.1.1 lists",
       [](const AtomDocument& d) {
         return has_known_elements(
             d.feed(), {"author", "category", "contributor", "generator", "icon", "id", "link", "logo",
                        "rights", "subtitle", "title", "updated", "entry"});
       }},
      {"an entry holds what 4.1.2 lists",
       [](const AtomDocument& d) {
         return each(d.entries(), [](const Node& entry) {
           return has_known_elements(entry, {"author", "category", "content", "contributor", "id", "link",
                                             "published", "rights", "source", "summary", "title", "updated"});
         });
       }},
      {"one id each (4.1.1, 4.1.2)",
       [](const AtomDocument& d) {
         return each(d.containers(), [](const Node& n) { return is_once(n, "id"); });
       }},
      {"one title each (4.1.1, 4.1.2)",
       [](const AtomDocument& d) {
         return each(d.containers(), [](const Node& n) { return is_once(n, "title"); });
       }},
      {"one updated each (4.1.1, 4.1.2)",
       [](const AtomDocument& d) {
         return each(d.containers(), [](const Node& n) { return is_once(n, "updated"); });
       }},
      {"the rest once at most (4.1.1, 4.1.2)",
       [](const AtomDocument& d) {
         return each(d.containers(), [](const Node& n) {
           for (const char* name : {"content", "published", "rights", "source", "summary", "subtitle",
                                    "generator", "icon", "logo"})
             if (!is_once_at_most(n, name)) return false;
           return true;
         });
       }},
      {"somebody wrote it (4.1.1)",
       [](const AtomDocument& d) {
         return d.feed().child("author") || (!d.entries().empty() && each(d.entries(), [](const Node& n) {
                  return bool(n.child("author"));
                }));
       }},
      {"one alternate of a kind (4.1.1, 4.1.2)",
       [](const AtomDocument& d) { return each(d.containers(), has_one_alternate); }},
      {"an entry without content has an alternate (4.1.2)",
       [](const AtomDocument& d) {
         return each(d.entries(), [](const Node& n) { return n.child("content") || has_alternate(n); });
       }},
      {"text is text, html or xhtml (3.1.1)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"title", "subtitle", "summary", "rights"}), [](const Node& n) {
           return type_of(n) == "text" || type_of(n) == "html" || type_of(n) == "xhtml";
         });
       }},
      {"text and html have no elements (3.1.1.1, 3.1.1.2)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"title", "subtitle", "summary", "rights", "content"}),
                     [](const Node& n) { return type_of(n) == "xhtml" || !has_elements(n); });
       }},
      {"a title says something",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"title"}), [](const Node& n) {
           return std::string_view(n.text().get()).find_first_not_of(" \t\r\n") != std::string_view::npos;
         });
       }},
      {"content is inline or elsewhere (4.1.3)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"content"}), [](const Node& n) {
           return !n.attribute("src") || (!n.first_child() && n.parent().child("summary"));
         });
       }},
      {"content is harmless",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"content"}),
                     [](const Node& n) { return type_of(n) == "html" && is_harmless_html(n.text().get()); });
       }},
      {"ids are URIs (4.2.6)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"id"}), [](const Node& n) { return is_uri(n.text().get()); });
       }},
      {"no two entries have one id (4.1.1)",
       [](const AtomDocument& d) {
         std::vector<std::string> ids;
         for (const Node& node : anywhere(d, {"id"}))
           ids.emplace_back(node.text().get());
         return is_unique(std::move(ids));
       }},
      {"dates are RFC 3339 (3.3)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"updated", "published"}),
                     [](const Node& n) { return is_rfc3339(n.text().get()); });
       }},
      {"nothing is published after it was updated",
       [](const AtomDocument& d) {
         return each(d.entries(), [](const Node& n) {
           return std::string_view(n.child_value("published")) <= std::string_view(n.child_value("updated"));
         });
       }},
      {"a person has one name (3.2.1)",
       [](const AtomDocument& d) {
         return each(people(d),
                     [](const Node& n) { return is_once(n, "name") && n.child_value("name")[0] != '\0'; });
       }},
      {"a person has one uri and email at most (3.2.2, 3.2.3)",
       [](const AtomDocument& d) {
         return each(people(d), [](const Node& n) {
           return is_once_at_most(n, "uri") && is_once_at_most(n, "email") &&
                  has_known_elements(n, {"name", "uri", "email"});
         });
       }},
      {"a link leads somewhere (4.2.7.1)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"link"}),
                     [](const Node& n) { return is_web(n.attribute("href").value()); });
       }},
      {"a category has a term (4.2.2.1)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"category"}),
                     [](const Node& n) { return n.attribute("term").value()[0] != '\0'; });
       }},
      {"pictures have addresses (4.2.5, 4.2.8)",
       [](const AtomDocument& d) {
         return each(anywhere(d, {"icon", "logo"}), [](const Node& n) { return is_web(n.text().get()); });
       }},
  };
  return kRules;
}

}  // namespace

std::vector<std::string> broken_atom_rules(const std::string& bytes) {
  AtomDocument document;
  document.bytes = bytes;
  document.is_read = static_cast<bool>(document.xml.load_buffer(bytes.data(), bytes.size()));
  std::vector<std::string> out;
  for (const auto& [name, holds] : table())
    if (!holds(document)) out.push_back(name);
  return out;
}

std::vector<std::string> atom_rule_names() {
  std::vector<std::string> out;
  for (const auto& [name, holds] : table())
    out.push_back(name);
  return out;
}

}  // namespace gleaner::feed::rules
