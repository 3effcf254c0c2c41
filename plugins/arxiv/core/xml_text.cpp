#include "plugins/arxiv/core/xml_text.hpp"

#include <cstring>

#include "plugins/arxiv/core/text.hpp"

namespace gleaner::arxiv {
namespace {

// pugixml hands out const pointers to text that it parsed in place, in a buffer that is ours to write to.
char* ours(const char* text) {
  return const_cast<char*>(text);
}

}  // namespace

std::string_view take_text(const pugi::xml_node& element) {
  const pugi::xml_node first = element.first_child();
  if (!first) return {};
  TextJoiner joiner(nullptr);
  bool started = false;
  for (pugi::xml_node node = first; node; node = node.next_sibling()) {
    const bool encoded = node.type() == pugi::node_pcdata;
    if (!encoded && node.type() != pugi::node_cdata) continue;
    char* const value = ours(node.value());
    const std::size_t size = std::strlen(value);
    if (size == 0) continue;  // an empty value is pugixml's own constant, not our buffer
    if (!started) joiner = TextJoiner(value);
    started = true;
    if (encoded) {
      joiner.append_encoded(value, size);
    } else {
      joiner.append_verbatim(value, size);
    }
  }
  return started ? joiner.finish() : std::string_view{};
}

std::string_view take_text(const pugi::xml_attribute& attribute) {
  char* const value = ours(attribute.value());
  const std::size_t size = std::strlen(value);
  if (size == 0) return {};
  TextJoiner joiner(value);
  joiner.append_encoded(value, size);
  return joiner.finish();
}

}  // namespace gleaner::arxiv
