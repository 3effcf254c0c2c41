// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/json_text.hpp"

namespace gleaner::json {
namespace {

/// Copies tokens and puts the white space between them; never looks into a string. The host made the text, so
/// that it need not be checked here: what is not JSON stays as wrong as it was.
class Indenter {
 public:
  explicit Indenter(std::string_view json) : json_(json) { out_.reserve(json.size() + json.size() / 4); }

  std::string write() {
    while (at_ < json_.size())
      step(json_[at_]);
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void step(char c) {
    if (c == '"') return copy_string();
    ++at_;
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return;
    if (c == '{' || c == '[') return open(c);
    if (c == '}' || c == ']') return close(c);
    out_ += c;
    if (c == ',') new_line();
    if (c == ':') out_ += ' ';
  }
  void copy_string() {
    const std::size_t start = at_++;
    while (at_ < json_.size() && json_[at_] != '"')
      at_ += json_[at_] == '\\' ? 2 : 1;
    at_ = at_ < json_.size() ? at_ + 1 : json_.size();
    out_.append(json_, start, at_ - start);
  }
  void open(char c) {
    out_ += c;
    const std::size_t next = json_.find_first_not_of(" \t\r\n", at_);
    const bool is_empty = next != std::string_view::npos && (json_[next] == '}' || json_[next] == ']');
    if (is_empty) {
      out_ += json_[next];
      at_ = next + 1;
      return;
    }
    ++depth_;
    new_line();
  }
  void close(char c) {
    if (depth_ > 0) --depth_;
    new_line();
    out_ += c;
  }
  void new_line() { out_.append("\n").append(depth_ * 2, ' '); }

  std::string_view json_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

std::string indented(std::string_view json) {
  return Indenter(json).write();
}

}  // namespace gleaner::json
