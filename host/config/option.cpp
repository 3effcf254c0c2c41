#include "host/config/option.hpp"

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

template <typename Value, typename Field>
bool take(std::optional<Value> value, Field& field) {
  if (!value) return false;
  field = std::move(*value);
  return true;
}

bool take_boolean(std::optional<bool> value, std::int64_t& field) {
  if (!value) return false;
  field = *value ? 1 : 0;
  return true;
}

bool take_duration(std::optional<Reader::Duration> duration, OptionValue& out) {
  if (!duration) return false;
  out.text = std::move(duration->written);
  out.integer = duration->value.count();
  return true;
}

bool read_as(const Reader& reader, const OptionInfo& option, const toml::node& node, std::string_view what,
             OptionValue& out) {
  switch (option.type) {
    case OptionType::string:
      return take(reader.text(node, what), out.text);
    case OptionType::integer:
      return take(reader.integer(node, what, option.bounds), out.integer);
    case OptionType::number:
      return take(reader.number(node, what, option.bounds), out.number);
    case OptionType::boolean:
      return take_boolean(reader.boolean(node, what), out.integer);
    case OptionType::enumeration:
      return take(reader.choice(node, what, option.choices), out.text);
    case OptionType::list:
      return take(reader.list(node, what, option.choices, out.inner), out.items);
    case OptionType::map:
      return take(reader.numbers(node, what, option.bounds, out.inner), out.entries);
    case OptionType::duration:
      return take_duration(reader.duration(node, what, option.bounds), out);
    case OptionType::path:
      return take(reader.plain_text(node, what), out.text);
    case OptionType::secret:
      return take(reader.secret(node, what), out.secret);
    case OptionType::table:
      return take(reader.json(node, what, out.inner), out.text);
  }
  return false;
}

/// 2xx: the value itself is wrong; anything else (an unset variable) is about this machine, not about the
/// plugin.
bool about_value(const Diagnostic& diagnostic) {
  return diagnostic.code / 100 == 2;
}

}  // namespace

std::optional<OptionValue> read_option(const Reader& reader, const OptionInfo& option, const toml::node& node,
                                       std::string_view owner) {
  OptionValue out;
  out.name = option.name;
  out.type = option.type;
  out.given = true;
  out.where = reader.place(node.source());
  const std::string what = concat({option.name, " of ", owner});
  if (!read_as(reader, option, node, what, out)) return std::nullopt;
  return out;
}

std::optional<OptionValue> read_default(const Reader& reader, const ComponentInfo& info,
                                        const OptionInfo& option, const Location& use) {
  if (option.fallback.empty()) return std::nullopt;
  Report found;
  std::optional<OptionValue> value;
  const auto table = parse_value(as_toml(option.type, option.fallback), "default");
  if (!table)
    found.add(Code::wrong_type, use,
              concat({option.name, " of ", info.name, " has a default that is not TOML"}));
  else
    value = read_option(reader.elsewhere(use, found), option, *table->get("v"), info.name);
  for (const Diagnostic& each : found.diagnostics()) {
    if (!about_value(each)) {
      reader.report().add(static_cast<Code>(each.code), each.where, each.message);
      continue;
    }
    const std::string plugin = info.plugin_name.empty() ? info.name : info.plugin_name;
    reader.report().add(Code::bad_default, use,
                        concat({"the plugin ", plugin, " declares a wrong default: ", each.message, "; give ",
                                option.name, " a value and tell the plugin's author"}));
  }
  if (value) value->given = false;
  return value;
}

std::string as_toml(OptionType type, std::string_view declared) {
  switch (type) {
    case OptionType::string:
    case OptionType::enumeration:
    case OptionType::duration:
    case OptionType::path:
    case OptionType::secret:
      return toml_string(declared);
    default:
      return std::string(declared);
  }
}

}  // namespace gleaner::host
