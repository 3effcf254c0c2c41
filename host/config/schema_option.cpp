#include "host/config/schema_option.hpp"

#include <cmath>

#include "host/config/document.hpp"
#include "host/config/option.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

json::object reference() {
  return {{"type", "string"}, {"pattern", "\\$\\{(env|file):"}};
}

/// A value, or a string whose reference becomes one.
json::object or_reference(std::string_view doc, json::object value) {
  json::object out;
  if (!doc.empty()) out["description"] = doc;
  out["anyOf"] = json::array{std::move(value), reference()};
  return out;
}

json::value whole_or_real(double number) {
  if (std::floor(number) == number && std::fabs(number) < 1e15) return static_cast<std::int64_t>(number);
  return number;
}

void bound(const OptionInfo& option, json::object& schema) {
  if (!option.bounds) return;
  if (std::isfinite(option.bounds->first)) schema["minimum"] = whole_or_real(option.bounds->first);
  if (std::isfinite(option.bounds->second)) schema["maximum"] = whole_or_real(option.bounds->second);
}

json::array words_of(const OptionInfo& option) {
  json::array out;
  for (const std::string& choice : option.choices)
    out.emplace_back(choice);
  return out;
}

json::object typed(const OptionInfo& option) {
  json::object value;
  switch (option.type) {
    case OptionType::string:
    case OptionType::path:
    case OptionType::secret:
      return string_schema(option.doc);
    case OptionType::duration:
      return duration_schema(option.doc);
    case OptionType::enumeration:
      return words_schema(option.doc, words_of(option));
    case OptionType::table:
      return {{"type", "object"}, {"description", option.doc}};
    case OptionType::integer:
    case OptionType::number:
      value["type"] = option.type == OptionType::integer ? "integer" : "number";
      bound(option, value);
      return or_reference(option.doc, std::move(value));
    case OptionType::boolean:
      return or_reference(option.doc, {{"type", "boolean"}});
    case OptionType::list:
      value = {{"type", "array"}, {"description", option.doc}};
      value["items"] = option.choices.empty() ? string_schema("") : words_schema("", words_of(option));
      return value;
    case OptionType::map: {
      json::object number{{"type", "number"}};
      bound(option, number);
      return {{"type", "object"},
              {"description", option.doc},
              {"additionalProperties", or_reference("", std::move(number))}};
    }
  }
  return value;
}

json::value to_json_value(const toml::node& node) {
  if (const auto* text = node.as_string()) return json::string(text->get());
  if (const auto* integer = node.as_integer()) return integer->get();
  if (const auto* real = node.as_floating_point())
    return std::isfinite(real->get()) ? json::value(real->get()) : nullptr;
  if (const auto* boolean = node.as_boolean()) return boolean->get();
  if (const auto* array = node.as_array()) {
    json::array out;
    for (const toml::node& item : *array)
      out.push_back(to_json_value(item));
    return out;
  }
  json::object out;
  if (const auto* table = node.as_table())
    for (const auto& [key, value] : *table)
      out[key.str()] = to_json_value(value);
  return out;
}

}  // namespace

json::object option_schema(const OptionInfo& option) {
  json::object out = typed(option);
  if (option.deprecated) out["deprecated"] = true;
  const auto declared = [&option](const std::string& text) -> json::value {
    const auto table = text.empty() ? std::nullopt : parse_value(as_toml(option.type, text), "default");
    return table ? to_json_value(*table->get("v")) : json::value(nullptr);
  };
  const json::value fallback = declared(option.fallback);
  const json::value example = declared(option.example);
  if (!fallback.is_null()) out["default"] = fallback;
  if (!example.is_null()) out["examples"] = json::array{example};
  return out;
}

json::object string_schema(std::string_view doc) {
  json::object out{{"type", "string"}};
  if (!doc.empty()) out["description"] = doc;
  return out;
}

json::object duration_schema(std::string_view doc) {
  json::object out = string_schema(doc);
  out["pattern"] = "^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d)$|\\$\\{";
  return out;
}

json::object words_schema(std::string_view doc, const json::array& words) {
  return or_reference(doc, {{"enum", words}});
}

json::object number_schema(std::string_view doc, std::string_view type, double lowest) {
  return or_reference(doc, {{"type", type}, {"minimum", whole_or_real(lowest)}});
}

json::object strings_schema(std::string_view doc) {
  return {{"type", "array"}, {"description", doc}, {"items", string_schema("")}};
}

json::object numbers_schema(std::string_view doc) {
  return {{"type", "object"},
          {"description", doc},
          {"additionalProperties", json::object{{"type", json::array{"number", "string", "object"}}}}};
}

}  // namespace gleaner::host
