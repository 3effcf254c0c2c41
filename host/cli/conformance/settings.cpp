#include "host/cli/conformance/settings.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "host/config/document.hpp"
#include "host/config/option.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli::conformance {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view run_date = "2025-05-07";

/// A file an example names has to be there. What stands in it goes by its ending; a component that wants
/// something else says so in a sentence.
std::string_view content_for(const fs::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".jsonl" || ending == ".json")
    return "{\"id\":\"2505.00001\",\"title\":\"Pruning experts\",\"abstract\":\"We prune.\","
           "\"authors\":[\"Ada Lovelace\"],\"categories\":[\"cs.LG\"]}\n";
  if (ending == ".xml")
    return "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Papers</title>"
           "<entry><id>https://example.org/1</id><title>Pruning experts</title>"
           "<updated>2025-05-07T00:00:00Z</updated><summary>We prune.</summary></entry></feed>\n";
  return "Papers about pruning mixtures of experts.\n";
}

void write_input(const fs::path& path) {
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  if (fs::exists(path, ignored)) return;
  std::ofstream(path, std::ios::binary) << content_for(path);
}

bool is_written(const ComponentInfo& info, const OptionInfo& option) {
  return info.kind == Kind::output && option.type == OptionType::path && option.name == "path";
}

std::string path_value(const ComponentInfo& info, const OptionInfo& option, std::string text,
                       const fs::path& folder) {
  if (is_written(info, option)) {
    for (const auto& [mark, word] : {std::pair<std::string_view, std::string_view>{"{date}", run_date},
                                     {"{pipeline}", "test"},
                                     {"{from}", run_date},
                                     {"{to}", run_date}}) {
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
        text.replace(at, mark.size(), word);
    }
    return text;  // the fake host makes it absolute and keeps what is written in memory
  }
  if (text.empty() || text == "-" || text.front() == '/') return text;
  const fs::path path = folder / text;
  write_input(path);
  return path.string();
}

kit::OptionValue secret_value(const SecretText& secret) {
  const auto names = secret.names();
  if (!names.empty()) return kit::secret(names.front());
  std::string words;
  for (const auto& part : secret.parts())
    words += part.text;
  return words;
}

kit::OptionValue to_kit(const ComponentInfo& info, const OptionInfo& option, const OptionValue& value,
                        const fs::path& folder) {
  switch (option.type) {
    case OptionType::integer:
      return value.integer;
    case OptionType::number:
      return value.number;
    case OptionType::boolean:
      return value.integer != 0;
    case OptionType::list:
      return value.items;
    case OptionType::map:
      return kit::Map(value.entries.begin(), value.entries.end());
    case OptionType::table:
      return kit::table(value.text);
    case OptionType::secret:
      return secret_value(value.secret);
    case OptionType::path:
      return path_value(info, option, value.text, folder);
    case OptionType::string:
    case OptionType::enumeration:
    case OptionType::duration:
      break;
  }
  return value.text;
}

bool meant(const Given& given, const ComponentInfo& info) {
  return given.component.empty() || given.component == info.name ||
         given.component == fmt::format("{}.{}", to_word(info.kind), info.name);
}

/// "words=[…]": what a person has to write.
std::string wanted(const OptionInfo& option) {
  switch (option.type) {
    case OptionType::list:
      return option.name + "=[…]";
    case OptionType::map:
    case OptionType::table:
      return option.name + "={…}";
    default:
      return option.name + "=VALUE";
  }
}

/// Which declared values besides those of --set go into a candidate.
struct Choice {
  bool start = false;    ///< what a sample pipeline starts with where nothing is required
  bool secrets = false;  ///< every secret
  bool all = false;      ///< every example
};

/// As `gleaner new` has it: the first example without a default. Not a path.
const OptionInfo* start_option(const ComponentInfo& info) {
  const auto& all = info.options;
  if (std::any_of(all.begin(), all.end(), [](const OptionInfo& each) { return each.required; }))
    return nullptr;
  const auto found = std::find_if(all.begin(), all.end(), [](const OptionInfo& each) {
    return !each.example.empty() && each.fallback.empty() && !each.deprecated &&
           each.type != OptionType::path && each.type != OptionType::secret;
  });
  return found == all.end() ? nullptr : &*found;
}

bool takes(const Choice& choice, const ComponentInfo& info, const OptionInfo& option) {
  if (option.required) return true;
  if (option.deprecated) return false;
  if (option.type == OptionType::secret) return choice.secrets;
  if (choice.start && &option == start_option(info)) return true;
  return choice.all && !option.example.empty() && option.type != OptionType::path;
}

