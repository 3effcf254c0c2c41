#include "json_pieces.hpp"

#include <array>
#include <utility>

#include "json_text.hpp"
#include "number_text.hpp"
#include "valid_text.hpp"

namespace gleaner::chat {
namespace {

constexpr std::size_t deepest_piece = 64;
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> thoughts{
    {{"<think>", "</think>"}, {"<thinking>", "</thinking>"}}};

// Reads a text once from left to right. Outside of JSON it looks for a bracket; inside it keeps a stack of
// what is open. At a mistake all that is open is given up, its whole parts are found, and reading goes on at
// the mistake: a bracket in prose costs no more than itself.
class PieceFinder {
 public:
  explicit PieceFinder(std::string_view text) : text_(text) {}

  Pieces run() {
    skip_first_thought();
    while (at_ < text_.size() || !open_.empty())
      open_.empty() ? look_for_bracket() : step();
    return std::move(out_);
  }

 private:
  enum class Expects { first, name, colon, value, comma };  // `first`: an element, or the end of the list

  struct Open {
    bool is_object;
    Expects expects;
    std::string name;  // of the member that is being read
    std::vector<Member> members;
    std::vector<Value> items;
  };

  // ---- Outside of JSON
  // ----------------------------------------------------------------------------------------------------

  void skip_first_thought() {
    const std::size_t begin = text_.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return;
    for (const auto& [opening, closing] : thoughts) {
      if (text_.compare(begin, opening.size(), opening) != 0) continue;
      const std::size_t end = text_.find(closing, begin);
      out_.cut = end == std::string_view::npos;
      at_ = out_.cut ? text_.size() : end + closing.size();
    }
  }

  void look_for_bracket() {
    at_ = text_.find_first_of("{[<", at_);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
    } else if (text_[at_] == '<') {
      // The end of a thought whose beginning the server kept to itself: what came before was no answer.
      for (const auto& thought : thoughts)
        if (text_.compare(at_, thought.second.size(), thought.second) == 0) out_ = Pieces{};
      ++at_;
    } else {
      open(text_[at_++] == '{');
    }
  }

  // ---- Inside of it
  // -------------------------------------------------------------------------------------------------------

  void step() {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    if (at_ == text_.size()) {
      if (line_end_ == std::string_view::npos) out_.cut = true;
      return give_up();
    }
    const char c = text_[at_];
    Open& top = open_.back();
    const bool may_end =
        top.expects == Expects::first || top.expects == Expects::name || top.expects == Expects::comma;
    if (may_end && c == (top.is_object ? '}' : ']')) return close();
    switch (top.expects) {
      case Expects::name:
        return c == '"' ? take_name() : give_up();
      case Expects::colon:
        return c == ':' ? take_mark(Expects::value) : give_up();
      case Expects::comma:
        return c == ',' ? take_mark(top.is_object ? Expects::name : Expects::first) : give_up();
      case Expects::first:
      case Expects::value:
        return take_value(c);
    }
  }

  void take_mark(Expects next) {
    open_.back().expects = next;
    line_end_ = std::string_view::npos;
    ++at_;
  }

  void take_name() {
    if (auto words = take_text()) {
      open_.back().name = std::move(*words);
      open_.back().expects = Expects::colon;
    }
  }

  void take_value(char c) {
    if (c == '{' || c == '[') {
      if (open_.size() == deepest_piece) return give_up();
      ++at_;
      return open(c == '{');
    }
    if (c == '"') {
      if (auto words = take_text()) add(Value(std::move(*words)));
      return;
    }
    if (const std::size_t length = number_length(text_.substr(at_)); length > 0) {
      add(Value(text_.substr(at_, length)));
      at_ += length;
      return;
    }
    take_literal();
  }

  void take_literal() {
    static const std::array<std::pair<std::string_view, Value>, 6> literals{{{"true", true},
                                                                             {"false", false},
                                                                             {"null", nullptr},
                                                                             {"True", true},
                                                                             {"False", false},
                                                                             {"None", nullptr}}};
    for (const auto& [word, meaning] : literals) {
      if (text_.compare(at_, word.size(), word) != 0) continue;
      at_ += word.size();
      return add(meaning);
    }
    give_up();
  }

  std::optional<std::string> take_text() {
    TextRead read = read_text(text_.substr(at_));
    line_end_ = read.line_end == std::string_view::npos ? read.line_end : at_ + read.line_end;
    at_ += read.length;
    if (read.closed) return std::move(read.words);
    if (line_end_ == std::string_view::npos) out_.cut = true;
    give_up();
    return std::nullopt;
  }

  void open(bool is_object) {
    open_.push_back({is_object, is_object ? Expects::name : Expects::first, {}, {}, {}});
  }

  void add(Value value) {
    Open& top = open_.back();
    top.expects = Expects::comma;
    if (top.is_object)
      top.members.push_back({std::move(top.name), std::move(value)});
    else
      top.items.push_back(std::move(value));
  }

  void close() {
    ++at_;
    line_end_ = std::string_view::npos;
    Open done = std::move(open_.back());
    open_.pop_back();
    Value value =
        done.is_object ? Value::object(std::move(done.members)) : Value::list(std::move(done.items));
    if (open_.empty())
      out_.found.push_back({"", std::move(value)});
    else
      add(std::move(value));
  }

  // Gives up what is open. A text with a line end in it that was followed by a mistake was probably not
  // closed in its line: reading goes on at that line end, so that the lines after it are not lost with it.
  void give_up() {
    for (auto& lost : open_) {
      out_.broken = out_.broken || !lost.members.empty() || !lost.items.empty() ||
                    lost.expects == Expects::colon || lost.expects == Expects::value;
      for (auto& member : lost.members)
        keep(std::move(member.name), std::move(member.value));
      for (auto& item : lost.items)
        keep("", std::move(item));
    }
    open_.clear();
    if (line_end_ != std::string_view::npos) at_ = line_end_;
    line_end_ = std::string_view::npos;
  }

  void keep(std::string name, Value value) {
    if (!value.members().empty() || !value.items().empty())
      out_.found.push_back({std::move(name), std::move(value)});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_end_ = std::string_view::npos;  // the first one in the text just read
  std::vector<Open> open_;
  Pieces out_;
};

}  // namespace

Pieces find_pieces(std::string_view text) {
  return PieceFinder(text).run();
}

std::string unwrapped(std::string_view text) {
  text = trimmed(text);
  if (text.substr(0, 3) == "```") text = trimmed(text.substr(std::min(text.find('\n'), text.size())));
  return text.substr(0, 1) == "\"" ? read_text(text).words : std::string();
}

}  // namespace gleaner::chat
