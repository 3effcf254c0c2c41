#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "host/cli/options.hpp"
#include "host/cli/plugin_words.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli {
namespace {

using Word = int (*)(const Arguments& arguments, std::span<const std::string> operands);

constexpr std::array<std::pair<std::string_view, Word>, 5> words{{{"new", &plugin_new},
                                                                  {"check", &plugin_check},
                                                                  {"docs", &plugin_docs},
                                                                  {"lock", &plugin_lock},
                                                                  {"rescan", &plugin_rescan}}};

int plugin(const Arguments& arguments) {
  const std::string& what = arguments.operands().front();
  const auto* found =
      std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.first == what; });
  if (found != words.end()) return found->second(arguments, std::span(arguments.operands()).subspan(1));
  std::vector<std::string> known;
  known.reserve(words.size());
  for (const auto& [name, act] : words)
    known.emplace_back(name);
  throw UsageError(fmt::format("unknown word {}{}", quote(what), did_you_mean(what, known)));
}

}  // namespace

Verb plugin_verb() {
  return {
      .name = "plugin",
      .summary = "start, check and document plugins",
      .synopsis = {"new KIND NAME [--lang cpp|c|rust|python]",
                   "check FILE... [--only TEST]... [--reproduce SEED] [--json]", "docs FILE", "lock PIPELINE",
                   "rescan"},
      .description =
          "new: writes the beginning of a plugin into the folder NAME: it builds, passes its check and does "
          "something "
          "already. KIND is source, filter, scorer or output.\n"
          "\n"
          "check: runs every conformance test on a plugin file, each in a process of its own, and says which "
          "it fails; "
          "\"gleaner list tests\" has them all. A crash or a hang of the plugin is a failed test.\n"
          "\n"
          "docs: prints the plugin's documentation, Markdown made from what it says of itself.\n"
          "\n"
          "lock: writes which plugin files a pipeline uses, with their SHA-256, into a file beside it "
          "(my.toml: "
          "my.lock), as sha256sum does; from then on run, lint, check and render refuse others.\n"
          "\n"
          "rescan: looks at every installed plugin anew, also at those that crashed or hung when they were "
          "looked at before, and prints what each file of each folder has. Exit code 1 when one is not used.",
      .operands = {.names = {"WORD"},
                   .more = true,
                   .completes = Completes::words,
                   .words = {"new", "check", "docs", "lock", "rescan"}},
      .options =
          {{.name = "lang", .value = "LANGUAGE", .doc = "new: cpp (the default), c, rust or python."},
           {.name = "only",
            .value = "TEST",
            .doc = "check: run this test only, or all whose names start with it.",
            .repeatable = true},
           {.name = "reproduce",
            .value = "SEED",
            .doc = "check: draw from this seed, which a failed test names, instead of from a new one."},
           {.name = "set",
            .value = "OPTION=VALUE",
            .doc =
                "check: give a component's option this value instead of its example. VALUE is read as TOML, "
                "and as plain text where it is none.",
            .repeatable = true},
           options::json},
      .exits = {{0, "done; for check: every file passes"},
                {1, "a file does not pass, or could not be read or written"},
                {2, "the command line is wrong"},
                {78, "lock: the pipeline file is unreadable or wrong"}},
      .examples = {{"A scorer of one's own", "gleaner plugin new scorer words"},
                   {"Would the host take it, and does it behave?", "gleaner plugin check build/my-scorer.so"},
                   {"One failure again",
                    "gleaner plugin check build/my-scorer.so --only stage.papers --reproduce 4711"}},
      .act = plugin};
}

}  // namespace gleaner::host::cli
