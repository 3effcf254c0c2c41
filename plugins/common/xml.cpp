// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/xml.hpp"

#include <algorithm>
#include <utility>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/html_text.hpp"

namespace gleaner::common {
namespace {

constexpr unsigned kParse = pugi::parse_default | pugi::parse_ws_pcdata;

// XML 1.0, section 2.2, knows three control characters; the others do turn up and would end the document at
// the first zero byte.
void remove_control_characters(std::string& text) {
  std::erase_if(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
}

// "<!DOCTYPE name … [": the declaration has a part of its own, which is where entities are made.
bool has_internal_subset(std::string_view text) {
  const std::size_t start = text.find("<!DOCTYPE");
  if (start == kNone) return false;
  const std::size_t end = text.find_first_of("[>", start);
  return end != kNone && text[end] == '[';
}

class DepthGauge : public pugi::xml_tree_walker {
 public:
  explicit DepthGauge(int most) : most_(most) {}
  bool for_each(pugi::xml_node&) override { return depth() < most_; }

 private:
  int most_;
};

// A fault after which no mark-up ends is the last byte's: the tag, comment or CDATA it is in was cut off.
bool breaks_off(const pugi::xml_parse_result& result, std::string_view rest) {
  if (result.status == pugi::status_bad_cdata) return rest.find("]]>") == kNone;
  if (result.status == pugi::status_bad_comment) return rest.find("-->") == kNone;
  return rest.size() <= 1 || rest.find('>') == kNone;
}

std::string xml_problem(const pugi::xml_parse_result& result, std::string_view text) {
  if (result.status == pugi::status_no_document_element) return "holds no XML element.";
  const auto offset = result.offset < 0 ? std::size_t{0} : static_cast<std::size_t>(result.offset);
  if (breaks_off(result, text.substr(std::min(offset, text.size()))))
    return "breaks off before its XML is at its end; fetch it again.";
  return "is not well-formed XML at byte " + std::to_string(offset) + ": " +
         lower_case(std::string_view(result.description()).substr(0, 1)) + (result.description() + 1) + ".";
}

std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == kNone ? std::string_view{} : name.substr(0, colon);
}

void append_within(const pugi::xml_node& parent, std::string& out) {
  for (const pugi::xml_node& node : parent.children()) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) out += node.value();
    if (node.type() != pugi::node_element) continue;
    const std::string name = lower_case(local_name(node));
    if (is_block_element(name)) out += '\n';
    if (name == "sup" || name == "sub") {
      const std::string inner = text_within(node);
      out += name == "sup" ? raised(inner) : lowered(inner);
    } else {
      append_within(node, out);
    }
    if (is_block_element(name)) out += '\n';
  }
}

}  // namespace

XmlDocument parse_xml(std::string bytes, std::string_view charset, std::string_view origin,
                      const XmlLimits& limits) {
  check_answer(bytes, "XML", origin, limits.bytes);
  Utf8Text text = to_utf8(std::move(bytes), charset, origin);
  check_answer(text.text, "XML", origin, 2 * limits.bytes);  // what UTF-16 had hidden
  remove_control_characters(text.text);
  if (trimmed(text.text).front() != '<')
    throw malformed(origin, "is not XML: it begins with \"" + beginning_of(trimmed(text.text)) + "\".");
  if (has_internal_subset(text.text))
    throw malformed(
        origin, "declares entities of its own in a DOCTYPE, which is refused for what they may expand to.");
  XmlDocument out;
  out.note = std::move(text.note);
  const auto result = out.tree.load_buffer(text.text.data(), text.text.size(), kParse, pugi::encoding_utf8);
  if (!result) throw malformed(origin, xml_problem(result, text.text));
  DepthGauge gauge(limits.depth);
  if (!out.tree.traverse(gauge))
    throw malformed(origin, "nests its elements more than " + std::to_string(limits.depth) +
                                " deep, which no feed does.");
  return out;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

std::string_view namespace_of(const pugi::xml_node& node) {
  const std::string_view prefix = prefix_of(node.name());
  const std::string wanted = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (pugi::xml_node at = node; at.type() == pugi::node_element; at = at.parent())
    if (const pugi::xml_attribute declared = at.attribute(wanted.c_str())) return declared.value();
  return {};
}

pugi::xml_node child_named(const pugi::xml_node& parent, std::string_view local) {
  return parent.find_child([local](const pugi::xml_node& node) {
    return node.type() == pugi::node_element && local_name(node) == local;
  });
}

std::string text_within(const pugi::xml_node& node) {
  std::string out;
  append_within(node, out);
  return plain_line(out);
}

std::string raw_text(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& child : node.children())
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) out += child.value();
  return out;
}

}  // namespace gleaner::common
