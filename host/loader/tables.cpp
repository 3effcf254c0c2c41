#include "host/loader/tables.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string>

namespace gleaner::host {
namespace {

constexpr std::uint64_t most_axes = 64;
constexpr std::uint64_t most_needs = 256;
constexpr std::uint64_t most_bodies = 64;
constexpr std::uint64_t most_statuses = 64;
constexpr std::uint64_t most_holidays = 4096;
constexpr std::size_t longest_name = 64;
constexpr std::uint32_t longest_interval_ms = 24U * 60 * 60 * 1000;
constexpr std::uint32_t all_weekdays = 0x7F;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A day there is, written "YYYY-MM-DD".
bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t from, std::size_t length) {
    const std::string_view digits = text.substr(from, length);
    int value = 0;
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) return -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 0 || month < 0 || day < 0) return false;
  return std::chrono::year_month_day{std::chrono::year{year},
                                     std::chrono::month{static_cast<unsigned>(month)},
                                     std::chrono::day{static_cast<unsigned>(day)}}
      .ok();
}

/// The shape of an IANA name; whether there is such a zone is found out by who uses it. ("..": it becomes a
/// file's path.)
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '/' || c == '_' || c == '-' ||
           c == '+';
  });
}

AxisInfo read_axis(const Reader& reader, const gleaner_axis* from, std::string_view component,
                   std::uint64_t number) {
  const std::string nameless = say(component, ", axis ", number);
  const gleaner_axis raw = reader.structure(from, nameless);
  AxisInfo axis;
  axis.name = reader.text(raw.name, nameless, "name", Lines::one);
  if (axis.name.empty()) reader.wrong(nameless, "it has no name");
  const std::string where = say(component, ", axis \"", axis.name, "\"");
  if (!is_snake_case(axis.name)) {
    reader.wrong(where, "its name must be lower_snake_case (a letter, then letters, digits and '_')");
  }
  if (axis.name == "total")
    reader.wrong(where, "\"total\" is the host's name for the sum of the axes; choose another");
  axis.doc = reader.text(raw.doc, where, "doc", Lines::many);
  if (!std::isfinite(raw.lowest) || !std::isfinite(raw.highest))
    reader.wrong(where, "its range is not finite");
  if (raw.lowest >= raw.highest) reader.wrong(where, "its lowest score is not below its highest");
  axis.lowest = raw.lowest;
  axis.highest = raw.highest;
  return axis;
}

std::vector<int> read_statuses(const Reader& reader, const gleaner_politeness& raw, std::string_view where) {
  reader.check_count(raw.throttle_statuses, alignof(std::int32_t), raw.throttle_status_count, most_statuses,
                     where, "throttle statuses");
  std::vector<int> statuses;
  for (std::uint64_t i = 0; i < raw.throttle_status_count; ++i) {
    const int status = raw.throttle_statuses[i];
    if (status < 400 || status > 599)
      reader.wrong(where, say("the throttle status ", status, " is not in 400 to 599"));
    statuses.push_back(status);
  }
  return statuses;
}

}  // namespace

