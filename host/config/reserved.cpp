#include "host/config/reserved.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "host/config/duration.hpp"
#include "host/config/isolation.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

const std::array<std::string, 10>& keys() {
  static const std::array<std::string, 10> all{"use",   "name",    "when",  "on_error", "timeout",
                                               "retry", "isolate", "limit", "top",      "sections"};
  return all;
}

constexpr Bounds at_least_one{{1, std::numeric_limits<double>::infinity()}};
constexpr Bounds some_time{{1, 1e13}};  // a millisecond; no upper end worth naming
constexpr Bounds tries{{0, 100}};

bool outputs_only(std::string_view key) {
  return key == "when" || key == "limit" || key == "top" || key == "sections";
}

void read_when(const Reader& reader, const toml::node& node, std::string_view what, ComponentConfig& out) {
  const auto text = reader.text(node, what);
  if (!text) return;
  if (const auto when = parse_when(*text)) {
    out.when = *when;
    return;
  }
  reader.add(
      Code::bad_when, node.source(),
      concat({what, " cannot be ", quote(*text), "; write always, selected, incomplete or weekday:mon,thu"}));
}

void read_on_error(const Reader& reader, Section section, const toml::node& node, std::string_view what,
                   ComponentConfig& out) {
  const auto word = reader.choice(node, what, on_error_words(section));
  if (!word) return;
  if (*word == "stop") out.on_error = OnError::stop;
  if (*word == "skip") out.on_error = OnError::skip;
  if (*word == "keep") out.on_error = OnError::keep;
}

void read_count(const Reader& reader, const toml::node& node, std::string_view what,
                std::optional<std::size_t>& out) {
  if (const auto count = reader.integer(node, what, at_least_one)) out = static_cast<std::size_t>(*count);
}

}  // namespace

std::span<const std::string> reserved_keys() {
  return keys();
}

bool is_reserved(std::string_view key) {
  return std::find(keys().begin(), keys().end(), key) != keys().end();
}

std::vector<std::string> reserved_keys(Section section) {
  std::vector<std::string> out;
  for (const std::string& key : keys())
    if (section == Section::output || !outputs_only(key)) out.push_back(key);
  return out;
}

std::span<const std::string> on_error_words(Section section) {
  static const std::array<std::string, 3> words{"skip", "stop", "keep"};
  return section == Section::stage ? std::span(words) : std::span(words).first(2);
}

std::span<const std::string> section_words() {
  static const std::array<std::string, 6> words{"papers", "unscored", "near_misses",
                                                "usage",  "receipt",  "prompt"};
  return words;
}

std::optional<When> parse_when(std::string_view text) {
  if (text == "always") return When{When::Rule::always, 0};
  if (text == "selected") return When{When::Rule::selected, 0};
  if (text == "incomplete") return When{When::Rule::incomplete, 0};
  constexpr std::string_view lead = "weekday:";
  constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  if (!text.starts_with(lead)) return std::nullopt;
  When when{When::Rule::weekday, 0};
  text.remove_prefix(lead.size());
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view word = text.substr(0, comma);
    while (word.starts_with(' '))
      word.remove_prefix(1);
    const auto day = std::find(days.begin(), days.end(), word);
    if (day == days.end()) return std::nullopt;
    when.weekdays |= 1U << static_cast<std::uint32_t>(day - days.begin());
    if (comma == std::string_view::npos) return when;
    text.remove_prefix(comma + 1);
  }
}

void read_reserved(const Reader& reader, Section section, const toml::key& key, const toml::node& node,
                   std::string_view owner, ComponentConfig& out) {
  const std::string_view name = key.str();
  if (outputs_only(name) && section != Section::output) {
    reader.add(Code::misplaced_key, key.source(),
               concat({quote(name), " is for outputs; ", owner, " is a ", to_word(section)}));
    return;
  }
  const std::string what = concat({name, " of ", owner});
  Reader::Places inner;
  if (name == "when") read_when(reader, node, what, out);
  if (name == "on_error") read_on_error(reader, section, node, what, out);
  if (name == "limit") read_count(reader, node, what, out.limit);
  if (name == "top") read_count(reader, node, what, out.top);
  if (name == "sections")
    out.sections = reader.list(node, what, section_words(), inner).value_or(std::vector<std::string>());
  if (name == "isolate") out.isolate = read_isolation(reader, node, what);
  if (name == "timeout")
    if (const auto timeout = reader.duration(node, what, some_time)) out.timeout = timeout->value;
  if (name == "retry")
    if (const auto retry = reader.integer(node, what, tries)) out.retry = static_cast<int>(*retry);
}

}  // namespace gleaner::host
