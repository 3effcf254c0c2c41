// SPDX-License-Identifier: Apache-2.0
// A component under test, made and called through its C descriptor only, as a real host does it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/cpp/descriptor.hpp>
#include <gleaner/testkit/batch.hpp>
#include <gleaner/testkit/config.hpp>
#include <gleaner/testkit/digest.hpp>
#include <gleaner/testkit/sink.hpp>

namespace gleaner::testkit {

/// One instance. The host must outlive it. The drivers may be called from several threads; they take turns,
/// unless the component is declared CONCURRENT. A driver of another kind of component answers with
/// GLEANER_UNSUPPORTED.
class Component {
 public:
  /// Throws BadSettings when the settings do not fit the option table, and gleaner::Error with the
  /// component's own status, option and sentence when `create` fails. `instance`: the component's name in the
  /// pipeline.
  Component(FakeHost& host, const gleaner_component& descriptor, const Settings& settings = {},
            const std::string& instance = {})
      : component_(detail::sized_copy<gleaner_component>(&descriptor)),
        handle_(host, instance.empty() ? std::string(view(component_.name)) : instance,
                component_.capabilities) {
    check_descriptor();
    const detail::Config config(component_, settings, handle_.instance, host.read(host.contact_));
    allow_servers(config.raw());
    name_axes(config.axes());
    CallContext call(handle_, component_, "create");
    const auto outcome = call.finish(component_.create(&handle_.raw, call.raw(), &config.raw(), &instance_));
    if (!outcome.ok()) throw Error(outcome.message, outcome.status, outcome.option);
  }
  Component(const Component&) = delete;
  Component& operator=(const Component&) = delete;
  ~Component() {
    component_.destroy(instance_);
    close_files("destroy");
  }

  /// Asks a source for a day.
  [[nodiscard]] Fetched fetch(const Wanted& wanted = {}) {
    Fetched out;
    if (component_.kind != GLEANER_SOURCE) return out.error = unsupported("fetch"), out;
    const auto turn = take_turn();
    CallContext call(handle_, component_, "fetch", wanted.date);
    const std::string today = wanted.today.empty() ? calendar_day() : wanted.today;
    gleaner_day day{};
    day.size = sizeof day;
    day.date = text(wanted.date);
    day.today = text(today);
    day.explicit_date = !wanted.date.empty() && wanted.is_explicit ? 1 : 0;
    std::vector<gleaner_str> holidays;
    for (const auto& holiday : wanted.holidays)
      holidays.push_back(text(holiday));
    detail::set_holidays(day, holidays);
    detail::FakeSink sink(call, wanted, handle_.fake.most_papers_);
    const auto functions = detail::sized_copy<gleaner_source>(component_.functions);
    out.error = call.finish(functions.fetch(instance_, call.raw(), &day, sink.raw()));
    sink.finish(out);
    out.violations = call.violations();
    return out;
  }
  [[nodiscard]] Fetched fetch(std::string date) { return fetch(Wanted{std::move(date)}); }

  /// Lets a stage judge, in batches as it declares them (256, or all at once with GLEANER_WHOLE_DAY). After a
  /// batch that fails the others are not judged: their papers come back as they were preset.
  [[nodiscard]] Judged judge(const std::vector<NewPaper>& papers) { return run_stage(papers, "judge"); }

  /// Asks a stage what judging would cost; the answer is in FakeHost::usage.
  [[nodiscard]] Outcome estimate(const std::vector<NewPaper>& papers) {
    return run_stage(papers, "estimate").error;
  }

  /// Gives an output its digest: deliver, or begin, write for every run of papers, and end. After a begin
  /// that fails nothing else is called; after a write that fails, end with its status.
  [[nodiscard]] Delivered deliver(const DigestPage& page);
  [[nodiscard]] Delivered deliver(std::vector<DigestEntry> papers, std::string json = {}) {
    DigestPage page;
    page.papers = std::move(papers);
    page.json = std::move(json);
    return deliver(page);
  }

  /// GLEANER_UNSUPPORTED when the component declares no health function.
  [[nodiscard]] Outcome health() {
    const auto function = health_function();
    if (function == nullptr) return unsupported("health");
    const auto turn = take_turn();
    CallContext call(handle_, component_, "health");
    return call.finish(function(instance_, call.raw()));
  }

  [[nodiscard]] std::string name() const { return detail::owned(component_.name); }
  [[nodiscard]] const gleaner_component& descriptor() const { return component_; }
  /// The axes of a stage, as declared or as its option `axes` names them. The range of one the descriptor
  /// does not declare is that of the first declared one, or 1 to 10.
  [[nodiscard]] std::vector<std::string> axes() const {
    std::vector<std::string> out;
    for (const auto& axis : axes_)
      out.push_back(axis.name);
    return out;
  }

