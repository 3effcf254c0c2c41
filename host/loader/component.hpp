// What the host knows of a component: the static descriptor of abi.h as owned values. Value types; any thread
// may read them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/abi.h>

namespace gleaner::host {

enum class Kind : std::uint32_t {
  source = GLEANER_SOURCE,
  filter = GLEANER_FILTER,
  scorer = GLEANER_SCORER,
  output = GLEANER_OUTPUT
};

/// "source", "filter", "scorer" or "output".
[[nodiscard]] std::string_view to_word(Kind kind);

/// Filters and scorers share one space of names and one table, [[stage]].
[[nodiscard]] constexpr bool is_stage(Kind kind) {
  return kind == Kind::filter || kind == Kind::scorer;
}

enum class OptionType : std::uint32_t {
  string = GLEANER_TYPE_STRING,
  integer = GLEANER_TYPE_INTEGER,
  number = GLEANER_TYPE_NUMBER,
  boolean = GLEANER_TYPE_BOOLEAN,
  enumeration = GLEANER_TYPE_ENUM,
  list = GLEANER_TYPE_LIST,
  map = GLEANER_TYPE_MAP,
  duration = GLEANER_TYPE_DURATION,
  path = GLEANER_TYPE_PATH,
  secret = GLEANER_TYPE_SECRET,
  table = GLEANER_TYPE_TABLE
};

/// The word for an option's type in messages and `describe`: "string", "integer", "list of strings",
/// "duration", …
[[nodiscard]] std::string_view to_word(OptionType type);

struct OptionInfo {
  std::string name;
  std::string doc;
  std::string fallback;  ///< as written in the file, text-like types without quotes; empty: none
  std::string example;   ///< like fallback; empty: the fallback
  std::vector<std::string> choices;
  std::optional<std::pair<double, double>> bounds;  ///< inclusive; milliseconds for durations
  OptionType type = OptionType::string;
  bool required = false;
  bool deprecated = false;

  friend bool operator==(const OptionInfo&, const OptionInfo&) = default;
};

struct AxisInfo {
  std::string name;
  std::string doc;
  double lowest = 1;
  double highest = 10;

  friend bool operator==(const AxisInfo&, const AxisInfo&) = default;
};

struct NeedInfo {
  std::string name;
  std::string doc;
  std::uint32_t kind = 0;  ///< GLEANER_NEEDS_…

  friend bool operator==(const NeedInfo&, const NeedInfo&) = default;
};

struct PolitenessInfo {
  std::string group;
  std::vector<std::string> wrong_bodies;
  std::vector<int> throttle_statuses;
  std::uint32_t interval_ms = 0;
  std::uint32_t connections = 0;
  std::vector<std::string> final_words;

  friend bool operator==(const PolitenessInfo&, const PolitenessInfo&) = default;
};

struct CalendarInfo {
  std::string time_zone;
  std::vector<std::string> holidays;
  std::uint32_t weekdays = 0;  ///< bit 0 Monday … bit 6 Sunday

  friend bool operator==(const CalendarInfo&, const CalendarInfo&) = default;
};

struct ComponentInfo {
  Kind kind = Kind::source;
  std::string name;
  std::string version;
  std::string summary;
  std::string documentation;
  std::string homepage;
  std::vector<OptionInfo> options;
  std::vector<AxisInfo> axes;
  std::vector<NeedInfo> needs;
  std::optional<PolitenessInfo> politeness;
  std::optional<CalendarInfo> calendar;
  std::uint32_t capabilities = 0;  ///< GLEANER_CONCURRENT | …
  std::uint32_t batch = 0;
  std::string plugin_name;
  std::string plugin_version;
  std::filesystem::path plugin_file;

  [[nodiscard]] bool can(std::uint32_t capability) const { return (capabilities & capability) != 0; }
  [[nodiscard]] const OptionInfo* option(std::string_view option_name) const;

  friend bool operator==(const ComponentInfo&, const ComponentInfo&) = default;
};

}  // namespace gleaner::host
