#include "host/config/schema.hpp"

#include "host/config/installed.hpp"
#include "host/config/json_text.hpp"
#include "host/config/reserved.hpp"
#include "host/config/schema_option.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

json::object isolation_schema() {
  json::object deadline = duration_schema("The time a call may take, without what the host does in it");
  deadline["default"] = "60s";
  json::object memory = string_schema("Memory beyond what the process starts with, 512MiB or 1GiB");
  memory["pattern"] = "^[0-9]+ ?(KiB|MiB|GiB)$|\\$\\{";
  memory["default"] = "1GiB";
  json::object files = number_schema("Files open at once", "integer", 16);
  files["default"] = 64;
  json::object table{
      {"type", "object"},
      {"properties",
       {{"deadline", std::move(deadline)}, {"memory", std::move(memory)}, {"files", std::move(files)}}},
      {"additionalProperties", false}};
  return {{"description", "Run it in a process of its own"},
          {"anyOf", json::array{words_schema("", {"process"}), std::move(table)}}};
}

json::object reserved_schema(Section section, std::string_view key) {
  if (key == "name") {
    json::object name = string_schema("What it is called here; the default is `use`, a repeat use-2");
    name["pattern"] = "^[A-Za-z0-9_-]+$|\\$\\{";
    return name;
  }
  if (key == "when") {
    json::object when = string_schema("When it is written: always, selected, incomplete or weekday:mon,thu");
    when["pattern"] =
        "^(always|selected|incomplete|weekday: *(mon|tue|wed|thu|fri|sat|sun)(, "
        "*(mon|tue|wed|thu|fri|sat|sun))*)$|\\$\\{";
    when["default"] = "always";
    return when;
  }
  if (key == "on_error") {
    json::array words;
    for (const std::string& word : on_error_words(section))
      words.emplace_back(word);
    json::object out = words_schema("What a failure of it means for the run", words);
    out["default"] = section == Section::stage ? "keep" : "skip";
    return out;
  }
  if (key == "timeout") return duration_schema("The time it may take");
  if (key == "retry") return number_schema("Tries after the first, 0 to 100", "integer", 0);
  if (key == "isolate") return isolation_schema();
  if (key == "limit") return number_schema("Papers at most", "integer", 1);
  if (key == "top") return number_schema("Only the best so many papers", "integer", 1);
  json::array words;
  for (const std::string& word : section_words())
    words.emplace_back(word);
  return {{"type", "array"},
          {"items", {{"enum", std::move(words)}}},
          {"description", "What of the digest it gets; without it, everything"}};
}

json::object component_schema(const ComponentInfo& info) {
  const Section section = section_of(info.kind);
  json::object properties{{"use", {{"const", info.name}}}};
  json::array required{"use"};
  for (const OptionInfo& option : info.options) {
    properties[option.name] = option_schema(option);
    if (option.required) required.emplace_back(option.name);
  }
  for (const std::string& key : reserved_keys(section))
    if (key != "use") properties[key] = reserved_schema(section, key);
  return {{"type", "object"},
          {"title", info.name},
          {"description", info.summary},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

std::string definition_name(const ComponentInfo& info) {
  return concat({to_word(section_of(info.kind)), ".", info.name});
}

json::object pointer_to(std::string_view definition) {
  return {{"$ref", concat({"#/$defs/", definition})}};
}

/// `use` chooses the definition that the rest of the table must fit.
json::object section_schema(std::span<const ComponentInfo* const> components, Section section) {
  json::array names;
  json::array choices;
  for (const ComponentInfo* info : components) {
    if (section_of(info->kind) != section) continue;
    names.emplace_back(info->name);
    json::object chosen{{"properties", {{"use", {{"const", info->name}}}}}, {"required", json::array{"use"}}};
    choices.push_back({{"if", std::move(chosen)}, {"then", pointer_to(definition_name(*info))}});
  }
  json::object out{{"type", "object"}, {"required", json::array{"use"}}};
  out["properties"] = {
      {"use", {{"description", concat({"Which ", to_word(section)})}, {"enum", std::move(names)}}}};
  if (!choices.empty()) out["allOf"] = std::move(choices);
  return out;
}

json::object table_schema(json::object properties) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

json::object select_schema() {
  return table_schema({{"min", numbers_schema("The least score by axis that is selected")},
                       {"order", strings_schema("Axes to sort by, descending; total is the sum")},
                       {"limit", number_schema("Papers at most", "integer", 1)},
                       {"weights", numbers_schema("What each axis counts in the total")}});
}

json::object run_schema() {
  json::object catch_up = number_schema("Days back that missed digests are made up for", "integer", 0);
  catch_up["default"] = 7;
  json::object replacements =
      words_schema("What a new version of a known paper is", {"ignore", "tracked", "all"});
  replacements["default"] = "ignore";
  json::object seen{{"type", json::array{"boolean", "string"}},
                    {"description", "Pass over papers that were judged under another date"},
                    {"default", true}};
  return table_schema(
      {{"catch_up", catch_up},
       {"replacements", replacements},
       {"seen", seen},
       {"holidays", strings_schema("Days (2026-11-26) without an announcement, besides the sources' own")}});
}

json::object budget_schema() {
  return table_schema(
      {{"usd", number_schema("Dollars at most, a run", "number", 0)},
       {"tokens", number_schema("Tokens at most, a run", "integer", 0)},
       {"minutes", number_schema("Minutes at most, a run", "number", 0)},
       {"fallback", string_schema("The stage that ranks what is left when the budget is spent")}});
}

json::object secrets_schema() {
  return table_schema({{"file", string_schema("A file of secrets, mode 600")},
                       {"command", strings_schema("A program that prints the secret {name}")}});
}

json::object components_array(Section section) {
  const bool needed = section != Section::stage;
  json::object out{{"type", "array"}, {"items", pointer_to(to_word(section))}};
  if (needed) out["minItems"] = 1;
  return out;
}

}  // namespace

std::string pipeline_schema(std::span<const ComponentInfo* const> components) {
  json::object definitions;
  for (const Section section : {Section::source, Section::stage, Section::output})
    definitions[to_word(section)] = section_schema(components, section);
  for (const ComponentInfo* info : components)
    definitions[definition_name(*info)] = component_schema(*info);
  json::object properties{{"name", string_schema("The pipeline's name; the default is the file's stem")},
                          {"title", string_schema("The heading of the digest")},
                          {"contact", string_schema("Your address, for the User-Agent of polite sources")},
                          {"state", string_schema("Where to remember what was seen; \"none\" keeps nothing")},
                          {"source", components_array(Section::source)},
                          {"stage", components_array(Section::stage)},
                          {"output", components_array(Section::output)},
                          {"select", select_schema()},
                          {"run", run_schema()},
                          {"budget", budget_schema()},
                          {"secrets", secrets_schema()}};
  const json::object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                            {"title", "Gleaner pipeline"},
                            {"type", "object"},
                            {"properties", std::move(properties)},
                            {"required", json::array{"source", "output"}},
                            {"additionalProperties", false},
                            {"$defs", std::move(definitions)}};
  return indented_json(schema);
}

}  // namespace gleaner::host
