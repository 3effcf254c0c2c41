#include "host/loader/info_bytes.hpp"

#include <algorithm>

#include "host/loader/byte_stream.hpp"
#include "host/loader/reader.hpp"
#include "host/loader/tables.hpp"

namespace gleaner::host {

// One list of fields for both directions. plugin_file is not among them: whoever reads knows the file.
template <class Stream>
void fields(Stream& stream, OptionInfo& of) {
  stream(of.name, of.doc, of.fallback, of.example, of.choices, of.bounds, of.type, of.required,
         of.deprecated);
}
template <class Stream>
void fields(Stream& stream, AxisInfo& of) {
  stream(of.name, of.doc, of.lowest, of.highest);
}
template <class Stream>
void fields(Stream& stream, NeedInfo& of) {
  stream(of.name, of.doc, of.kind);
}
template <class Stream>
void fields(Stream& stream, PolitenessInfo& of) {
  stream(of.group, of.wrong_bodies, of.throttle_statuses, of.interval_ms, of.connections, of.final_words);
}
template <class Stream>
void fields(Stream& stream, CalendarInfo& of) {
  stream(of.time_zone, of.holidays, of.weekdays);
}
template <class Stream>
void fields(Stream& stream, ComponentInfo& of) {
  stream(of.kind, of.name, of.version, of.summary, of.documentation, of.homepage, of.options, of.axes,
         of.needs, of.politeness, of.calendar, of.capabilities, of.batch, of.plugin_name, of.plugin_version);
}

namespace {

bool is_sound(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') || c == '\x7f';
         });
}

bool is_line(std::string_view text) {
  return is_sound(text) && text.find_first_of("\n\t") == std::string_view::npos;
}

bool are_lines(const std::vector<std::string>& texts) {
  return std::all_of(texts.begin(), texts.end(), [](const std::string& text) { return is_line(text); });
}

bool is_believable(const OptionInfo& option) {
  return is_snake_case(option.name) && option.type >= OptionType::string &&
         option.type <= OptionType::table && is_sound(option.doc) && is_sound(option.fallback) &&
         is_sound(option.example) && are_lines(option.choices);
}

/// What is shown on terminals or becomes a word of a command line or a path. Everything else is compared
/// with the plugin's own record before it is used.
bool is_believable(const ComponentInfo& info) {
  return info.kind >= Kind::source && info.kind <= Kind::output && is_plain_name(info.name) &&
         is_line(info.version) && is_line(info.summary) && is_sound(info.documentation) &&
         is_line(info.homepage) && is_line(info.plugin_name) && is_line(info.plugin_version) &&
         std::all_of(info.options.begin(), info.options.end(),
                     [](const OptionInfo& option) { return is_believable(option); }) &&
         std::all_of(info.axes.begin(), info.axes.end(),
                     [](const AxisInfo& axis) { return is_snake_case(axis.name) && is_sound(axis.doc); }) &&
         std::all_of(info.needs.begin(), info.needs.end(),
                     [](const NeedInfo& need) { return is_line(need.name) && is_sound(need.doc); }) &&
         (!info.politeness ||
          (is_plain_name(info.politeness->group) && are_lines(info.politeness->wrong_bodies) &&
           are_lines(info.politeness->final_words))) &&
         (!info.calendar || (is_line(info.calendar->time_zone) && are_lines(info.calendar->holidays)));
}

}  // namespace

std::string to_bytes(std::vector<ComponentInfo> components) {
  ByteWriter writer;
  writer(components);
  return std::move(writer).take();
}

std::optional<std::vector<ComponentInfo>> components_from(std::string_view bytes) {
  std::vector<ComponentInfo> out;
  ByteReader reader(bytes);
  reader(out);
  const bool believable =
      reader.complete() && !out.empty() &&
      std::all_of(out.begin(), out.end(), [](const ComponentInfo& info) { return is_believable(info); });
  return believable ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace gleaner::host
