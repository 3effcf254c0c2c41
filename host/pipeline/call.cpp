#include "host/pipeline/call.hpp"

#include <exception>
#include <new>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/clean.hpp"
#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/crash_streams.hpp"
#include "host/services/plugin_host.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t longest_message = 4096;  // bytes: a sentence, not a page

}  // namespace

CallScope::CallScope(const CallSettings& settings, const char* doing)
    : settings_(settings), in_plugin_(settings.label, doing) {
  raw_.size = sizeof raw_;
  raw_.context = this;
  raw_.seed = settings.seed;
  raw_.remaining_ms = std::numeric_limits<std::int64_t>::max();
  raw_.attempt = settings.attempt;
  raw_.dry_run = settings.dry_run ? 1 : 0;
  raw_.date = text(settings.date);
  raw_.cancelled = [](const gleaner_call* call) -> std::int32_t {
    const auto& self = *static_cast<CallScope*>(call->context);
    self.show_life();
    const auto* flag = self.settings_.cancelled;
    return flag != nullptr && flag->load(std::memory_order_relaxed) ? 1 : 0;
  };
  raw_.fail = [](const gleaner_call* call, std::int32_t status, gleaner_str option,
                 gleaner_str message) noexcept -> std::int32_t {
    auto& self = *static_cast<CallScope*>(call->context);
    try {
      std::size_t removed = 0;
      const std::lock_guard lock(self.mutex_);
      self.said_ = {status, std::string(view(option)),
                    cleaned(shortened(view(message), longest_message), removed)};
    } catch (...) {  // out of memory: the status alone must do
    }
    return status;
  };
  raw_.progress = [](const gleaner_call* call, std::uint64_t done, std::uint64_t total,
                     gleaner_str what) noexcept {
    const auto& self = *static_cast<CallScope*>(call->context);
    self.show_life();
    const auto& progress = self.settings_.progress;
    try {
      if (progress) progress(done, total, view(what));
    } catch (...) {  // a progress line is not worth a crash
    }
  };
  if (settings.watch != nullptr) ticket_ = settings.watch->begin(settings.watched);
}

CallScope::~CallScope() {
  if (is_forked_copy()) end_forked_copy();  // first: in a copy the locks below may be held for ever
  restore_streams();
  if (ticket_) settings_.watch->end(*ticket_);
}

void CallScope::show_life() const {
  if (settings_.watched.alive != nullptr) settings_.watched.alive->store(true, std::memory_order_relaxed);
}

std::string thrown_in_words() {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return "It ran out of memory.";
  } catch (const std::exception& error) {
    std::size_t removed = 0;
    return fmt::format("It threw an exception across the line: {}.",
                       cleaned(shortened(error.what(), longest_message), removed));
  } catch (...) {
    return "It threw something across the line.";
  }
}

// Within a catch.
std::int32_t CallScope::note_thrown() const noexcept {
  try {
    std::string message = thrown_in_words();
    const std::lock_guard lock(mutex_);
    said_ = {GLEANER_FAILED, {}, std::move(message)};
  } catch (...) {  // out of memory: the status alone must do
  }
  return GLEANER_FAILED;
}

Failure CallScope::failure(std::int32_t returned) const {
  const std::lock_guard lock(mutex_);
  Failure out = said_;
  out.status = returned;
  // Only the host knows which secret that was, and why.
  if (auto secret = settings_.host != nullptr ? settings_.host->take_secret_problem() : std::string();
      !secret.empty())
    out.message = std::move(secret);
  if (out.message.empty())
    out.message = fmt::format("It failed with status {} and did not say why.", returned);
  return out;
}

}  // namespace gleaner::host