kit::Settings candidate(const ComponentInfo& info, const Subject& subject, const kit::Settings& given,
                        const Choice& choice) {
  kit::Settings out = given;
  for (const OptionInfo& option : info.options) {
    const bool set = std::any_of(given.begin(), given.end(),
                                 [&](const kit::Given& each) { return each.name == option.name; });
    // A relative default would lie beside a pipeline file that does not exist.
    const bool read_path = option.type == OptionType::path && !is_written(info, option);
    if (!set && read_path && !option.required && !option.fallback.empty())
      out.push_back({option.name, path_value(info, option, option.fallback, subject.folder)});
    if (set || !takes(choice, info, option)) continue;
    std::string declared = option.example;
    if (declared.empty() && option.type == OptionType::secret)
      declared = "${secret:" + info.name + "_" + option.name + "}";
    std::string problem;  // a wrong example is the business of a test of its own
    if (auto value = read_declared(info, option, declared, subject.folder, problem))
      out.push_back({option.name, std::move(*value)});
  }
  return out;
}

}  // namespace

std::optional<kit::OptionValue> read_value(const ComponentInfo& info, const OptionInfo& option,
                                           const std::string& toml, const fs::path& folder,
                                           std::string& problem) {
  const auto table = parse_value(toml, "value");
  if (!table) {
    problem = fmt::format("{} is not a value as TOML has them", quote(toml));
    return std::nullopt;
  }
  const Document document;
  // No variable is set: a value that needs one could not be the same on two machines.
  const Interpolator interpolator(folder, [](std::string_view) { return std::nullopt; });
  Report report;
  const Reader reader(document, interpolator, {}, report);
  const auto value = read_option(reader, option, *table->get("v"), info.name);
  if (value) return to_kit(info, option, *value, folder);
  problem = report.diagnostics().empty() ? "it cannot be read" : report.diagnostics().front().message;
  return std::nullopt;
}

std::optional<kit::OptionValue> read_declared(const ComponentInfo& info, const OptionInfo& option,
                                              const std::string& declared, const fs::path& folder,
                                              std::string& problem) {
  return read_value(info, option, as_toml(option.type, declared), folder, problem);
}

std::vector<kit::Settings> candidates(const ComponentInfo& info, const Subject& subject,
                                      std::vector<std::string>& missing) {
  kit::Settings given;
  for (const Given& each : subject.given) {
    const OptionInfo* option = meant(each, info) ? info.option(each.option) : nullptr;
    if (option == nullptr) continue;
    std::erase_if(given, [&](const kit::Given& earlier) { return earlier.name == each.option; });
    std::string problem;
    auto value = read_value(info, *option, each.value, subject.folder, problem);
    if (!value) value = read_declared(info, *option, each.value, subject.folder, problem);
    if (!value) throw Skipped(fmt::format("--set {}={}: {}", each.option, each.value, problem));
    given.push_back({each.option, std::move(*value)});
  }
  for (const OptionInfo& option : info.options) {
    const bool set = std::any_of(given.begin(), given.end(),
                                 [&](const kit::Given& each) { return each.name == option.name; });
    if (option.required && option.example.empty() && option.type != OptionType::secret && !set)
      missing.push_back(wanted(option));
  }
  if (!missing.empty()) return {};
  std::vector<kit::Settings> out;
  for (const Choice& choice :
       {Choice{true, true, false}, Choice{true, false, false}, Choice{false, true, false},
        Choice{false, false, false}, Choice{true, true, true}, Choice{true, false, true}})
    out.push_back(candidate(info, subject, given, choice));
  return out;
}

std::vector<std::string> wrong_sets(std::span<const Described> described, std::span<const Given> given) {
  std::vector<std::string> out;
  for (const Given& each : given) {
    bool component_known = false;
    bool option_known = false;
    for (const Described& one : described) {
      if (!meant(each, one.info)) continue;
      component_known = true;
      option_known = option_known || one.info.option(each.option) != nullptr;
    }
    if (!component_known)
      out.push_back(fmt::format("--set: the plugin has no component named {}", quote(each.component)));
    else if (!option_known)
      out.push_back(fmt::format("--set: no component has an option {}", quote(each.option)));
  }
  return out;
}

void set_secrets(const ComponentInfo& info, kit::FakeHost& host) {
  for (const OptionInfo& option : info.options) {
    if (option.type != OptionType::secret) continue;
    host.set_secret(info.name + "_" + option.name, std::string(secret_text));
    constexpr std::string_view open = "${secret:";
    if (option.example.starts_with(open) && option.example.ends_with('}'))
      host.set_secret(option.example.substr(open.size(), option.example.size() - open.size() - 1),
                      std::string(secret_text));
  }
}

}  // namespace gleaner::host::cli::conformance
