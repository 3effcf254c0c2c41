#include "host/cli/scaffold/plan.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "host/cli/scaffold/templates.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli::scaffold {
namespace {

using Words = std::vector<std::pair<std::string_view, std::string>>;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string filled(std::string_view text, const Words& words) {
  std::string out(text);
  for (const auto& [word, value] : words)
    replace_all(out, word, value);
  return out;
}

/// @ABOUT@ is the first, since its text holds other words.
Words words_of(const NewPlugin& plugin) {
  const std::string file = file_word(plugin.name, plugin.kind, plugin.language);
  return {{"@ABOUT@", std::string(template_text("shared/about_" + plugin.kind + ".md"))},
          {"@PAPERS@", plugin.kind == "source" ? "papers.txt" : "papers.jsonl"},
          {"@KIND@", plugin.kind},
          {"@NAME@", plugin.name},
          {"@FILE@", file},
          {"@CLASS@", type_word(file)}};
}

std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

std::string_view template_text(std::string_view path) {
  const auto all = all_templates();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Template& one) { return one.path == path; });
  if (found == all.end()) throw std::logic_error(concat({"There is no template ", path, "."}));
  return found->text;
}

Plan plan_of(const NewPlugin& plugin) {
  const std::string& language = language_words().at(static_cast<std::size_t>(plugin.language));
  const Words words = words_of(plugin);
  Plan out;
  const std::string list = filled(template_text(language + "/files.txt"), words);
  for (int number = 1; auto line = line_of(list, number); ++number) {
    if (line->empty() || line->starts_with('#')) continue;
    if (line->starts_with("$ ")) {
      out.next.emplace_back(line->substr(2));
      continue;
    }
    const std::string_view path = take_word(*line);
    const std::string_view text = template_text(take_word(*line));
    out.files.push_back({std::string(path), filled(text, words), text.starts_with("#!")});
  }
  return out;
}

}  // namespace gleaner::host::cli::scaffold