 private:
  [[nodiscard]] std::unique_lock<std::mutex> take_turn() {
    return (component_.capabilities & GLEANER_CONCURRENT) != 0 ? std::unique_lock<std::mutex>()
                                                               : std::unique_lock<std::mutex>(turn_);
  }
  [[nodiscard]] Outcome unsupported(const std::string& what) const {
    return {GLEANER_UNSUPPORTED, {}, name() + " has no " + what + "."};
  }
  [[nodiscard]] std::string calendar_day() const {
    const auto now = handle_.fake.clock().now_ms();
    const auto zone =
        component_.calendar == nullptr ? std::string_view("UTC") : view(component_.calendar->time_zone);
    return FakeClock::date_in(now, zone).value_or(FakeClock::date_in(now, "UTC").value());
  }
  [[nodiscard]] std::int32_t (*health_function() const)(void*, const gleaner_call*) {
    if (component_.kind == GLEANER_SOURCE)
      return detail::sized_copy<gleaner_source>(component_.functions).health;
    if (component_.kind == GLEANER_OUTPUT)
      return detail::sized_copy<gleaner_output>(component_.functions).health;
    return detail::sized_copy<gleaner_stage>(component_.functions).health;
  }

  Judged run_stage(const std::vector<NewPaper>& papers, const std::string& what);
  void stream(const gleaner_output& functions, const DigestPage& page, const detail::BorrowedDigest& digest,
              CallContext& call, Delivered& out);
  void check_descriptor();
  void allow_servers(const gleaner_config& config);
  void name_axes(const std::vector<std::string>& named);
  void close_files(const std::string& when);

