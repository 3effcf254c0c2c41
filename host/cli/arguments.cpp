#include "host/cli/arguments.hpp"

#include <algorithm>

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include "host/cli/usage.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli {
namespace {

namespace po = boost::program_options;

po::options_description described(std::span<const OptionSpec> specs) {
  po::options_description out;
  for (const OptionSpec& spec : specs) {
    std::string names(spec.name);
    if (spec.letter != '\0') names += fmt::format(",{}", spec.letter);
    if (spec.value.empty()) {
      out.add_options()(names.c_str(), "");
    } else {
      out.add_options()(names.c_str(), po::value<std::string>(), "");
    }
  }
  return out;
}

const OptionSpec* find(std::span<const OptionSpec> specs, std::string_view name) {
  const auto found =
      std::find_if(specs.begin(), specs.end(), [name](const OptionSpec& spec) { return spec.name == name; });
  return found == specs.end() ? nullptr : &*found;
}

std::string without_dashes(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  return std::string(word.substr(0, word.find('=')));
}

std::string unknown_option(std::span<const OptionSpec> specs, const std::string& word) {
  std::vector<std::string> known;
  for (const OptionSpec& spec : specs)
    known.emplace_back(spec.name);
  const auto meant = nearest(without_dashes(word), known);
  const std::string hint = meant ? fmt::format("; did you mean \"--{}\"?", *meant) : "";
  return fmt::format("unknown option {}{}", quote(word.substr(0, word.find('='))), hint);
}

/// Boost's own messages speak of tokens and arguments of options; ours say which value is missing.
std::string syntax_message(std::span<const OptionSpec> specs, const po::invalid_command_line_syntax& error) {
  const std::string name = without_dashes(error.get_option_name());
  const OptionSpec* spec = find(specs, name);
  const std::string shown = fmt::format("--{}", name);
  if (error.kind() == po::invalid_syntax::extra_parameter) return fmt::format("{} takes no value", shown);
  const std::string value = spec == nullptr || spec->value.empty() ? "a value" : std::string(spec->value);
  return fmt::format("{} wants {} after it", shown, value);
}

po::parsed_options parse_words(std::span<const OptionSpec> specs, std::span<const std::string> words) {
  namespace style = po::command_line_style;
  const po::options_description description = described(specs);
  const int exact =
      style::unix_style ^ style::allow_guessing;  // --dat must not become --date behind somebody's back
  try {
    return po::command_line_parser(std::vector<std::string>(words.begin(), words.end()))
        .options(description)
        .style(exact)
        .run();
  } catch (const po::unknown_option& error) {
    throw UsageError(unknown_option(specs, error.get_option_name()));
  } catch (const po::invalid_command_line_syntax& error) {
    throw UsageError(syntax_message(specs, error));
  }
}

/// `--out --json`: the folder was forgotten, and is not meant to be called --json (which is said as
/// --out=--json).
bool is_option_in_place_of_value(std::span<const OptionSpec> specs, const po::option& option) {
  const bool apart = option.original_tokens.size() == 2;
  return apart && option.value.size() == 1 && option.value.front().starts_with("--") &&
         find(specs, without_dashes(option.value.front())) != nullptr;
}

void check_operands(const Operands& wanted, const std::vector<std::string>& operands) {
  if (operands.size() < wanted.names.size() && !(wanted.optional && operands.empty())) {
    throw UsageError(fmt::format("{} is missing", wanted.names[operands.size()]));
  }
  if (operands.size() > wanted.names.size() && !wanted.more) {
    throw UsageError(fmt::format("{} is one word too many", quote(operands[wanted.names.size()])));
  }
}

}  // namespace

Arguments Arguments::parse(const Verb& verb, std::span<const std::string> words) {
  const std::vector<OptionSpec> specs = options_of(verb);
  Arguments out;
  const po::parsed_options parsed = parse_words(specs, words);  // holds what the loop goes over
  for (const auto& option : parsed.options) {
    if (option.string_key.empty()) {
      out.operands_.insert(out.operands_.end(), option.value.begin(), option.value.end());
      continue;
    }
    const OptionSpec* spec = find(specs, option.string_key);
    auto& values = out.given_[option.string_key];
    if (spec != nullptr && !spec->value.empty() && !spec->repeatable && !values.empty())
      throw UsageError(fmt::format("--{} is given twice", spec->name));
    if (spec != nullptr && is_option_in_place_of_value(specs, option))
      throw UsageError(fmt::format("--{} wants {} after it", spec->name, spec->value));
    values.insert(values.end(), option.value.begin(), option.value.end());
  }
  check_operands(verb.operands, out.operands_);
  return out;
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto found = given_.find(option);
  if (found == given_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto found = given_.find(option);
  return found == given_.end() ? std::vector<std::string>() : found->second;
}

CutLine cut_at_verb(std::span<const std::string> words) {
  CutLine out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool option = words[i].starts_with('-') && words[i].size() > 1;
    if (!option && out.verb.empty()) {
      out.verb = words[i];
      out.words.insert(out.words.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      return out;
    }
    out.words.push_back(words[i]);
    const OptionSpec* spec =
        find(common_options(), words[i].substr(words[i].find_first_not_of('-') == 2 ? 2 : 0));
    const bool takes_next = spec != nullptr && !spec->value.empty() && i + 1 < words.size();
    if (takes_next) out.words.push_back(words[++i]);
  }
  return out;
}

}  // namespace gleaner::host::cli
