#include "host/loader/descriptor.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "host/loader/reader.hpp"
#include "host/loader/tables.hpp"

namespace gleaner::host {
namespace {

constexpr std::uint64_t most_components = 256;
constexpr std::string_view whole_plugin = "its descriptor";

struct CapabilityRule {
  std::uint32_t bit;
  std::string_view name;
  bool stages_only;
  bool outputs_only;
};

constexpr CapabilityRule capability_rules[] = {
    {GLEANER_CONCURRENT, "CONCURRENT", false, false}, {GLEANER_AFTER_SELECT, "AFTER_SELECT", true, false},
    {GLEANER_NAMES_AXES, "NAMES_AXES", true, false},  {GLEANER_HEALTH, "HEALTH", false, false},
    {GLEANER_STREAMS, "STREAMS", false, true},        {GLEANER_WHOLE_DAY, "WHOLE_DAY", true, false},
    {GLEANER_REMOTE, "REMOTE", false, false},         {GLEANER_PAID, "PAID", false, false}};

void check_capabilities(const Reader& reader, const ComponentInfo& info, std::string_view where) {
  std::uint32_t known = 0;
  for (const CapabilityRule& rule : capability_rules) {
    known |= rule.bit;
    if (!info.can(rule.bit)) continue;
    if (rule.stages_only && !is_stage(info.kind)) {
      reader.wrong(where, say("the capability ", rule.name, " is for filters and scorers only"));
    }
    if (rule.outputs_only && info.kind != Kind::output) {
      reader.wrong(where, say("the capability ", rule.name, " is for outputs only"));
    }
  }
  if ((info.capabilities & ~known) != 0) reader.unknown(where, "a capability");
}

void need_function(const Reader& reader, bool present, std::string_view name, std::string_view where) {
  if (!present) reader.wrong(where, say("its function ", name, " is NULL"));
}

void need_health(const Reader& reader, const ComponentInfo& info, bool present, std::string_view where) {
  if (info.can(GLEANER_HEALTH) && !present) {
    reader.wrong(where, "it has the capability HEALTH, but its function health is NULL");
  }
}

void check_output(const Reader& reader, const ComponentInfo& info, const gleaner_output& functions,
                  std::string_view where) {
  const int streaming =
      (functions.begin != nullptr) + (functions.write != nullptr) + (functions.end != nullptr);
  if (info.can(GLEANER_STREAMS)) {
    if (streaming != 3)
      reader.wrong(where, "it has the capability STREAMS, but not all of begin, write and end");
    return;
  }
  if (streaming != 0 && streaming != 3)
    reader.wrong(where, "it has some of begin, write and end; all three or none");
  need_function(reader, functions.deliver != nullptr, "deliver", where);
}

/// The functions a component of this kind cannot do without.
void check_functions(const Reader& reader, const ComponentInfo& info, const gleaner_component& component,
                     std::string_view where) {
  need_function(reader, component.create != nullptr, "create", where);
  need_function(reader, component.destroy != nullptr, "destroy", where);
  if (component.functions == nullptr) reader.wrong(where, "its function table is NULL");
  const std::string table = say(where, ", function table");
  if (info.kind == Kind::source) {
    const auto functions = reader.structure(static_cast<const gleaner_source*>(component.functions), table);
    need_function(reader, functions.fetch != nullptr, "fetch", table);
    need_health(reader, info, functions.health != nullptr, where);
  } else if (info.kind == Kind::output) {
    const auto functions = reader.structure(static_cast<const gleaner_output*>(component.functions), table);
    check_output(reader, info, functions, table);
    need_health(reader, info, functions.health != nullptr, where);
  } else {
    const auto functions = reader.structure(static_cast<const gleaner_stage*>(component.functions), table);
    need_function(reader, functions.judge != nullptr, "judge", table);
    need_health(reader, info, functions.health != nullptr, where);
  }
}

void check_axes(const Reader& reader, const ComponentInfo& info, std::string_view where) {
  if (!info.axes.empty() && !is_stage(info.kind))
    reader.wrong(where, "it has axes; only filters and scorers have them");
  if (!info.can(GLEANER_NAMES_AXES)) return;
  const OptionInfo* axes = info.option("axes");
  if (axes == nullptr || axes->type != OptionType::list) {
    reader.wrong(where, "it has the capability NAMES_AXES, but no option \"axes\" of type list");
  }
}

/// How messages call a component: by its name where that is one.
std::string place_of(const std::string& name, std::uint64_t number) {
  return name.empty() ? say("component ", number) : say("component \"", name, "\"");
}

ComponentInfo read_component(const Reader& reader, const gleaner_component* from, std::uint64_t number) {
  const std::string nameless = place_of({}, number);
  const gleaner_component raw = reader.structure(from, nameless);
  ComponentInfo info;
  info.name = reader.text(raw.name, nameless, "name", Lines::one);
  const std::string where = place_of(info.name, number);
  if (info.name.empty()) reader.wrong(where, "it has no name");
  if (!is_plain_name(info.name)) {
    reader.wrong(where, "its name must be of a-z, 0-9, '-' and '_', a letter or digit first, at most 64");
  }
  if (raw.kind < GLEANER_SOURCE || raw.kind > GLEANER_OUTPUT) {
    reader.wrong(where, say("its kind ", raw.kind, " is unknown (1 to ", GLEANER_OUTPUT, " are known)"));
  }
  info.kind = static_cast<Kind>(raw.kind);
  info.version = reader.text(raw.version, where, "version", Lines::one);
  info.summary = reader.text(raw.summary, where, "summary", Lines::one);
  info.documentation = reader.text(raw.documentation, where, "documentation", Lines::many);
  info.homepage = reader.text(raw.homepage, where, "homepage", Lines::one);
  info.capabilities = raw.capabilities;
  info.batch = raw.batch;
  check_capabilities(reader, info, where);
  check_functions(reader, info, raw, where);
  info.options = read_options(reader, raw, where);
  info.axes = read_axes(reader, raw, where);
  info.needs = read_needs(reader, raw, where);
  info.politeness = read_politeness(reader, raw, where);
  info.calendar = read_calendar(reader, raw, where);
  check_axes(reader, info, where);
  reader.reserved(raw.reserved, where);
  return info;
}

/// Filters and scorers share one space of names.
bool same_space(Kind a, Kind b) {
  return a == b || (is_stage(a) && is_stage(b));
}

void check_unique(const Reader& reader, const std::vector<Described>& components, const ComponentInfo& one) {
  for (const Described& other : components) {
    if (other.info.name != one.name || !same_space(other.info.kind, one.kind)) continue;
    reader.wrong(whole_plugin,
                 other.info.kind == one.kind
                     ? say("it has two ", to_word(one.kind), "s named \"", one.name, "\"")
                     : say("it has a filter and a scorer named \"", one.name, "\", which share one space"));
  }
}

void check_versions(const Reader& reader, const gleaner_plugin& plugin, const gleaner_stamp& stamp) {
  if (plugin.min_host_minor > plugin.abi_minor) {
    reader.wrong(whole_plugin, say("it wants host minor ", plugin.min_host_minor, ", but is made with minor ",
                                   plugin.abi_minor));
  }
  if (plugin.stamp == nullptr) reader.wrong(whole_plugin, "its pointer to the stamp is NULL");
  if (std::memcmp(plugin.stamp, &stamp, sizeof stamp) != 0) {
    reader.wrong(whole_plugin, "it points at another stamp than the one in the file");
  }
  if (plugin.abi_minor != stamp.abi_minor || plugin.min_host_minor != stamp.min_host_minor) {
    reader.wrong(whole_plugin,
                 say("it says minor ", plugin.abi_minor, " and host minor ", plugin.min_host_minor,
                     ", the stamp says ", stamp.abi_minor, " and ", stamp.min_host_minor));
  }
}

std::vector<Described> read_plugin(const gleaner_plugin& from, const gleaner_stamp& stamp,
                                   const std::filesystem::path& file, HostAbi host) {
  // The stamp, already checked, says how to take what is unknown; the descriptor's own word is compared
  // below.
  const Reader reader(host, stamp.min_host_minor);
  const gleaner_plugin plugin = reader.structure(&from, whole_plugin);
  check_versions(reader, plugin, stamp);
  const std::string name = reader.text(plugin.name, whole_plugin, "name", Lines::one);
  const std::string version = reader.text(plugin.version, whole_plugin, "version", Lines::one);
  if (name.empty()) reader.wrong(whole_plugin, "it has no name");
  static_cast<void>(reader.text(plugin.author, whole_plugin, "author", Lines::one));
  static_cast<void>(reader.text(plugin.license, whole_plugin, "license", Lines::one));
  if (plugin.component_count == 0) reader.wrong(whole_plugin, "it has no components");

  std::vector<Described> components;
  for (const gleaner_component* one :
       reader.array(plugin.components, plugin.component_count, plugin.component_stride, most_components,
                    whole_plugin, "components")) {
    ComponentInfo info = read_component(reader, one, components.size() + 1);
    check_unique(reader, components, info);
    info.plugin_name = name;
    info.plugin_version = version;
    info.plugin_file = file;
    components.push_back({std::move(info), one});
  }
  return components;
}

}  // namespace

Checked<std::vector<Described>> describe(const gleaner_plugin& plugin, const gleaner_stamp& stamp,
                                         const std::filesystem::path& file, HostAbi host) {
  try {
    return read_plugin(plugin, stamp, file, host);
  } catch (const DescriptorFault& fault) {
    return Reason{fault.text};
  }
}

}  // namespace gleaner::host
