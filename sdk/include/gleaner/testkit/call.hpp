// SPDX-License-Identifier: Apache-2.0
// One call into a component and its account. For testkit's own use; its C functions are safe from any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/testkit/services.hpp>

namespace gleaner::testkit {

namespace detail {

// What minor 2 added; nothing for a plugin that is built for less. The texts are borrowed.
#if GLEANER_TARGET_MINOR >= 2
inline void set_date(gleaner_call& call, const std::string& date) {
  call.date = text(date);
}
inline void set_holidays(gleaner_day& day, const std::vector<gleaner_str>& holidays) {
  day.holidays = holidays.data();
  day.holiday_count = holidays.size();
}
#else
inline void set_date(gleaner_call&, const std::string&) {}
inline void set_holidays(gleaner_day&, const std::vector<gleaner_str>&) {}
#endif

}  // namespace detail

class CallContext {
 public:
  /// `date`: of the run, or empty.
  CallContext(detail::Handle& handle, const gleaner_component& component, std::string what,
              std::string date = {})
      : handle_(handle),
        component_(component),
        what_(handle.instance + " in " + std::move(what)),
        date_(std::move(date)) {
    raw_.size = sizeof raw_;
    raw_.context = this;
    raw_.seed = handle.fake.seed_;
    raw_.cancelled = [](const gleaner_call* call) -> std::int32_t {
      return of(call).handle_.fake.ask_cancelled() ? 1 : 0;
    };
    raw_.fail = [](const gleaner_call* call, std::int32_t status, gleaner_str option, gleaner_str message) {
      return of(call).failed(status, option, message);
    };
    raw_.progress = [](const gleaner_call* call, std::uint64_t done, std::uint64_t total, gleaner_str words) {
      of(call).progressed(done, total, words);
    };
    raw_.remaining_ms = handle.fake.granted_ms_;
    raw_.attempt = handle.fake.attempt_;
    raw_.dry_run = handle.fake.dry_run_ ? 1 : 0;
    detail::set_date(raw_, date_);
  }
  CallContext(const CallContext&) = delete;
  CallContext& operator=(const CallContext&) = delete;

  [[nodiscard]] const gleaner_call* raw() const { return &raw_; }

  /// What the host refuses; listed with this call and with the host.
  void violation(const std::string& sentence) {
    {
      const std::lock_guard lock(mutex_);
      violations_.push_back(sentence);
    }
    handle_.fake.violation(sentence);
  }
  /// The same, with the call's name in front.
  void complain(const std::string& predicate) { violation(what_ + " " + predicate); }

  /// After the entry has returned `status`.
  [[nodiscard]] Outcome finish(std::int32_t status) {
    const std::size_t left = handle_.fake.http_.abandon(&handle_);
    if (left != 0) complain("returned with " + std::to_string(left) + " requests in flight.");
    Outcome said;
    bool spoken = false;
    {
      const std::lock_guard lock(mutex_);
      said = said_;
      spoken = spoken_;
    }
    if (status < GLEANER_OK || status > GLEANER_NOT_FOUND)
      complain("returned the unknown status " + std::to_string(status) + ".");
    if (status == GLEANER_OK) return {};
    if (!spoken && status != GLEANER_CANCELLED)
      complain("returned status " + std::to_string(status) + " without saying why.");
    if (spoken && said.status != status)
      complain("said status " + std::to_string(said.status) + " and returned " + std::to_string(status) +
               ".");
    said.status = status;
    return said;
  }
  [[nodiscard]] std::vector<std::string> violations() const {
    const std::lock_guard lock(mutex_);
    return violations_;
  }

 private:
  static CallContext& of(const gleaner_call* call) { return *static_cast<CallContext*>(call->context); }

  std::int32_t failed(std::int32_t status, gleaner_str option, gleaner_str message) {
    const std::string pointer(view(option));
    if (!pointer.empty() && !names_option(pointer))
      complain("blames \"" + pointer + "\", which is not an option of its table.");
    if (view(message).empty()) complain("failed without a sentence.");
    if (!is_utf8(view(message))) complain("failed with a sentence that is not UTF-8.");
    const std::lock_guard lock(mutex_);
    said_ = {status, pointer, std::string(view(message))};
    spoken_ = true;
    return status;
  }
  void progressed(std::uint64_t done, std::uint64_t total, gleaner_str words) {
    if (total != 0 && done > total) complain("has done more than there is.");
    if (!is_utf8(view(words))) complain("says its progress in a text that is not UTF-8.");
    auto& fake = handle_.fake;
    fake.edit([&] { fake.progress_.push_back({done, total, std::string(view(words))}); });
  }
  /// "/words/1" points into the option "words".
  [[nodiscard]] bool names_option(const std::string& pointer) const {
    if (pointer[0] != '/') return false;
    const std::string name = pointer.substr(1, pointer.find('/', 1) - 1);
    for (std::uint64_t i = 0; i < component_.option_count; ++i)
      if (view(detail::element(component_.options, i, component_.option_stride).name) == name) return true;
    return false;
  }

  detail::Handle& handle_;
  const gleaner_component& component_;
  std::string what_;
  std::string date_;
  gleaner_call raw_{};
  mutable std::mutex mutex_;
  Outcome said_;
  bool spoken_ = false;
  std::vector<std::string> violations_;
};

}  // namespace gleaner::testkit
