#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "host/loader/tables.hpp"

namespace gleaner::host {
namespace {

constexpr std::uint64_t most_options = 256;
constexpr std::uint64_t most_choices = 1024;
constexpr std::uint32_t known_flags =
    GLEANER_OPTION_REQUIRED | GLEANER_OPTION_BOUNDED | GLEANER_OPTION_DEPRECATED;

/// Keys the host reads in every component's table.
constexpr std::string_view reserved_keys[] = {"use",   "name",    "when",  "on_error", "timeout",
                                              "retry", "isolate", "limit", "top",      "sections"};

void check_name(const Reader& reader, const std::string& name, const std::set<std::string>& taken,
                std::string_view component, std::string_view where) {
  if (name.empty()) reader.wrong(where, "it has no name");
  if (!is_snake_case(name)) {
    reader.wrong(where, "its name must be lower_snake_case (a letter, then letters, digits and '_')");
  }
  if (std::find(std::begin(reserved_keys), std::end(reserved_keys), name) != std::end(reserved_keys)) {
    reader.wrong(where, "its name is a key the host reads itself; choose another");
  }
  if (taken.contains(name)) reader.wrong(component, say("two of its options are named \"", name, "\""));
}

void check_choices(const Reader& reader, const OptionInfo& option, std::string_view where) {
  const bool takes = option.type == OptionType::enumeration || option.type == OptionType::list;
  if (!option.choices.empty() && !takes) {
    reader.wrong(where, say("it has choices, but its type is ", to_word(option.type),
                            "; only an enum or list has choices"));
  }
  if (option.type == OptionType::enumeration && option.choices.empty())
    reader.wrong(where, "it is an enum without choices");
  std::set<std::string_view> seen;
  for (const std::string& choice : option.choices) {
    if (!seen.insert(choice).second) reader.wrong(where, say("it has the choice \"", choice, "\" twice"));
  }
}

std::pair<double, double> read_bounds(const Reader& reader, const gleaner_option& option, OptionType type,
                                      std::string_view where) {
  const bool takes = type == OptionType::integer || type == OptionType::number ||
                     type == OptionType::duration || type == OptionType::map;
  if (!takes) reader.wrong(where, say("it has bounds, but its type is ", to_word(type)));
  if (std::isnan(option.lowest) || std::isnan(option.highest))
    reader.wrong(where, "one of its bounds is not a number");
  if (option.lowest > option.highest) reader.wrong(where, "its lowest value is above its highest");
  return {option.lowest, option.highest};
}

OptionInfo read_option(const Reader& reader, const gleaner_option* from, const std::set<std::string>& taken,
                       std::string_view component, std::uint64_t number) {
  const std::string nameless = say(component, ", option ", number);
  const gleaner_option raw = reader.structure(from, nameless);
  OptionInfo option;
  option.name = reader.text(raw.name, nameless, "name", Lines::one);
  const std::string where = option.name.empty() ? nameless : say(component, ", option \"", option.name, "\"");
  check_name(reader, option.name, taken, component, where);
  if (raw.type < GLEANER_TYPE_STRING || raw.type > GLEANER_TYPE_TABLE) {
    reader.wrong(where, say("its type ", raw.type, " is unknown (1 to ", GLEANER_TYPE_TABLE, " are known)"));
  }
  if ((raw.flags & ~known_flags) != 0) reader.unknown(where, "a flag");
  option.type = static_cast<OptionType>(raw.type);
  option.doc = reader.text(raw.doc, where, "doc", Lines::many);
  option.fallback = reader.text(raw.fallback, where, "fallback", Lines::many);
  option.example = reader.text(raw.example, where, "example", Lines::many);
  option.required = (raw.flags & GLEANER_OPTION_REQUIRED) != 0;
  option.deprecated = (raw.flags & GLEANER_OPTION_DEPRECATED) != 0;
  if (option.required && !option.fallback.empty()) reader.wrong(where, "it is required, but has a default");
  option.choices = reader.texts(raw.choices, raw.choice_count, most_choices, where, "choices");
  check_choices(reader, option, where);
  if ((raw.flags & GLEANER_OPTION_BOUNDED) != 0) option.bounds = read_bounds(reader, raw, option.type, where);
  return option;
}

}  // namespace

std::vector<OptionInfo> read_options(const Reader& reader, const gleaner_component& component,
                                     std::string_view where) {
  std::vector<OptionInfo> options;
  std::set<std::string> taken;
  for (const gleaner_option* from : reader.array(component.options, component.option_count,
                                                 component.option_stride, most_options, where, "options")) {
    options.push_back(read_option(reader, from, taken, where, options.size() + 1));
    taken.insert(options.back().name);
  }
  return options;
}

}  // namespace gleaner::host
