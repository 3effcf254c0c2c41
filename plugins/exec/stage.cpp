// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/stage.hpp"

#include <limits>

#include "plugins/exec/component.hpp"
#include "plugins/exec/sentences.hpp"
#include "plugins/json/json_text.hpp"

namespace gleaner::exec {
namespace {

constexpr int kMostFailures = 3;  // in a row: a program that hangs would cost its patience for each batch

void append_paper_line(std::string& out, const Paper& paper) {
  gleaner_entry entry{};
  entry.size = sizeof entry;
  entry.paper = &paper.raw();
  entry.total = std::numeric_limits<double>::quiet_NaN();
  json::append_paper(out, Entry(entry));
  out += '\n';
}

bool says_done(const boost::json::object& line) {
  const auto* done = line.if_contains("done");
  return done != nullptr && done->is_bool() && done->get_bool();
}

}  // namespace

ExecStage::~ExecStage() {
  if (program_ != nullptr) program_->finish();
}

Facts ExecStage::facts(const Call& call) const {
  Facts out = facts_of(Role::stage, instance_name, contact, call);
  out.axes = options.axes;
  return out;
}

void ExecStage::health(const Call& call) {
  check_program(options, host, facts(call), call);
}

void ExecStage::judge(const Batch& batch) {
  if (batch.size() == 0) return;
  if (failures_ >= kMostFailures) throw Error(*last_failure_);
  try {
    talk(batch);
    failures_ = 0;
  } catch (const Error& error) {
    program_.reset();
    if (error.status() != GLEANER_CANCELLED) ++failures_;
    last_failure_ = error;
    throw;
  } catch (...) {
    program_.reset();
    throw;
  }
}

// One that is running is of the same run: it was told its date.
void ExecStage::make_ready(const Batch& batch) {
  if (program_ != nullptr && program_->date() != batch.call().date()) {
    program_->finish();
    program_.reset();
  }
  if (program_ == nullptr)
    program_ = std::make_unique<Program>(options, host, facts(batch.call()), batch.call());
}

void ExecStage::talk(const Batch& batch) {
  make_ready(batch);
  Answers answers(batch, options.axes, host, program_->name());
  std::size_t sent = 0;
  bool has_ended = false;
  program_->expect([&answers, &batch] {
    return "it had answered for " + std::to_string(answers.answered()) + " of " +
           std::to_string(batch.size()) + (batch.size() == 1 ? " paper" : " papers");
  });
  const auto feed = [&] {
    if (options.handshake) program_->require_ears(sent < batch.size());
    for (; sent < batch.size() && program_->wants_more(); ++sent) {
      line_.clear();
      append_paper_line(line_, batch[sent]);
      program_->send(line_);
    }
    if (sent < batch.size() || has_ended) return;
    has_ended = true;
    if (!options.handshake)
      program_->end_input();
    else if (program_->ready().wants_batch_ends)
      program_->send("{\"end\":\"batch\"}\n");
  };
  listen(answers, batch, feed, sent);
  if (!options.handshake)
    program_.reset();  // it has ended
  else
    program_->expect({});
}

void ExecStage::listen(Answers& answers, const Batch& batch, const Program::Feed& feed,
                       const std::size_t& sent) {
  const bool awaits_done = options.handshake && program_->ready().wants_batch_ends;
  const bool awaits_end = !options.handshake;
  while (awaits_done || awaits_end || !answers.are_complete()) {
    const auto line = program_->next(batch.call(), feed);
    if (!line) {
      if (!awaits_end || !program_->ending().is_clean()) throw program_->ended();
      return;
    }
    if (!says_done(line->object))
      answers.take(line->object, sent);
    else if (awaits_done)
      return;
  }
}

}  // namespace gleaner::exec
