#include <fmt/format.h>

#include "host/cli/component_text.hpp"
#include "host/config/sample.hpp"

namespace gleaner::host::cli {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& from) {
  json::array out;
  for (const std::string& each : from)
    out.emplace_back(each);
  return out;
}

json::array axes_json(const ComponentInfo& info) {
  json::array out;
  for (const AxisInfo& axis : info.axes)
    out.emplace_back(json::object{
        {"name", axis.name}, {"doc", axis.doc}, {"lowest", axis.lowest}, {"highest", axis.highest}});
  return out;
}

json::object option_json(const OptionInfo& option) {
  json::object out{{"name", option.name},
                   {"type", to_word(option.type)},
                   {"required", option.required},
                   {"doc", option.doc}};
  if (!option.fallback.empty()) out["default"] = option.fallback;
  if (!option.example.empty()) out["example"] = option.example;
  if (!option.choices.empty()) out["choices"] = texts(option.choices);
  if (option.bounds) {
    out["lowest"] = option.bounds->first;
    out["highest"] = option.bounds->second;
  }
  if (option.deprecated) out["deprecated"] = true;
  return out;
}

json::array needs_json(const ComponentInfo& info) {
  json::array out;
  for (const NeedInfo& need : info.needs) {
    const std::string text = need_text(need);
    out.emplace_back(
        json::object{{"kind", text.substr(0, text.find(' '))}, {"name", need.name}, {"doc", need.doc}});
  }
  return out;
}

}  // namespace

json::object short_json(const ComponentInfo& info) {
  return {{"kind", to_word(info.kind)},
          {"name", info.name},
          {"version", info.version},
          {"summary", info.summary},
          {"plugin", info.plugin_name},
          {"plugin_version", info.plugin_version},
          {"file", info.plugin_file.string()},
          {"axes", axes_json(info)},
          {"capabilities", texts(capability_names(info))}};
}

json::object full_json(const ComponentInfo& info) {
  json::object out = short_json(info);
  out["documentation"] = info.documentation;
  if (!info.homepage.empty()) out["homepage"] = info.homepage;
  json::array options;
  for (const OptionInfo& option : info.options)
    options.emplace_back(option_json(option));
  out["options"] = std::move(options);
  out["needs"] = needs_json(info);
  if (info.politeness) {
    out["politeness"] = json::object{{"group", info.politeness->group},
                                     {"interval_ms", info.politeness->interval_ms},
                                     {"connections", info.politeness->connections}};
  }
  if (info.calendar) {
    out["calendar"] = json::object{{"time_zone", info.calendar->time_zone},
                                   {"weekdays", info.calendar->weekdays},
                                   {"holidays", texts(info.calendar->holidays)}};
  }
  out["sample"] = sample_table(info);
  return out;
}

}  // namespace gleaner::host::cli
