// What every kind of value needs: places, references and the words of a type mistake.
#include <algorithm>

#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/config/values.hpp"

namespace gleaner::host {
namespace {

/// Offset of a place in the text; the text's end when it has no such place.
std::size_t offset_of(std::string_view text, toml::source_position position) {
  const auto line = line_of(text, static_cast<int>(position.line));
  if (!line) return text.size();
  const auto begin = static_cast<std::size_t>(line->data() - text.data());
  return begin + before_column(*line, static_cast<int>(position.column)).size();
}

}  // namespace

Reader Reader::elsewhere(Location place, Report& report) const {
  Reader out = *this;
  out.fixed_ = std::move(place);
  out.report_ = &report;
  return out;
}

Location Reader::place(const toml::source_region& region) const {
  return fixed_ ? *fixed_ : place_of(region, document_->file);
}

void Reader::add(Code code, const toml::source_region& region, std::string message) const {
  report_->add(code, place(region), std::move(message));
}

std::string_view node_word(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time";
    case toml::node_type::date_time:
      return "a date and time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

std::string unknown_word_message(std::string_view word, std::string_view what,
                                 std::span<const std::string> choices) {
  const std::string start = concat({what, " cannot be ", quote(word)});
  const std::string meant = did_you_mean(word, choices);
  return start + (meant.empty() ? concat({"; it is one of ", quote_all(choices)}) : meant);
}

std::string pointer_part(std::string_view key) {
  std::string out = "/";
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

void Reader::wrong_type(const toml::node& node, std::string_view what, std::string_view wanted,
                        std::string_view hint) const {
  add(Code::wrong_type, node.source(), concat({what, " wants ", wanted, ", not ", node_word(node), hint}));
}

/// In a string of many lines the reference's own place says more than the string's.
Location Reader::place_within(const toml::node& node, std::string_view reference) const {
  Location found = place(node.source());
  const toml::source_region& region = node.source();
  if (fixed_ || found.line == 0 || region.begin.line == region.end.line) return found;
  const std::string_view text = document_->text;
  const std::size_t begin = offset_of(text, region.begin);
  const std::string_view written = text.substr(begin, offset_of(text, region.end) - begin);
  const std::size_t at = written.find(reference.substr(0, reference.find('\n')));
  if (at == std::string_view::npos) return found;
  const std::string_view before = written.substr(0, at);
  const std::size_t line_end = before.rfind('\n');
  if (line_end == std::string_view::npos) return found;
  found.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  found.column = static_cast<int>(count_code_points(before.substr(line_end + 1))) + 1;
  return found;
}

std::optional<Expansion> Reader::expanded(const toml::node& node) const {
  const auto* string = node.as_string();
  if (string == nullptr) return std::nullopt;
  Expansion expansion = interpolator_->expand(string->get());
  for (const ReferenceProblem& problem : expansion.problems)
    report_->add(problem.code, place_within(node, problem.reference), problem.message);
  if (!expansion.problems.empty()) return std::nullopt;
  return expansion;
}

std::optional<Expansion> Reader::without_secrets(const toml::node& node, std::string_view what) const {
  auto expansion = expanded(node);
  if (!expansion || expansion->secrets.empty()) return expansion;
  for (const std::string& reference : expansion->secrets)
    report_->add(Code::misplaced_secret, place_within(node, reference),
                 concat({what, " cannot hold ", quote(reference),
                         "; only options of type secret take one, `gleaner describe` shows which"}));
  return std::nullopt;
}

void Reader::check_references(const toml::node& node) const {
  if (node.is_string()) {
    (void)expanded(node);
  } else if (const auto* array = node.as_array()) {
    for (const toml::node& item : *array)
      check_references(item);
  } else if (const auto* table = node.as_table()) {
    for (const Entry& entry : in_order(*table))
      check_references(*entry.value);
  }
}

std::vector<Reader::Entry> Reader::in_order(const toml::table& table) const {
  std::vector<Entry> out;
  for (auto each = table.cbegin(); each != table.cend(); ++each)
    out.push_back({&each->first, &each->second});
  std::stable_sort(out.begin(), out.end(), [this](const Entry& a, const Entry& b) {
    return comes_before(a.key->source(), b.key->source(), document_->file);
  });
  return out;
}

}  // namespace gleaner::host
