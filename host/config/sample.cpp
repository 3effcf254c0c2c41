#include "host/config/sample.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "host/config/installed.hpp"
#include "host/config/option.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t comment_width = 100;

std::string comment(std::string_view text) {
  std::string out;
  std::string line = "#";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (line.size() + 1 + word.size() > comment_width && line != "#") {
      out += line + "\n";
      line.assign(1, '#');
    }
    line += concat({" ", word});
  }
  return line == "#" ? out : out + line + "\n";
}

std::string secret_name(const ComponentInfo& info, const OptionInfo& option) {
  for (const NeedInfo& need : info.needs)
    if (need.kind == GLEANER_NEEDS_SECRET) return need.name;
  std::string out = concat({info.name, "_", option.name});
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '-') c = '_';
  }
  return out;
}

std::string bounded_number(const OptionInfo& option) {
  return option.bounds && (option.bounds->first > 1 || option.bounds->second < 1)
             ? number_text(option.bounds->first)
             : "1";
}

/// A value of the right type for an option that declares neither example nor default.
std::string placeholder(const ComponentInfo& info, const OptionInfo& option) {
  std::string word = toml_string(option.choices.empty() ? option.name : option.choices.front());
  switch (option.type) {
    case OptionType::integer:
    case OptionType::number:
      return bounded_number(option);
    case OptionType::boolean:
      return "true";
    case OptionType::list:
      return concat({"[", word, "]"});
    case OptionType::map:
      return concat({"{ example = ", bounded_number(option), " }"});
    case OptionType::duration:
      return option.bounds ? toml_string(concat({number_text(option.bounds->first), "ms"})) : "\"30s\"";
    case OptionType::secret:
      return toml_string(concat({"${secret:", secret_name(info, option), "}"}));
    case OptionType::table:
      return "{}";
    default:
      return word;
  }
}

std::string sample_value(const ComponentInfo& info, const OptionInfo& option) {
  const std::string& declared = option.example.empty() ? option.fallback : option.example;
  return declared.empty() ? placeholder(info, option) : as_toml(option.type, declared);
}

/// A value of several lines, all of them commented out.
std::string commented_out(std::string_view line) {
  std::string out = "# ";
  for (const char c : line) {
    out += c;
    if (c == '\n') out += "# ";
  }
  return out;
}

std::string doc_lines(const OptionInfo& option) {
  std::string doc = option.doc;
  if (!option.choices.empty()) doc += concat({doc.empty() ? "" : " ", "(", quote_all(option.choices), ")"});
  return comment(doc);
}

std::string assignment(const ComponentInfo& info, const OptionInfo& option) {
  return concat({option.name, " = ", sample_value(info, option)});
}

/// What a component that requires nothing starts with, or NULL: its first example without a default. Such a
/// component often needs one of several options, and no flag says so. Not a path, since that file would have
/// to be there.
const OptionInfo* first_example(const ComponentInfo& info) {
  const auto& all = info.options;
  if (std::any_of(all.begin(), all.end(), [](const OptionInfo& each) { return each.required; }))
    return nullptr;
  const auto found = std::find_if(all.begin(), all.end(), [](const OptionInfo& each) {
    return !each.example.empty() && each.fallback.empty() && !each.deprecated &&
           each.type != OptionType::path;
  });
  return found == all.end() ? nullptr : &*found;
}

/// "out/{date}.md" → "out/{date}-2.md"
std::string numbered(const std::string& path, std::size_t number) {
  const std::size_t name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
  const std::size_t dot = path.rfind('.');
  const std::size_t end = dot == std::string::npos || dot <= name ? path.size() : dot;
  return concat({path.substr(0, end), "-", std::to_string(number), path.substr(end)});
}

/// Outputs whose path would be that of one before get a numbered file.
class Paths {
 public:
  [[nodiscard]] ComponentInfo with_own_path(ComponentInfo info) {
    for (OptionInfo& option : info.options) {
      const bool written =
          info.kind == Kind::output && option.type == OptionType::path && option.name == "path";
      if (!written) continue;
      std::string& path = option.example.empty() ? option.fallback : option.example;
      if (path.empty()) path = option.name;
      const std::string wanted = path;
      for (std::size_t number = 2; !taken_.insert(path).second; ++number)
        path = numbered(wanted, number);
    }
    return info;
  }

