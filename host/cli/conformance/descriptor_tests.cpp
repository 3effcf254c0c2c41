// The descriptor: what the plugin says of itself, read without calling it.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/cli/conformance/settings.hpp"
#include "host/cli/conformance/trial.hpp"
#include "host/config/text.hpp"
#include "host/loader/library.hpp"
#include "host/loader/sized.hpp"

namespace gleaner::host::cli::conformance {
namespace {

constexpr std::size_t longest_summary = 100;

std::string owner(const ComponentInfo& info) {
  return fmt::format("{} \"{}\"", to_word(info.kind), info.name);
}

void is_accepted(Trial& trial) {
  const auto stamp = read_stamp(trial.file());
  if (!stamp) throw Skipped(stamp.reason());
  trial.doing("opening the library");
  const auto opened = open_library(trial.file());
  if (!opened) throw Skipped(opened.reason());
  trial.doing("reading its descriptor");
  const auto described = describe(**opened, *stamp, trial.file());
  if (!described) throw Broken(described.reason());
}

/// "1", "1.2", "1.2.0", "1.2.0-rc.1"
bool is_version(std::string_view version) {
  const std::string_view numbers = version.substr(0, version.find_first_of("-+"));
  std::size_t dots = 0;
  bool digit = false;
  for (const char c : numbers) {
    if (c == '.') {
      if (!digit) return false;
      digit = false;
      ++dots;
    } else if (c >= '0' && c <= '9') {
      digit = true;
    } else {
      return false;
    }
  }
  return digit && dots <= 3;
}

void check_version(std::string_view version, const std::string& of) {
  if (!is_version(version))
    throw Broken(fmt::format("the version of {} is {}, not numbers like \"1.2.0\"", of, quote(version)));
}

void says_its_version(Trial& trial) {
  const auto plugin = sized_copy(&trial.plugin());
  check_version(view(plugin.version), "the plugin");
  for (const Described& one : trial.described())
    check_version(one.info.version, owner(one.info));
}

void sums_itself_up(Trial& trial) {
  const std::string& summary = trial.info().summary;
  if (summary.empty()) throw Broken("it has no summary");
  if (count_code_points(summary) > longest_summary)
    throw Broken(fmt::format("its summary has {} characters; a line of a list has room for {}",
                             count_code_points(summary), longest_summary));
  if (summary.ends_with('.')) throw Broken("its summary ends with a full stop; in a list it is a phrase");
  if (has_control(summary)) throw Broken("its summary holds a control character");
}

void documentation_is_markdown(Trial& trial) {
  const std::string& text = trial.info().documentation;
  std::size_t fences = 0;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    if (line.starts_with("```")) ++fences;
    if (has_control(line.substr(0, line.find('\t'))))
      throw Broken(fmt::format("line {} of its documentation holds a control character", number + 1));
    if (fences % 2 == 0 && line.starts_with("# "))
      throw Broken(
          fmt::format("line {} of its documentation is a heading of the first level, which is the "
                      "component's name; begin with ##",
                      number + 1));
  }
  if (fences % 2 != 0) throw Broken("a block of code (```) in its documentation is not closed");
}

void options_explain_themselves(Trial& trial) {
  for (const OptionInfo& option : trial.info().options) {
    if (option.doc.empty()) throw Broken(fmt::format("the option {} has no doc", quote(option.name)));
    if (has_control(option.doc))
      throw Broken(fmt::format("the doc of the option {} holds a line end or a control character",
                               quote(option.name)));
    if (option.bounds && !std::isfinite(option.bounds->first) && !std::isfinite(option.bounds->second))
      throw Broken(fmt::format("the option {} is bounded by nothing", quote(option.name)));
  }
}

void check_declared(Trial& trial, std::string OptionInfo::*text, const char* what) {
  for (const OptionInfo& option : trial.info().options) {
    if ((option.*text).empty()) continue;
    std::string problem;
    if (!read_declared(trial.info(), option, option.*text, trial.subject().folder, problem))
      throw Broken(
          fmt::format("the {} of {} is {}: {}", what, quote(option.name), quote(option.*text), problem));
  }
}

void defaults_are_values(Trial& trial) {
  check_declared(trial, &OptionInfo::fallback, "default");
}

void examples_are_values(Trial& trial) {
  check_declared(trial, &OptionInfo::example, "example");
}

void examples_hold_no_secret(Trial& trial) {
  for (const OptionInfo& option : trial.info().options) {
    if (option.type != OptionType::secret) continue;
    for (const std::string* text : {&option.fallback, &option.example})
      if (!text->empty() && !text->starts_with("${"))
        throw Broken(
            fmt::format("the secret option {} shows a text instead of a reference; write ${{secret:NAME}}",
                        quote(option.name)));
  }
}

bool needs(const ComponentInfo& info, std::uint32_t kind) {
  return std::any_of(info.needs.begin(), info.needs.end(),
                     [&](const NeedInfo& need) { return need.kind == kind && !need.name.empty(); });
}

/// Whether the reader names the server, as in `url` or `base_url`.
bool takes_an_address(const ComponentInfo& info) {
  return std::any_of(info.options.begin(), info.options.end(), [](const OptionInfo& option) {
    return option.name == "url" || option.name.ends_with("_url") || option.name == "urls" ||
           option.name == "server" || option.name == "host";
  });
}

void needs_are_declared(Trial& trial) {
  const ComponentInfo& info = trial.info();
  if (info.can(GLEANER_REMOTE) && !needs(info, GLEANER_NEEDS_HOST) && !takes_an_address(info))
    throw Broken("it is REMOTE, but declares no host it needs and no option that names one");
  const bool takes_secret =
      std::any_of(info.options.begin(), info.options.end(), [](const OptionInfo& option) {
        return option.type == OptionType::secret && option.example.starts_with("${secret:");
      });
  // A component that asks nobody hands the reader's own secret on: no name of it is known.
  const bool asks = info.can(GLEANER_REMOTE) || needs(info, GLEANER_NEEDS_HOST);
  if (asks && takes_secret && !needs(info, GLEANER_NEEDS_SECRET))
    throw Broken("it has an option of type secret, but declares no secret it needs");
  for (const NeedInfo& need : info.needs) {
    if (need.doc.empty())
      throw Broken(fmt::format("it needs {}, but does not say what for", quote(need.name)));
    if (need.kind == GLEANER_NEEDS_HOST && need.name.find("://") != std::string::npos)
      throw Broken(
          fmt::format("it needs the host {}, which is a URL; name the host alone", quote(need.name)));
  }
}

void politeness_is_declared(Trial& trial) {
  trial.only_with(GLEANER_REMOTE);
  const auto& politeness = trial.info().politeness;
  if (!politeness || politeness->group.empty())
    throw Broken(
        "it is REMOTE, but declares no politeness: which limits it shares with others who ask there");
}

const void* health_of(Trial& trial) {
  const gleaner_component component = sized_copy(&trial.descriptor());
  if (trial.info().kind == Kind::source)
    return reinterpret_cast<const void*>(
        sized_copy(static_cast<const gleaner_source*>(component.functions)).health);
  if (trial.info().kind == Kind::output)
    return reinterpret_cast<const void*>(
        sized_copy(static_cast<const gleaner_output*>(component.functions)).health);
  return reinterpret_cast<const void*>(
      sized_copy(static_cast<const gleaner_stage*>(component.functions)).health);
}

void capabilities_fit_functions(Trial& trial) {
  const ComponentInfo& info = trial.info();
  if (!info.can(GLEANER_HEALTH) && health_of(trial) != nullptr)
    throw Broken("it has a function health, but not the capability HEALTH: it will never be called");
  if (info.can(GLEANER_PAID) && !info.can(GLEANER_REMOTE))
    throw Broken("it is PAID, but not REMOTE: whom does it pay?");
  if (info.can(GLEANER_PAID) && !is_stage(info.kind)) throw Broken("it is PAID, which only stages can be");
  if (info.can(GLEANER_WHOLE_DAY) && info.batch != 0)
    throw Broken(fmt::format("it wants the whole day in one batch, and batches of {}", info.batch));
}

void axes_have_ranges(Trial& trial) {
  const ComponentInfo& info = trial.info();
  if (info.kind == Kind::scorer && info.axes.empty() && !info.can(GLEANER_NAMES_AXES))
    throw Broken("it is a scorer without an axis to score on");
  for (const AxisInfo& axis : info.axes) {
    if (axis.doc.empty()) throw Broken(fmt::format("the axis {} has no doc", quote(axis.name)));
    if (!std::isfinite(axis.lowest) || !std::isfinite(axis.highest) || axis.lowest >= axis.highest)
      throw Broken(
          fmt::format("the axis {} goes from {} to {}", quote(axis.name), axis.lowest, axis.highest));
  }
}

void calendar_has_days(Trial& trial) {
  if (!trial.info().calendar) throw Absent{};
  const CalendarInfo& calendar = *trial.info().calendar;
  if (calendar.weekdays == 0) throw Broken("its calendar has no day of the week with an announcement");
  for (const std::string& day : calendar.holidays)
    if (!kit::is_date(day))
      throw Broken(fmt::format("its calendar has the holiday {}, which is no date", quote(day)));
}

constexpr Test descriptor_table[] = {
    {"descriptor.is_accepted", "What it says of itself is complete and well formed: the host takes it.",
     file_itself, is_accepted},
    {"descriptor.says_its_version", "The plugin and its components have versions of numbers, like 1.2.0.",
     file_itself, says_its_version},
    {"descriptor.sums_itself_up", "Each component sums itself up in a phrase a list has room for.",
     components, sums_itself_up},
    {"descriptor.documentation_is_markdown", "Its documentation is Markdown that stands in a page of others.",
     components, documentation_is_markdown},
    {"descriptor.options_explain_themselves", "Every option says in a sentence what it does.", components,
     options_explain_themselves},
    {"descriptor.defaults_are_values", "Every default passes the checks a given value passes.", components,
     defaults_are_values},
    {"descriptor.examples_are_values", "Every example passes the checks a given value passes.", components,
     examples_are_values},
    {"descriptor.examples_hold_no_secret", "Examples of secrets are references, never texts.", components,
     examples_hold_no_secret},
    {"descriptor.needs_are_declared",
     "Servers and secrets it needs are declared, for `gleaner describe` to show.", components,
     needs_are_declared},
    {"descriptor.politeness_is_declared", "A component that asks servers says how they want to be asked.",
     components, politeness_is_declared},
    {"descriptor.capabilities_fit_functions", "What it says it can do and the functions it has agree.",
     components, capabilities_fit_functions},
    {"descriptor.axes_have_ranges", "A scorer has axes, each with a doc and a range.", stages,
     axes_have_ranges},
    {"descriptor.calendar_has_days", "A calendar has days with announcements, and holidays that are dates.",
     sources, calendar_has_days}};

}  // namespace

std::span<const Test> descriptor_tests() {
  return descriptor_table;
}

}  // namespace gleaner::host::cli::conformance
