#include "host/cli/component_text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "host/config/text.hpp"

namespace gleaner::host::cli {
namespace {

struct Capability {
  std::uint32_t bit;
  std::string_view name;
  std::string_view words;
};

constexpr std::array capabilities{
    Capability{GLEANER_CONCURRENT, "concurrent", "works on several threads at once"},
    Capability{GLEANER_AFTER_SELECT, "after_select", "runs on the selected papers only"},
    Capability{GLEANER_NAMES_AXES, "names_axes", "its option axes names its axes"},
    Capability{GLEANER_HEALTH, "health", "has a health check"},
    Capability{GLEANER_STREAMS, "streams", "writes while papers come"},
    Capability{GLEANER_WHOLE_DAY, "whole_day", "wants all papers of the day at once"},
    Capability{GLEANER_REMOTE, "remote", "talks to a server"},
    Capability{GLEANER_PAID, "paid", "its requests cost money"},
};

/// Milliseconds as one would write them in the file.
std::string duration_text(double milliseconds) {
  struct Unit {
    double size;
    std::string_view letter;
  };
  for (const Unit unit : {Unit{86'400'000, "d"}, Unit{3'600'000, "h"}, Unit{60'000, "m"}, Unit{1000, "s"}}) {
    const double n = milliseconds / unit.size;
    if (n >= 1 && n == static_cast<double>(static_cast<long long>(n)))
      return number_text(n) + std::string(unit.letter);
  }
  return number_text(milliseconds) + "ms";
}

std::string_view need_word(std::uint32_t kind) {
  switch (kind) {
    case GLEANER_NEEDS_HOST:
      return "server";
    case GLEANER_NEEDS_SECRET:
      return "secret";
    case GLEANER_NEEDS_FILE:
      return "file";
    default:
      return "thing";
  }
}

}  // namespace

std::vector<std::string> capability_words(const ComponentInfo& info) {
  std::vector<std::string> out;
  for (const Capability& each : capabilities)
    if (info.can(each.bit)) out.emplace_back(each.words);
  return out;
}

std::vector<std::string> capability_names(const ComponentInfo& info) {
  std::vector<std::string> out;
  for (const Capability& each : capabilities)
    if (info.can(each.bit)) out.emplace_back(each.name);
  return out;
}

std::string axis_text(const AxisInfo& axis) {
  return fmt::format("{} ({} to {})", axis.name, number_text(axis.lowest), number_text(axis.highest));
}

std::string need_text(const NeedInfo& need) {
  return fmt::format("{} {}", need_word(need.kind), need.name);
}

std::string reach_text(const ComponentInfo& info) {
  const auto is_host = [](const NeedInfo& need) { return need.kind == GLEANER_NEEDS_HOST; };
  const bool any = std::ranges::any_of(
      info.needs, [&](const NeedInfo& need) { return is_host(need) && need.name == "*"; });
  std::string out;
  if (any)
    out = "It may ask any server.";
  else if (std::ranges::any_of(info.needs, is_host))
    out = "It may ask these servers, and those whose address you write into its options, but no others.";
  else if (info.can(GLEANER_REMOTE))
    out = "It may ask only servers whose address you write into its options.";
  std::vector<std::string_view> secrets;
  for (const OptionInfo& option : info.options)
    if (option.type == OptionType::secret) secrets.push_back(option.name);
  if (!secrets.empty())
    out += fmt::format("{}Of your secrets it gets those you write into {}, and no others.",
                       out.empty() ? "" : " ", fmt::join(secrets, " and "));
  return out;
}

std::string bounds_text(const OptionInfo& option) {
  if (!option.bounds) return "";
  const auto shown = option.type == OptionType::duration ? duration_text : number_text;
  return fmt::format("{} to {}", shown(option.bounds->first), shown(option.bounds->second));
}

std::string politeness_text(const PolitenessInfo& politeness) {
  std::vector<std::string> parts;
  if (politeness.interval_ms > 0)
    parts.push_back(fmt::format("one request every {}", duration_text(politeness.interval_ms)));
  if (politeness.connections > 0) {
    parts.push_back(politeness.connections == 1
                        ? std::string("one connection at a time")
                        : fmt::format("{} connections at a time", politeness.connections));
  }
  if (!politeness.group.empty()) parts.push_back(fmt::format("shared by all of group {}", politeness.group));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string calendar_text(const CalendarInfo& calendar) {
  constexpr std::array days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  std::vector<std::string_view> on;
  for (std::size_t i = 0; i < days.size(); ++i)
    if ((calendar.weekdays >> i & 1U) != 0) on.emplace_back(days[i]);
  std::string out = calendar.weekdays == 0x1FU ? "Monday to Friday" : fmt::format("{}", fmt::join(on, ", "));
  if (calendar.weekdays == 0x7FU) out = "every day";
  if (!calendar.time_zone.empty()) out += fmt::format(", {}", calendar.time_zone);
  if (!calendar.holidays.empty()) out += fmt::format("; {} holidays", calendar.holidays.size());
  return out;
}

}  // namespace gleaner::host::cli
