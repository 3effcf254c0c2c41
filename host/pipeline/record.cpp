#include "host/pipeline/record.hpp"

#include <cmath>
#include <utility>

#include <boost/json.hpp>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/config/json_text.hpp"

namespace gleaner::host {
namespace {

// Another form of the text that is hashed must have another namespace, or one prompt would have two names.
constexpr boost::uuids::uuid prompt_namespace{
    {0x1c, 0x83, 0x5f, 0x0a, 0x27, 0xd4, 0x4b, 0x6d, 0x95, 0xe2, 0x70, 0xb8, 0x3e, 0x19, 0xca, 0x46}};

std::string names(const gleaner_paper& paper) {
  std::string out;
  for (std::uint64_t i = 0; i < paper.source_count; ++i)
    out += (i == 0 ? "" : ",") + std::string(view(paper.sources[i]));
  return out;
}

std::string scores_json(const std::vector<std::pair<std::string, double>>& scores) {
  if (scores.empty()) return {};
  boost::json::object out;
  for (const auto& [axis, value] : scores)
    out[axis] = value;
  return json_text(out);
}

std::optional<double> number(double value) {
  return std::isnan(value) ? std::nullopt : std::optional<double>(value);
}

// "relevance 6 < 8", for the first cut-off a paper is under.
std::string below_reason(const RunPaper& paper, const SelectConfig& select, const AxisTable& axes) {
  for (const auto& rule : select.min) {
    const double value = axes.value(paper, rule.axis);
    if (value < rule.value) return fmt::format("{} {:g} < {:g}", rule.axis, value, rule.value);
  }
  return "below threshold";
}

}  // namespace

state::Judgement JudgementBook::base(const RunPaper& paper, state::End end) const {
  const auto& facts = paper.view();
  state::Judgement out;
  out.id = std::string(paper.id());
  out.date = date_;
  out.version = facts.version;
  out.end = end;
  if (paper.decided_by != no_stage) {
    out.stage = pipeline_.stages[paper.decided_by].name;
    out.prompt_hash = prompt_hash_of(paper.decided_by);
  }
  if (paper.picked && paper.reason != nullptr) out.reason = *paper.reason;
  out.total = number(paper.total);
  if (paper.annotations) out.comment = paper.annotations->comment;
  out.sources = names(facts);
  out.title = std::string(view(facts.title));
  return out;
}

std::string JudgementBook::prompt_hash_of(std::size_t stage) const {
  return stage < prompt_hashes_.size() ? prompt_hashes_[stage] : std::string();
}

void JudgementBook::seen(const SeenPaper& paper) {
  state::Judgement out;
  out.id = paper.id;
  out.date = date_;
  out.version = paper.version;
  out.end = state::End::seen;
  out.stage = "seen";
  out.reason = "judged under " + paper.date;
  out.sources = pipeline_.sources[paper.source].name;
  out.title = paper.title;
  judgements_.push_back(std::move(out));
}

void JudgementBook::dropped(const Dropped& paper) {
  state::Judgement out;
  out.id = paper.id;
  out.date = date_;
  out.version = paper.version;
  out.end = state::End::dropped;
  out.stage = pipeline_.stages[paper.stage].name;
  out.prompt_hash = prompt_hash_of(paper.stage);
  if (paper.reason != nullptr) out.reason = *paper.reason;
  std::vector<std::pair<std::string, double>> scores;
  for (std::size_t i = 0; i < paper.axes.size() && i < axes_.slots().size(); ++i)
    if (!std::isnan(paper.axes[i])) scores.emplace_back(axes_.slots()[i].axis, paper.axes[i]);
  out.scores = scores_json(scores);
  out.sources = pipeline_.sources[paper.source].name;
  out.title = paper.title;
  judgements_.push_back(std::move(out));
}

void JudgementBook::ended(state::End end, const std::vector<DigestPaper>& papers) {
  for (const auto& entry : papers) {
    auto out = base(entry.paper, end);
    out.scores = scores_json(entry.scores);
    if (out.comment.empty()) out.comment = entry.comment;
    out.paper = to_json(entry);
    judgements_.push_back(std::move(out));
  }
}

void JudgementBook::ended(state::End end, const RunPaper& paper, const SelectConfig& select) {
  auto out = base(paper, end);
  out.scores = scores_json(axes_.scores(paper));
  out.reason = end == state::End::below ? below_reason(paper, select, axes_) : "over limit";
  judgements_.push_back(std::move(out));
}

std::string prompt_hash(std::string_view prompt) {
  if (prompt.empty()) return {};
  const boost::uuids::name_generator_sha1 name(prompt_namespace);
  return boost::uuids::to_string(name(prompt.data(), prompt.size()));
}

state::Delivery delivery_of(const OutputResult& output) {
  state::Delivery out;
  out.key = output.key;
  out.output = output.name;
  out.outcome = output.delivered ? state::Outcome::delivered : state::Outcome::failed;
  out.papers = output.papers;
  out.error = output.problem;
  out.written = output.written;
  return out;
}

state::RunRecord record_of(const Digest& digest, std::string json, std::string started) {
  state::RunRecord out;
  out.date = digest.date;
  out.started = std::move(started);
  out.remedial = digest.remedial.has_value();
  out.announced = digest.announced;
  out.scanned = digest.scanned;
  out.selected = digest.papers.size();
  out.unscored = digest.unscored_papers.size();
  double dollars = 0;
  for (const auto& row : digest.usage) {
    out.tokens += row.prompt_tokens + row.completion_tokens;
    dollars += row.total_cost();
  }
  out.cost = number(dollars);
  out.receipt = to_json(digest.receipt);
  out.digest = std::move(json);
  return out;
}

}  // namespace gleaner::host
