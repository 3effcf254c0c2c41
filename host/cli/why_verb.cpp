#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "host/cli/options.hpp"
#include "host/cli/paper_names.hpp"
#include "host/cli/pipeline_file.hpp"
#include "host/cli/session.hpp"
#include "host/cli/state_file.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/json_text.hpp"
#include "host/pipeline/digest.hpp"
#include "host/pipeline/record.hpp"
#include "host/pipeline/run.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host::cli {
namespace {

namespace json = boost::json;

std::string_view word(state::End end) {
  switch (end) {
    case state::End::selected:
      return "selected";
    case state::End::dropped:
      return "dropped";
    case state::End::below:
      return "below a cut-off";
    case state::End::over_limit:
      return "over the limit";
    case state::End::unscored:
      return "unscored";
    case state::End::seen:
      return "seen before";
  }
  return "unknown";
}

// "relevance 6, novelty 8"
std::string scores_in_words(const std::string& scores) {
  json::error_code error;
  const auto value = json::parse(scores, error);
  if (error || !value.is_object()) return {};
  std::string out;
  for (const auto& [axis, number] : value.get_object())
    if (number.is_number())
      out += fmt::format("{}{} {:g}", out.empty() ? "" : ", ", std::string_view(axis),
                         number.to_number<double>());
  return out;
}

// What the digest of a judgement's date adds to it.
struct Shown {
  std::string prompt;                  // the one it was judged with; empty: the digest has no or another one
  std::vector<state::Delivery> where;  // that brought the paper to its reader
};

bool lists(const state::Delivery& delivery, std::size_t place) {
  return delivery.outcome == state::Outcome::delivered && place < delivery.papers;
}

Shown shown_of(state::State& state, const state::Judgement& judgement) {
  Shown out;
  const bool selected = judgement.end == state::End::selected;
  if (!selected && judgement.prompt_hash.empty()) return out;
  const auto text = state.digest(judgement.date);
  if (!text) return out;
  auto digest = read_digest(*text).digest;
  if (!judgement.prompt_hash.empty() && prompt_hash(digest.prompt) == judgement.prompt_hash)
    out.prompt = std::move(digest.prompt);
  const auto& papers = digest.papers;
  const auto at = std::ranges::find(papers, judgement.id, [](const auto& entry) { return entry.paper.id(); });
  if (!selected || at == papers.end()) return out;
  for (auto& delivery : state.deliveries(judgement.date))
    if (lists(delivery, static_cast<std::size_t>(at - papers.begin())))
      out.where.push_back(std::move(delivery));
  return out;
}

// "markdown (out/2025-05-20.md)"
std::string in_words(const state::Delivery& delivery) {
  std::string paths;
  for (const auto& path : delivery.written)
    paths += (paths.empty() ? "" : ", ") + (path == "-" ? std::string("standard output") : path);
  return paths.empty() ? delivery.output : fmt::format("{} ({})", delivery.output, paths);
}

std::string indented(std::string_view text) {
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    out += fmt::format("    {}\n", text.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

std::string told(const state::Judgement& judgement, const Shown& shown) {
  std::string out = fmt::format("{}: {}", judgement.date, word(judgement.end));
  if (!judgement.stage.empty() && judgement.end != state::End::seen)
    out += fmt::format(" by {}", judgement.stage);
  if (!judgement.reason.empty()) out += fmt::format(": {}", judgement.reason);
  out += "\n";
  if (judgement.version > 0) out += fmt::format("  version  v{}\n", judgement.version);
  if (!judgement.sources.empty())
    out += fmt::format("  from     {}{}\n", judgement.sources,
                       judgement.sources.find(',') != std::string::npos ? " (merged into one paper)" : "");
  if (const auto scores = scores_in_words(judgement.scores); !scores.empty())
    out += fmt::format("  scores   {}\n", scores);
  if (judgement.total) out += fmt::format("  total    {:g}\n", *judgement.total);
  if (!judgement.comment.empty()) out += fmt::format("  comment  {}\n", judgement.comment);
  for (const auto& delivery : shown.where)
    out +=
        fmt::format("  {:<8} {}\n", &delivery == &shown.where.front() ? "shown in" : "", in_words(delivery));
  if (!judgement.prompt_hash.empty())
    out += fmt::format("  prompt   {}\n{}", judgement.prompt_hash, indented(shown.prompt));
  return out;
}

json::object as_json(const state::Judgement& judgement, const Shown& shown) {
  json::object out{{"date", judgement.date},       {"end", word(judgement.end)},
                   {"stage", judgement.stage},     {"reason", judgement.reason},
                   {"version", judgement.version}, {"sources", judgement.sources},
                   {"comment", judgement.comment}, {"prompt", shown.prompt}};
  out["prompt_hash"] = judgement.prompt_hash;
  json::array delivered;
  for (const auto& delivery : shown.where)
    delivered.emplace_back(json::object{{"output", delivery.output},
                                        {"written", json::value_from(delivery.written)},
                                        {"when", delivery.tried}});
  out["delivered"] = std::move(delivered);
  json::error_code error;
  const auto scores = json::parse(judgement.scores, error);
  out["scores"] = error ? json::value(json::object()) : scores;
  out["total"] = judgement.total ? json::value(*judgement.total) : json::value(nullptr);
  return out;
}

std::string unknown(const std::string& id, const std::vector<state::RunRecord>& runs) {
  if (runs.empty()) return fmt::format("{}: unknown; there was no run yet with this state.\n", id);
  return fmt::format(
      "{}: unknown; no run from {} to {} was shown it by a source. It was announced elsewhere or on another "
      "day, or the "
      "source itself left it out (announce type, categories).\n",
      id, runs.front().date, runs.back().date);
}

struct Found {
  std::string id;
  std::vector<state::Judgement> judgements;
};

Found look_up(const std::string& written, state::State& state) {
  for (const auto& name : paper_names(written))
    if (auto judgements = state.judgements(name); !judgements.empty()) return {name, std::move(judgements)};
  return {written, {}};
}

int answer(const Arguments& arguments, state::State& state) {
  const auto [id, judgements] = look_up(arguments.operands().front(), state);
  const auto runs = state.runs();
  const bool as_data = arguments.has(options::json);
  if (as_data) {
    json::array list;
    for (const auto& judgement : judgements)
      list.emplace_back(as_json(judgement, shown_of(state, judgement)));
    print(
        json_text(json::object{{"id", id}, {"known", !judgements.empty()}, {"judgements", std::move(list)}}) +
        "\n");
    return exit_complete;
  }
  if (judgements.empty()) {
    print(unknown(id, runs));
    return exit_complete;
  }
  const auto titled =
      std::find_if(judgements.begin(), judgements.end(), [](const auto& j) { return !j.title.empty(); });
  print(titled == judgements.end() ? fmt::format("{}\n", id) : fmt::format("{}: {}\n", id, titled->title));
  for (const auto& judgement : judgements)
    print(told(judgement, shown_of(state, judgement)));
  return exit_complete;
}

int why(const Arguments& arguments) {
  Session session(arguments);
  const Plugins plugins = open_plugins(arguments);
  const LoadResult loaded = read_pipeline(arguments.operands()[1], arguments, plugins, Purpose::run);
  say(diagnostics_text(loaded, true));
  if (!loaded.ok) return exit_bad_pipeline;
  const auto file = state_file(arguments, loaded.pipeline);
  if (file.empty())
    throw UsageError(
        "the pipeline keeps no state (state = \"none\"), so nobody remembers what became of a paper");
  try {
    return answer(arguments, *state::State::open_copy(file, session.services().clock, session.log()));
  } catch (const state::StateError& error) {
    session.log().error(error.what());
    return exit_no_digest;
  }
}

constexpr std::string_view why_description =
    "Says what became of a paper on each date it was met: the stage or the cut-off that kept or dropped it, "
    "its scores, "
    "the comment and the prompt it was judged with; the outputs that showed it; that it was seen before, and "
    "when; from which sources it was merged. "
    "ID is as a digest shows it, with or without a version and a prefix, or the address of the paper's page.";

}  // namespace

Verb why_verb() {
  return {.name = "why",
          .summary = "say what kept or dropped a paper",
          .synopsis = {"ID PIPELINE [--state FILE] [--json]"},
          .description = why_description,
          .operands = {.names = {"ID", "PIPELINE"}, .completes = Completes::file},
          .options = {options::state, options::json, options::quiet, options::verbose},
          .exits = {{0, "it was told; also that the paper is unknown"},
                    {1, "the state cannot be read"},
                    {2, "the command line is wrong, or the pipeline keeps no state"},
                    {78, "the pipeline file is unreadable or wrong"}},
          .examples = {{"Why is it missing?", "gleaner why 2505.01557 my.toml"},
                       {"From its page", "gleaner why https://example.org/abs/2505.01557v2 my.toml"}},
          .act = why};
}

}  // namespace gleaner::host::cli
