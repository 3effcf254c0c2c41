// The end of a run: files are written, the state is told, messages are sent.
#include <algorithm>

#include <fmt/format.h>

#include "host/pipeline/deliver.hpp"
#include "host/pipeline/outbox.hpp"
#include "host/pipeline/run_state.hpp"

namespace gleaner::host {

// What became of an output that was tried.
void Run::take(const ComponentConfig& output, OutputResult outcome) {
  const bool is_owed = is_message(output) && outer_.state != nullptr;  // not lost: the outbox has it
  tried_output_ = true;
  reached_output_ = reached_output_ || outcome.delivered || is_owed;
  if (is_owed && !outcome.problem.empty())
    outcome.problem += " It stays due: the next run sends it, or gleaner deliver.";
  if (!outcome.problem.empty()) {
    stop_if_cancelled();
    outcome.problem = presentable(outcome.problem);
    if (output.on_error == OnError::stop) {
      result_.outputs.push_back(outcome);
      throw RunEnded{exit_no_digest, outcome.problem};
    }
    failed_output_ = true;
    complain(outcome.problem);
  }
  if (outcome.delivered)  // known too late for the outputs themselves: for --json and the state
    result_.digest.receipt.checks.push_back({"delivered", output.name, {}, outcome.papers});
  result_.outputs.push_back(std::move(outcome));
}

void Run::hold_back(const ComponentConfig& output, bool delivered, const char* why) {
  OutputResult outcome;
  outcome.name = output.name;
  outcome.key = delivery_key(result_.digest, output);
  outcome.delivered = delivered;
  outcome.held_back = true;
  tried_output_ = true;
  reached_output_ = true;  // nothing went wrong with it
  result_.outputs.push_back(std::move(outcome));
  outer_.log.info(fmt::format("{}: {}", output.name, why));
}

void Run::conclude() {
  const bool none = tried_output_ && !reached_output_;
  const bool whole = result_.digest.complete && !failed_output_;
  result_.exit = none ? exit_no_digest : whole ? exit_complete : exit_incomplete;
}

void Run::deliver_files() {
  json_ = to_json(result_.digest);
  const auto known =
      outer_.state != nullptr ? outer_.state->deliveries(date_) : std::vector<state::Delivery>();
  for (const auto& output : pipeline_.outputs) {
    stop_if_cancelled();
    if (!is_due(output.when, result_.digest)) {
      OutputResult outcome;
      outcome.name = output.name;
      outcome.key = delivery_key(result_.digest, output);
      outcome.passed_over = true;
      result_.outputs.push_back(std::move(outcome));
    } else if (is_message(output) && options_.replay) {
      hold_back(output, false, "a replay sends nothing.");
    } else if (is_message(output) && outer_.state != nullptr) {
      auto message = owed(output, result_.digest, known);
      if (is_sent(message.key, known))
        hold_back(output, true, "this digest was sent before; it is not sent again.");
      else
        owed_.push_back(std::move(message));
    } else {
      auto here = context(output.name);
      here.made_before = true;
      take(output, deliver(output, result_.digest, json_, here));
    }
  }
  conclude();
}

void Run::send_messages() {
  for (const auto& message : owed_) {
    stop_if_cancelled();
    const auto& output = *std::ranges::find(pipeline_.outputs, message.output, &ComponentConfig::name);
    auto here = context(output.name);
    here.made_before = true;
    take(output, send_message(output, result_.digest, json_, here, message, *outer_.state, outer_.clock,
                              outer_.redactor));
  }
  conclude();
}

// Of the files. Messages are noted one by one, by the outbox.
std::vector<state::Delivery> Run::deliveries(const std::string& tried) const {
  std::vector<state::Delivery> out;
  const auto before = outer_.state->deliveries(date_);
  for (const auto& output : result_.outputs) {
    if (output.passed_over || output.held_back) continue;
    auto& each = out.emplace_back(delivery_of(output));
    each.date = date_;
    each.tried = tried;
    const auto known = std::ranges::find(before, each.key, &state::Delivery::key);
    each.attempts = known == before.end() ? 1 : known->attempts + 1;
  }
  return out;
}

}  // namespace gleaner::host
