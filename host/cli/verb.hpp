// What the program knows of a verb: one description that the parser, the help pages and the completions all
// read.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gleaner::host::cli {

class Arguments;

/// What a shell offers where a word is wanted.
enum class Completes { nothing, file, folder, component, verb, code, words };

/// An option of a verb. The views are literals.
struct OptionSpec {
  std::string_view name{};   ///< "out", given as --out
  char letter = '\0';        ///< 'q' for -q; NUL: none
  std::string_view value{};  ///< "DIR"; empty: the option is a switch
  std::string_view doc{};    ///< sentences
  bool repeatable = false;
  Completes completes = Completes::nothing;
};

/// What stands behind the verb and its options.
struct Operands {
  std::vector<std::string_view> names{};  ///< "PIPELINE", in order, one for each that is wanted at least
  bool more = false;                      ///< any number after the last one
  bool optional = false;                  ///< none at all will do as well
  Completes completes = Completes::nothing;
  std::vector<std::string_view> words{};  ///< what there is to choose from, for Completes::words
};

struct ExitStatus {
  int code = 0;
  std::string_view meaning{};
};

struct Example {
  std::string_view what{};     ///< "Today's digest"
  std::string_view command{};  ///< a line to copy
};

struct Verb {
  std::string_view name{};
  std::string_view summary{};                ///< what it does, a few words, lower case
  std::vector<std::string_view> synopsis{};  ///< forms, without "gleaner NAME"
  std::string_view description{};            ///< paragraphs with an empty line between them
  Operands operands{};
  std::vector<OptionSpec> options{};  ///< without those that every verb has
  std::vector<ExitStatus> exits{};
  std::vector<Example> examples{};
  /// Does it; the result is the exit code. Throws UsageError. NULL: comes in a later version.
  int (*act)(const Arguments& arguments) = nullptr;
};

/// Options every verb has.
[[nodiscard]] const std::vector<OptionSpec>& common_options();
/// The verb's own options and the common ones.
[[nodiscard]] std::vector<OptionSpec> options_of(const Verb& verb);

}  // namespace gleaner::host::cli