  gleaner_component component_;
  detail::Handle handle_;
  std::vector<detail::AxisRange> axes_;
  void* instance_ = nullptr;
  std::mutex turn_;
};

inline Judged Component::run_stage(const std::vector<NewPaper>& papers, const std::string& what) {
  Judged out;
  out.axes = axes();
  if (component_.kind != GLEANER_FILTER && component_.kind != GLEANER_SCORER)
    return out.error = unsupported(what), out;
  const auto functions = detail::sized_copy<gleaner_stage>(component_.functions);
#if GLEANER_TARGET_MINOR >= 1
  const auto function = what == "estimate" ? functions.estimate : functions.judge;
#else
  const auto function = what == "estimate" ? nullptr : functions.judge;
#endif
  if (function == nullptr) return out.error = unsupported(what), out;
  const auto turn = take_turn();
  const std::size_t declared = component_.batch == 0 ? 256 : component_.batch;
  const std::size_t step =
      (component_.capabilities & GLEANER_WHOLE_DAY) != 0 ? std::max<std::size_t>(papers.size(), 1) : declared;
  for (std::size_t at = 0; at < papers.size(); at += step) {
    CallContext call(handle_, component_, what, handle_.fake.read(handle_.fake.date_));
    detail::FakeBatch batch(call, axes_, papers.data() + at, std::min(step, papers.size() - at));
    if (out.error.ok()) out.error = call.finish(function(instance_, call.raw(), batch.raw()));
    batch.finish(out.papers);
    const auto said = call.violations();
    out.violations.insert(out.violations.end(), said.begin(), said.end());
  }
  return out;
}

inline Delivered Component::deliver(const DigestPage& page) {
  Delivered out;
  if (component_.kind != GLEANER_OUTPUT) return out.error = unsupported("deliver"), out;
  const auto turn = take_turn();
  const auto functions = detail::sized_copy<gleaner_output>(component_.functions);
  const detail::BorrowedDigest digest(page);
  handle_.fake.edit([&] { handle_.fake.written_.clear(); });
  CallContext call(handle_, component_, "deliver", page.date);
  if ((component_.capabilities & GLEANER_STREAMS) != 0)
    stream(functions, page, digest, call, out);
  else
    out.error = call.finish(functions.deliver(instance_, call.raw(), &digest.whole()));
  close_files("deliver");
  handle_.fake.edit([&] { out.files = handle_.fake.written_; });
  out.violations = call.violations();
  return out;
}

inline void Component::stream(const gleaner_output& functions, const DigestPage& page,
                              const detail::BorrowedDigest& digest, CallContext& call, Delivered& out) {
  const gleaner_digest head = digest.head();
  const auto& papers = digest.papers();
  auto status = functions.begin(instance_, call.raw(), &head);
  if (status != GLEANER_OK) {
    out.error = call.finish(status);
    return;
  }
  const std::size_t step = std::max<std::size_t>(page.run_length, 1);
  for (std::size_t at = 0; status == GLEANER_OK && at < papers.size(); at += step)
    status = functions.write(instance_, call.raw(), papers.data() + at, std::min(step, papers.size() - at));
  const auto ended = functions.end(instance_, call.raw(), status);
  out.error = call.finish(status == GLEANER_OK ? ended : status);
}

inline void Component::check_descriptor() {
  auto& fake = handle_.fake;
  const auto wrong = [&](const std::string& what) {
    fake.violation("The descriptor of " + name() + " " + what);
  };
  const auto known = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  if (name().empty() || name().find_first_not_of(known) != std::string::npos)
    wrong("has a name a host refuses.");
  if (detail::owned(component_.summary).empty()) wrong("has no summary.");
  for (std::uint64_t i = 0; i < component_.option_count; ++i) {
    const auto option = detail::element(component_.options, i, component_.option_stride);
    const std::string what = "has an option \"" + detail::owned(option.name) + "\" ";
    if (!is_snake_case(view(option.name))) wrong(what + "whose name is not lower_snake_case.");
    if (view(option.doc).empty()) wrong(what + "without a doc.");
    if ((option.flags & GLEANER_OPTION_REQUIRED) != 0 && option.fallback.size != 0)
      wrong(what + "that is required and has a default.");
  }
  const bool declares = (component_.capabilities & GLEANER_HEALTH) != 0;
  if (declares != (health_function() != nullptr))
    wrong("declares GLEANER_HEALTH otherwise than its function table has it.");
}

/// A default's address is the component's own word: it must be declared like others.
inline void Component::allow_servers(const gleaner_config& config) {
  for (std::uint64_t i = 0; i < component_.need_count; ++i) {
    const auto need = detail::element(component_.needs, i, component_.need_stride);
    if (need.kind == GLEANER_NEEDS_HOST) handle_.servers.allow(view(need.name));
  }
  for (std::uint64_t i = 0; i < config.value_count; ++i) {
    const auto value = detail::element(config.values, i, config.value_stride);
    if (value.given == 0) continue;
    handle_.servers.allow_address(view(value.text));
    if (value.type == GLEANER_TYPE_TABLE) handle_.servers.allow_addresses_in(view(value.text));
    for (const auto& item : detail::owned(value.items, value.item_count))
      handle_.servers.allow_address(item);
  }
}

inline void Component::name_axes(const std::vector<std::string>& named) {
  std::vector<detail::AxisRange> declared;
  for (std::uint64_t i = 0; i < component_.axis_count; ++i) {
    const auto axis = detail::element(component_.axes, i, component_.axis_stride);
    declared.push_back({detail::owned(axis.name), axis.lowest, axis.highest});
  }
  axes_ = declared;
  if ((component_.capabilities & GLEANER_NAMES_AXES) == 0 || named.empty()) return;
  axes_.clear();
  for (const auto& name : named) {
    detail::AxisRange range = declared.empty() ? detail::AxisRange{} : declared.front();
    for (const auto& candidate : declared)
      if (candidate.name == name) range = candidate;
    range.name = name;
    axes_.push_back(std::move(range));
  }
}

/// What an output begins it must finish before its call returns.
inline void Component::close_files(const std::string& when) {
  auto& fake = handle_.fake;
  fake.edit([&] {
    std::erase_if(fake.open_files_, [&](const auto& open) {
      if (open.second.instance != handle_.instance) return false;
      fake.violations_.push_back(handle_.instance + " left " + open.second.path +
                                 " neither committed nor abandoned after " + when + ".");
      return true;
    });
  });
}

/// The descriptor gleaner::detail makes of a component class, as GLEANER_PLUGIN exports it.
template <class T>
[[nodiscard]] const gleaner_component& descriptor() {
  return gleaner::detail::Components<T>::all[0];
}

/// `auto words = make<Words>(host, {{"words", list("moe")}, {"weight", 2.0}});` See Component's constructor.
template <class T>
Component make(FakeHost& host, const Settings& settings = {}, const std::string& instance = {}) {
  return Component(host, descriptor<T>(), settings, instance);
}

/// The same for any descriptor: of a plugin in C, or of a library a test has opened.
inline Component make(FakeHost& host, const gleaner_component& from, const Settings& settings = {},
                      const std::string& instance = {}) {
  return Component(host, from, settings, instance);
}

}  // namespace gleaner::testkit
