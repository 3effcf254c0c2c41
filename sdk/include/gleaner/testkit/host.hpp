// SPDX-License-Identifier: Apache-2.0
// The fake host a test holds: what it offers, what happened. Everything it says is a copy. Safe from any
// thread. It must outlive the components made on it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/ext/log.h>
#include <gleaner/testkit/check.hpp>
#include <gleaner/testkit/clock.hpp>
#include <gleaner/testkit/http.hpp>
#include <gleaner/testkit/values.hpp>

namespace gleaner::testkit {

struct LogLine {
  std::uint32_t level = GLEANER_LOG_INFO;
  std::string text;
};

/// What was said through gleaner.account/1 `usage`, summed over a model. Costs in US dollars; NaN: unknown.
struct UsageRow {
  std::string model;
  std::uint64_t requests = 0, prompt_tokens = 0, cached_tokens = 0, completion_tokens = 0;
  double prompt_cost = 0, completion_cost = 0;
};

struct Mail {
  std::string server, user, password, from, content;  ///< password: the handle
  std::vector<std::string> recipients;
  bool require_tls = false;
};

struct Progress {
  std::uint64_t done = 0, total = 0;
  std::string what;
};

namespace detail {
struct Services;
}

class FakeHost {
 public:
  FakeHost() : http_(clock_) {}
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;

  // ---- What the host offers ----

  /// This host has no such service: "gleaner.mail/1".
  void without(std::string service) {
    edit([&] { absent_.insert(std::move(service)); });
  }
  /// This service is a table of the test's own (a gleaner_store, …), which may fail as the test wants it to.
  /// Borrowed: it must outlive the components.
  void replace(std::string service, const void* table) {
    edit([&] { replaced_[std::move(service)] = table; });
  }
  /// What secret(name) resolves to.
  void set_secret(const std::string& name, std::string words) {
    edit([&] { secrets_[name] = std::move(words); });
  }
  /// What may_spend allows from now on, besides what usage says is spent already.
  void set_budget(std::uint64_t tokens, double dollars) {
    edit([&] { tokens_ = tokens, dollars_ = dollars; });
  }
  /// Opening this path fails with that sentence and GLEANER_DENIED.
  void refuse_file(const std::string& path, std::string why) {
    edit([&] { refused_[path] = std::move(why); });
  }
  /// Mail fails with that sentence and GLEANER_UNREACHABLE.
  void refuse_mail(std::string why) {
    edit([&] { mail_refusal_ = std::move(why); });
  }
  /// The sink takes so many papers and then says GLEANER_CANCELLED.
  void take_at_most(std::uint64_t papers) { most_papers_ = papers; }
  /// The pipeline's `contact`, for components made from now on; at first test@example.org.
  void set_contact(std::string address) {
    edit([&] { contact_ = std::move(address); });
  }
  [[nodiscard]] FakeClock& clock() { return clock_; }
  [[nodiscard]] FakeHttp& http() { return http_; }

  // ---- The calls that come ----

  /// From now on the run is being interrupted.
  void cancel() { cancel_after(0); }
  /// The n+1st question of `cancelled` from now on, and all later ones, are answered with yes.
  void cancel_after(std::uint64_t questions) { questions_left_ = questions; }
  void resume() { questions_left_ = never; }
  void set_seed(std::uint64_t seed) { seed_ = seed; }
  void set_dry_run(bool dry) { dry_run_ = dry; }
  /// The announcement date of the run, "YYYY-MM-DD", as judge and estimate are told it; fetch is told that of
  /// its day, deliver that of its digest. At first empty: none is known.
  void set_date(std::string date) {
    edit([&] { date_ = std::move(date); });
  }
  void set_attempt(std::uint32_t attempt) { attempt_ = attempt; }
  /// Milliseconds granted to each call.
  void set_granted_ms(std::int64_t ms) { granted_ms_ = ms; }

  // ---- What happened ----

