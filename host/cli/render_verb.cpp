#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "host/cli/lock_check.hpp"
#include "host/cli/options.hpp"
#include "host/cli/pipeline_file.hpp"
#include "host/cli/run_report.hpp"
#include "host/cli/run_request.hpp"
#include "host/cli/session.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/crash_handler.hpp"

namespace gleaner::host::cli {
namespace {

struct Closer {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

/// The whole file, "-" for standard input; nothing after logging why not.
std::optional<std::string> read_all(const std::string& path, const Log& log) {
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) {
    log.error(fmt::format("{} is a folder, not a digest.", path));
    return std::nullopt;
  }
  const std::unique_ptr<std::FILE, Closer> file(path == "-" ? stdin : std::fopen(path.c_str(), "rbe"));
  std::string out;
  std::size_t got = 0;
  char buffer[1 << 16];
  while (file && (got = std::fread(buffer, 1, sizeof buffer, file.get())) > 0)
    out.append(buffer, got);
  if (file && std::ferror(file.get()) == 0) return out;
  log.error(
      fmt::format("{} could not be read: {}.", path == "-" ? "standard input" : path, std::strerror(errno)));
  return std::nullopt;
}

void check_only(const std::string& only, const Pipeline& pipeline) {
  if (only.empty()) return;
  std::vector<std::string> names;
  for (const ComponentConfig& output : pipeline.outputs) {
    if (output.name == only) return;
    names.push_back(output.name);
  }
  throw UsageError(
      fmt::format("the pipeline has no output named {}{}", quote(only), did_you_mean(only, names)));
}

int render_files(const Arguments& arguments) {
  watch_crashes();
  RunOptions options;
  options.out = read_out(arguments);
  Session session(arguments);
  const Plugins plugins = open_plugins(arguments);
  for (const std::string& warning : plugin_warnings(plugins.catalog))
    session.log().warning(warning);
  const LoadResult loaded =
      read_locked_pipeline(arguments.operands().at(1), arguments, plugins, Purpose::render);
  say(diagnostics_text(loaded, session.quiet()));
  if (!loaded.ok) return exit_bad_pipeline;
  const std::string only = arguments.value("only").value_or("");
  check_only(only, loaded.pipeline);
  const std::string& path = arguments.operands().front();
  const auto text = read_all(path, session.log());
  if (!text) return exit_no_digest;
  options.cancelled = session.run_options().cancelled;
  const std::string origin = path == "-" ? "standard input" : path;
  const RunResult result =
      render_digest(*text, origin, loaded.pipeline, plugins.catalog, session.services(), options, only);
  if (!writes_standard_output(loaded.pipeline)) {
    print(written_lines(result));
  } else if (!session.quiet()) {
    say(written_lines(result));
  }
  return session.interrupted() ? exit_interrupted : result.exit;
}

constexpr std::string_view render_description =
    "Writes the file outputs of PIPELINE again from a digest that the json output saved. Only the [[output]] "
    "tables are looked at: sources and stages may be absent, and no secret of theirs is wanted. Title, date "
    "and pipeline name come from the digest; nothing is sorted, selected or cleaned again.\n"
    "\n"
    "DIGEST.json may be \"-\" for standard input. Each path that was written is printed on a line of its "
    "own.";

}  // namespace

Verb render_verb() {
  return {
      .name = "render",
      .summary = "write outputs again from a saved digest",
      .synopsis = {"DIGEST.json PIPELINE [--only NAME] [--out DIR] [--set KEY=VALUE]... [-q | -v]"},
      .description = render_description,
      .operands = {.names = {"DIGEST.json", "PIPELINE"}, .completes = Completes::file},
      .options = {{.name = "only", .value = "NAME", .doc = "Write this output alone."},
                  options::out,
                  options::set,
                  options::quiet,
                  options::verbose},
      .exits = {{0, "all outputs were written"},
                {1, "the digest is unreadable or malformed, or nothing could be written"},
                {2, "the command line is wrong, or no output is named so"},
                {3, "some outputs could not be written"},
                {78, "the pipeline file is unreadable or wrong"},
                {130, "interrupted (Ctrl-C, SIGTERM)"}},
      .examples =
          {{"The page again, with another template",
            "gleaner render out/2025-05-20.json my.toml --only markdown --set markdown.template=plain.md.in"},
           {"From a pipe", "zcat old.json.gz | gleaner render - my.toml --out /tmp/pages"}},
      .act = render_files};
}

}  // namespace gleaner::host::cli
