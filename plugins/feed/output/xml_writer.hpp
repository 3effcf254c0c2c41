// SPDX-License-Identifier: Apache-2.0
// XML, an element a line. Header only; one thread an object.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/feed/output/text.hpp"

namespace gleaner::feed::output {

/// Texts and values are escaped here, names are the caller's own words.
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  void open(std::string_view name, Attributes attributes = {}) {
    begin(name, attributes);
    out_ += ">\n";
    open_.push_back(name);
  }
  void close() {
    const std::string_view name = open_.back();
    open_.pop_back();
    indent();
    out_.append("</").append(name).append(">\n");
  }
  void element(std::string_view name, std::string_view text, Attributes attributes = {}) {
    begin(name, attributes);
    out_.append(">").append(xml(text)).append("</").append(name).append(">\n");
  }
  void empty(std::string_view name, Attributes attributes) {
    begin(name, attributes);
    out_ += "/>\n";
  }
  /// As element(), unless there is nothing to say.
  void optional(std::string_view name, std::string_view text, Attributes attributes = {}) {
    if (!text.empty()) element(name, text, attributes);
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void indent() { out_.append(2 * open_.size(), ' '); }
  void begin(std::string_view name, Attributes attributes) {
    indent();
    out_.append("<").append(name);
    for (const auto& [key, value] : attributes)
      out_.append(" ").append(key).append("=\"").append(xml(value)).append("\"");
  }

  std::string out_ = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
  std::vector<std::string_view> open_;  // names, which are literals
};

}  // namespace gleaner::feed::output