  [[nodiscard]] std::vector<LogLine> log() const { return read(log_); }
  /// Whether a log line of any level contains these words.
  [[nodiscard]] bool logged(std::string_view words) const {
    const auto lines = log();
    return std::any_of(lines.begin(), lines.end(),
                       [&](const LogLine& line) { return line.text.find(words) != std::string::npos; });
  }
  /// Committed files by path; "-" is what went to standard output, one after the other.
  [[nodiscard]] std::map<std::string, std::string> files() const { return read(files_); }
  [[nodiscard]] std::vector<Mail> mails() const { return read(mails_); }
  [[nodiscard]] std::vector<UsageRow> usage() const { return read(usage_); }
  /// Sums by category and key.
  [[nodiscard]] std::map<std::pair<std::string, std::string>, std::uint64_t> counts() const {
    return read(counts_);
  }
  /// The sum of a category over its keys.
  [[nodiscard]] std::uint64_t count(std::string_view category) const {
    std::uint64_t sum = 0;
    for (const auto& [key, n] : counts())
      if (key.first == category) sum += n;
    return sum;
  }
  [[nodiscard]] std::string prompt() const { return read(prompt_); }
  [[nodiscard]] std::uint64_t budget_questions() const { return budget_questions_; }
  [[nodiscard]] std::vector<Progress> progress() const { return read(progress_); }
  [[nodiscard]] std::uint64_t cancel_questions() const { return cancel_questions_; }

  /// Everything a real host would refuse or complain of so far, one sentence each. A good test ends with
  /// this being empty.
  [[nodiscard]] std::vector<std::string> violations() const { return read(violations_); }

  // ---- The store of an instance, from outside ----

  void put(const std::string& instance, const std::string& key, std::string value,
           std::uint64_t ttl_seconds = 0) {
    const std::int64_t end = ttl_seconds == 0
                                 ? std::numeric_limits<std::int64_t>::max()
                                 : clock_.now_ms() + static_cast<std::int64_t>(ttl_seconds) * 1000;
    edit([&] { store_[{instance, key}] = {std::move(value), end}; });
  }
  /// Nothing when it was never put or its time is over.
  [[nodiscard]] std::optional<std::string> get(const std::string& instance, const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto at = store_.find({instance, key});
    if (at == store_.end() || at->second.end_ms <= clock_.now_ms()) return std::nullopt;
    return at->second.value;
  }

 private:
  friend struct detail::Services;
  friend class CallContext;
  friend class Component;
  static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

  struct Stored {
    std::string value;
    std::int64_t end_ms = 0;
  };
  struct OpenFile {
    std::string path, bytes, instance;
  };

  template <class F>
  void edit(F&& change) {
    const std::lock_guard lock(mutex_);
    change();
  }
  template <class T>
  [[nodiscard]] T read(const T& member) const {
    const std::lock_guard lock(mutex_);
    return member;
  }
  void violation(std::string sentence) {
    edit([&] { violations_.push_back(std::move(sentence)); });
  }
  void check_text(std::string_view words, const std::string& what) {
    if (!is_utf8(words)) violation(what + " is not UTF-8.");
  }
  bool ask_cancelled() {
    ++cancel_questions_;
    std::uint64_t left = questions_left_;
    while (left != 0 && left != never && !questions_left_.compare_exchange_weak(left, left - 1)) {
    }
    return left == 0;
  }

  mutable std::mutex mutex_;
  FakeClock clock_;
  FakeHttp http_;
  std::set<std::string> absent_;
  std::map<std::string, const void*> replaced_;
  std::map<std::string, std::string> secrets_;
  std::set<std::string> revealed_;
  std::map<std::string, std::string> refused_;
  std::string mail_refusal_;
  std::string contact_ = "test@example.org";
  std::string date_;
  std::vector<LogLine> log_;
  std::map<std::pair<std::string, std::string>, Stored> store_;
  std::map<std::uint64_t, OpenFile> open_files_;
  std::uint64_t last_file_ = 0;
  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> written_;  // since the delivery began
  std::vector<Mail> mails_;
  std::vector<UsageRow> usage_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts_;
  std::string prompt_;
  std::uint64_t tokens_ = never;
  double dollars_ = std::numeric_limits<double>::infinity();
  std::vector<Progress> progress_;
  std::vector<std::string> violations_;
  std::atomic<std::uint64_t> budget_questions_{0}, cancel_questions_{0}, questions_left_{never},
      most_papers_{never};
  std::atomic<std::uint64_t> seed_{1};
  std::atomic<std::int64_t> granted_ms_{std::numeric_limits<std::int64_t>::max()};
  std::atomic<std::uint32_t> attempt_{1};
  std::atomic<bool> dry_run_{false};
};

}  // namespace gleaner::testkit
