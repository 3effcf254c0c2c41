#include "host/cli/run_report.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gleaner::host::cli {
namespace {

std::string cost_text(const UsageRow& row) {
  if (!row.prompt_cost || !row.completion_cost) return fmt::format("{} at an unknown price", row.model);
  return fmt::format("{} ${:.2f}", row.model, *row.prompt_cost + *row.completion_cost);
}

std::string usage_text(const std::vector<UsageRow>& usage) {
  std::vector<std::string> parts;
  parts.reserve(usage.size());
  for (const UsageRow& row : usage)
    parts.push_back(cost_text(row));
  return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
}

std::vector<std::string> undelivered(const RunResult& result) {
  std::vector<std::string> out;
  for (const OutputResult& output : result.outputs)
    if (!output.delivered && !output.passed_over && !output.held_back) out.push_back(output.name);
  return out;
}

}  // namespace

std::string summary_line(const RunResult& result) {
  const Digest& digest = result.digest;
  if (result.quiet)
    return fmt::format("{}: {}", digest.date, result.note.empty() ? "a quiet day." : result.note);
  if (result.left_alone) return fmt::format("{}: {}", digest.date, result.note);
  if (result.exit == exit_interrupted) return fmt::format("{}: interrupted.", digest.date);
  if (result.exit != exit_complete && result.exit != exit_incomplete)
    return fmt::format("{}: no digest.", digest.date);
  std::string out = fmt::format("{}: {} announced, {} scanned, {} selected", digest.date, digest.announced,
                                digest.scanned, digest.papers.size());
  if (!digest.unscored_papers.empty()) out += fmt::format(", {} unscored", digest.unscored_papers.size());
  out += usage_text(digest.usage);
  if (!digest.complete)
    out += "; the digest is incomplete";
  else if (const auto names = undelivered(result); result.exit == exit_incomplete && !names.empty())
    out += fmt::format("; not delivered: {}", fmt::join(names, ", "));
  return result.note.empty() ? out : fmt::format("{}. {}", out, result.note);
}

std::string written_lines(const RunResult& result) {
  std::string out;
  for (const std::string& line : result.plan)
    out += line + "\n";
  for (const std::string& path : result.written)
    if (path != "-") out += path + "\n";
  return out;
}

bool writes_standard_output(const Pipeline& pipeline) {
  return std::any_of(pipeline.outputs.begin(), pipeline.outputs.end(), [](const ComponentConfig& output) {
    return std::any_of(output.options.begin(), output.options.end(), [](const OptionValue& value) {
      return value.type == OptionType::path && value.name == "path" && value.text == "-";
    });
  });
}

}  // namespace gleaner::host::cli