bool is_snake_case(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && is_lower(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && (is_lower(name.front()) || is_digit(name.front())) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-'; });
}

std::vector<AxisInfo> read_axes(const Reader& reader, const gleaner_component& component,
                                std::string_view where) {
  std::vector<AxisInfo> axes;
  for (const gleaner_axis* from :
       reader.array(component.axes, component.axis_count, component.axis_stride, most_axes, where, "axes")) {
    AxisInfo axis = read_axis(reader, from, where, axes.size() + 1);
    if (std::any_of(axes.begin(), axes.end(),
                    [&](const AxisInfo& other) { return other.name == axis.name; })) {
      reader.wrong(where, say("two of its axes are named \"", axis.name, "\""));
    }
    axes.push_back(std::move(axis));
  }
  return axes;
}

std::vector<NeedInfo> read_needs(const Reader& reader, const gleaner_component& component,
                                 std::string_view where) {
  std::vector<NeedInfo> needs;
  for (const gleaner_need* from : reader.array(component.needs, component.need_count, component.need_stride,
                                               most_needs, where, "needs")) {
    const std::string place = say(where, ", need ", needs.size() + 1);
    const gleaner_need raw = reader.structure(from, place);
    NeedInfo need;
    need.name = reader.text(raw.name, place, "name", Lines::one);
    need.doc = reader.text(raw.doc, place, "doc", Lines::many);
    need.kind = raw.kind;
    if (need.name.empty()) reader.wrong(place, "it has no name");
    if (raw.kind < GLEANER_NEEDS_HOST || raw.kind > GLEANER_NEEDS_FILE) {
      reader.wrong(place,
                   say("its kind ", raw.kind, " is unknown (1 to ", GLEANER_NEEDS_FILE, " are known)"));
    }
    reader.reserved(raw.reserved, place);
    needs.push_back(std::move(need));
  }
  return needs;
}

std::optional<PolitenessInfo> read_politeness(const Reader& reader, const gleaner_component& component,
                                              std::string_view component_place) {
  if (component.politeness == nullptr) return std::nullopt;
  const std::string where = say(component_place, ", politeness");
  const gleaner_politeness raw = reader.structure(component.politeness, where);
  PolitenessInfo politeness;
  politeness.group = reader.text(raw.group, where, "group", Lines::one);
  if (!is_plain_name(politeness.group)) {
    reader.wrong(where,
                 say("its group \"", politeness.group, "\" must be of a-z, 0-9, '-' and '_', at most 64"));
  }
  politeness.wrong_bodies =
      reader.texts(raw.wrong_bodies, raw.wrong_body_count, most_bodies, where, "wrong bodies");
  for (const std::string& body : politeness.wrong_bodies) {
    if (body.empty())
      reader.wrong(where, "one of its wrong bodies is empty, so that every body would be wrong");
  }
  politeness.throttle_statuses = read_statuses(reader, raw, where);
  if (raw.interval_ms > longest_interval_ms) {
    reader.wrong(where, say("its interval is ", raw.interval_ms, " ms, the most is a day (",
                            longest_interval_ms, ")"));
  }
  politeness.interval_ms = raw.interval_ms;
  politeness.connections = raw.connections;
  politeness.final_words =
      reader.texts(raw.final_words, raw.final_word_count, most_bodies, where, "final words");
  for (const std::string& word : politeness.final_words) {
    if (word.empty())
      reader.wrong(where, "one of its final words is empty, so that every error would be final");
  }
  return politeness;
}

std::optional<CalendarInfo> read_calendar(const Reader& reader, const gleaner_component& component,
                                          std::string_view component_place) {
  if (component.calendar == nullptr) return std::nullopt;
  const std::string where = say(component_place, ", calendar");
  if (component.kind != GLEANER_SOURCE) reader.wrong(where, "only a source has one");
  const gleaner_calendar raw = reader.structure(component.calendar, where);
  CalendarInfo calendar;
  calendar.time_zone = reader.text(raw.time_zone, where, "time zone", Lines::one);
  if (!is_zone_name(calendar.time_zone)) {
    reader.wrong(where, say("its time zone \"", calendar.time_zone,
                            "\" is not an IANA name such as America/New_York"));
  }
  calendar.holidays = reader.texts(raw.holidays, raw.holiday_count, most_holidays, where, "holidays");
  for (const std::string& holiday : calendar.holidays) {
    if (!is_date(holiday))
      reader.wrong(where, say("its holiday \"", holiday, "\" is not a day written YYYY-MM-DD"));
  }
  if (raw.weekdays == 0 || (raw.weekdays & ~all_weekdays) != 0) {
    reader.wrong(where,
                 say("its weekdays are ", raw.weekdays, "; bits 0 (Monday) to 6 (Sunday), at least one"));
  }
  reader.reserved(raw.reserved, where);
  calendar.weekdays = raw.weekdays;
  return calendar;
}

}  // namespace gleaner::host