 private:
  std::set<std::string> taken_;
};

/// The section a word of `gleaner new` means, given that of the word before it.
const ComponentInfo* find_component(const Installed& installed, std::string_view word, Section from) {
  constexpr std::array all{Section::source, Section::stage, Section::output};
  for (const Section section : all) {
    const std::string prefix = concat({to_word(section), "."});
    if (word.starts_with(prefix)) return installed.find(section, word.substr(prefix.size()));
  }
  for (const Section section : all)
    if (section >= from)
      if (const ComponentInfo* found = installed.find(section, word)) return found;
  return installed.find(word);
}

std::string select_table(std::span<const ComponentInfo* const> chosen) {
  std::vector<std::string> axes;
  for (const ComponentInfo* info : chosen)
    for (const AxisInfo& axis : info->axes) {
      const bool usable = is_stage(info->kind) && !info->can(GLEANER_AFTER_SELECT);
      if (usable && std::find(axes.begin(), axes.end(), axis.name) == axes.end()) axes.push_back(axis.name);
    }
  std::string out = "[select]\n";
  if (!axes.empty())
    out += concat({"# The least score that is selected\n# min = { ", axes.front(), " = 7 }\n"});
  if (!axes.empty()) out += "order = [\"total\"]   # descending; total is the sum of the axes\n";
  return out + "limit = 60           # papers at most\n\n";
}

}  // namespace

std::string sample_table(const ComponentInfo& info) {
  std::string out = concat({comment(info.summary), "[[", to_word(section_of(info.kind)),
                            "]]\nuse = ", toml_string(info.name), "\n"});
  for (const OptionInfo& option : info.options)
    if (option.required) out += concat({doc_lines(option), assignment(info, option), "\n"});
  const OptionInfo* start = first_example(info);
  for (const OptionInfo& option : info.options) {
    if (option.required || option.deprecated) continue;
    const std::string line = assignment(info, option);
    out += concat({doc_lines(option), &option == start ? line : commented_out(line), "\n"});
  }
  return out + "\n";
}

Sample sample_pipeline(std::span<const std::string> names, std::span<const ComponentInfo* const> components) {
  const Installed installed(components);
  Sample out;
  std::vector<const ComponentInfo*> chosen;
  Section from = Section::source;
  for (const std::string& name : names) {
    const ComponentInfo* info = find_component(installed, name, from);
    if (info == nullptr) {
      std::vector<std::string> known;
      for (const ComponentInfo* each : components)
        known.push_back(each->name);
      out.problems.push_back(concat({"no component is named ", quote(name), did_you_mean(name, known)}));
      continue;
    }
    from = std::max(from, section_of(info->kind));
    chosen.push_back(info);
  }
  const auto missing = [&chosen](Section section) {
    return std::none_of(chosen.begin(), chosen.end(),
                        [section](const ComponentInfo* info) { return section_of(info->kind) == section; });
  };
  for (const Section section : {Section::source, Section::output})
    if (missing(section))
      out.problems.push_back(concat({"a pipeline needs at least one ", to_word(section)}));
  out.text =
      "# A Gleaner pipeline. Take the '#' from an option to use it; the values are defaults or examples.\n"
      "title   = \"Personalized Daily Papers\"\n"
      "contact = \"you@example.org\"   # goes into the User-Agent of polite sources\n\n";
  Paths paths;
  for (const Section section : {Section::source, Section::stage, Section::output}) {
    if (section == Section::output) out.text += select_table(chosen);
    for (const ComponentInfo* info : chosen)
      if (section_of(info->kind) == section) out.text += sample_table(paths.with_own_path(*info));
  }
  while (out.text.ends_with("\n\n"))
    out.text.pop_back();
  return out;
}

}  // namespace gleaner::host
