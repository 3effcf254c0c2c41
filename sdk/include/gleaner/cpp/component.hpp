// SPDX-License-Identifier: Apache-2.0
// The four interfaces. Derive from one, have the functions it lists, and name the component in `about`:
//
//   Source   void fetch(const gleaner::Day&, gleaner::Sink&)
//   Filter   gleaner::Verdict judge(const gleaner::Paper&)       or  void judge(const gleaner::Batch&)
//   Scorer   gleaner::Score score(const gleaner::Paper&)         or  void judge(const gleaner::Batch&)
//   Output   std::string render(const gleaner::Digest&)          text for the option `path`
//            or  void deliver(const gleaner::Digest&)
//            or  void begin(const gleaner::Digest&), void write(const gleaner::Call&, std::span<const
//            gleaner::Entry>),
//                void end(const gleaner::Call&, bool complete)
//
// and, where there is use for them,
//
//   void start()                                 once, after `options` and `host` are set; check options here
//   void health(const gleaner::Call&)            for `gleaner check`: throw Error when something is missing
//   void estimate(const gleaner::Batch&)         stages: what judging would cost, through host.usage
//
// Threads: one at a time, unless `about` says concurrent().
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <gleaner/cpp/options.hpp>
#include <gleaner/cpp/paper.hpp>
#include <gleaner/cpp/services.hpp>
#include <gleaner/cpp/text.hpp>

namespace gleaner {

/// What every component has, all of it set before start().
template <class Options>
struct ComponentBase {
  using OptionsType = Options;
  Options options{};
  Host host{};
  std::string instance_name;  ///< the component's `name` in the pipeline
  std::string contact;        ///< the pipeline's `contact`: whom a server may write to, or empty
};

template <class Options = NoOptions>
struct Source : ComponentBase<Options> {
  static constexpr std::uint32_t kind = GLEANER_SOURCE;
};
template <class Options = NoOptions>
struct Filter : ComponentBase<Options> {
  static constexpr std::uint32_t kind = GLEANER_FILTER;
};
template <class Options = NoOptions>
struct Scorer : ComponentBase<Options> {
  static constexpr std::uint32_t kind = GLEANER_SCORER;
};
template <class Options = NoOptions>
struct Output : ComponentBase<Options> {
  static constexpr std::uint32_t kind = GLEANER_OUTPUT;
};

/// Room in `about` for small lists.
inline constexpr std::size_t max_axes = 8;
inline constexpr std::size_t max_needs = 8;

/// How a server wants to be asked, see gleaner_politeness.
struct Politeness {
  std::string_view group;
  std::chrono::milliseconds interval{0};
  std::uint32_t connections = 0;
  std::array<const char*, 4> wrong_bodies{};
  std::array<std::int32_t, 4> throttle_statuses{};
  std::array<const char*, 8> final_words{};  ///< in an error's body: not asked again
};

/// When a source announces, see gleaner_calendar. `holidays` must be a static constant.
struct Calendar {
  std::string_view time_zone;
  std::uint32_t weekdays = 0;  ///< bit 0 Monday … bit 6 Sunday
  std::span<const gleaner_str> holidays{};
};

/// A component's descriptor in the making. A constant: `static constexpr auto about =
/// gleaner::about(…).axis(…);`
template <class... Fields>
struct About {
  std::string_view name, summary;
  std::tuple<Fields...> fields;
  std::string_view version_text = "1.0.0", documentation_text{}, homepage_text{};
  std::uint32_t capabilities = 0;
  std::uint32_t batch_size = 0;
  std::array<gleaner_axis, max_axes> axes{};
  std::size_t axis_count = 0;
  std::array<gleaner_need, max_needs> needs{};
  std::size_t need_count = 0;
  Politeness politeness{};
  Calendar calendar{};

  [[nodiscard]] constexpr About version(std::string_view v) const { return set(&About::version_text, v); }
  /// Markdown for `gleaner describe`.
  [[nodiscard]] constexpr About documentation(std::string_view v) const {
    return set(&About::documentation_text, v);
  }
  [[nodiscard]] constexpr About homepage(std::string_view v) const { return set(&About::homepage_text, v); }
  /// A stage's axis, 1 to 10 unless said otherwise.
  [[nodiscard]] constexpr About axis(std::string_view axis_name, std::string_view doc, double lowest = 1,
                                     double highest = 10) const {
    About copy = *this;
    copy.axes[copy.axis_count++] = {sizeof(gleaner_axis), text(axis_name), text(doc), lowest, highest};
    return copy;
  }
  [[nodiscard]] constexpr About needs_host(std::string_view v, std::string_view doc) const {
    return need(v, doc, GLEANER_NEEDS_HOST);
  }
  [[nodiscard]] constexpr About needs_secret(std::string_view v, std::string_view doc) const {
    return need(v, doc, GLEANER_NEEDS_SECRET);
  }
  [[nodiscard]] constexpr About needs_file(std::string_view v, std::string_view doc) const {
    return need(v, doc, GLEANER_NEEDS_FILE);
  }
  [[nodiscard]] constexpr About concurrent() const { return can(GLEANER_CONCURRENT); }
  [[nodiscard]] constexpr About after_select() const { return can(GLEANER_AFTER_SELECT); }
  [[nodiscard]] constexpr About names_axes() const { return can(GLEANER_NAMES_AXES); }
  [[nodiscard]] constexpr About whole_day() const { return can(GLEANER_WHOLE_DAY); }
  [[nodiscard]] constexpr About remote() const { return can(GLEANER_REMOTE); }
  [[nodiscard]] constexpr About paid() const { return can(GLEANER_PAID | GLEANER_REMOTE); }
  /// A stage's largest batch.
  [[nodiscard]] constexpr About batch(std::uint32_t papers) const { return set(&About::batch_size, papers); }
  [[nodiscard]] constexpr About polite(const Politeness& v) const { return set(&About::politeness, v); }
  [[nodiscard]] constexpr About announces(const Calendar& v) const { return set(&About::calendar, v); }

 private:
  template <class T>
  [[nodiscard]] constexpr About set(T About::*member, const T& value) const {
    About copy = *this;
    copy.*member = value;
    return copy;
  }
  [[nodiscard]] constexpr About can(std::uint32_t capability) const {
    return set(&About::capabilities, capabilities | capability);
  }
  [[nodiscard]] constexpr About need(std::string_view v, std::string_view doc,
                                     std::uint32_t need_kind) const {
    About copy = *this;
    copy.needs[copy.need_count++] = {sizeof(gleaner_need), text(v), text(doc), need_kind, 0};
    return copy;
  }
};

/// Name (as `use` names it), one line, and the option table.
template <class... Fields>
[[nodiscard]] constexpr About<Fields...> about(std::string_view name, std::string_view summary,
                                               Fields... fields) {
  About<Fields...> out{};
  out.name = name;
  out.summary = summary;
  out.fields = std::tuple<Fields...>(fields...);
  return out;
}

// What each kind must have. A component that lacks it gets the static_assert below GLEANER_PLUGIN, by name.
template <class T>
concept HasFetch = requires(T& t, const Day& day, Sink& sink) {
  { t.fetch(day, sink) } -> std::same_as<void>;
};
template <class T>
concept JudgesPapers = requires(T& t, const Paper& paper) {
  { t.judge(paper) } -> std::same_as<Verdict>;
};
template <class T>
concept ScoresPapers = requires(T& t, const Paper& paper) {
  { t.score(paper) } -> std::convertible_to<Score>;
};
template <class T>
concept JudgesBatches = requires(T& t, const Batch& batch) {
  { t.judge(batch) } -> std::same_as<void>;
};
template <class T>
concept Renders = requires(T& t, const Digest& digest) {
  { t.render(digest) } -> std::convertible_to<std::string>;
  { t.options.path } -> std::convertible_to<Path>;
};
template <class T>
concept Delivers = requires(T& t, const Digest& digest) {
  { t.deliver(digest) } -> std::same_as<void>;
};
template <class T>
concept Streams = requires(T& t, const Digest& digest, const Call& call, std::span<const Entry> entries,
                           bool complete) {
  { t.begin(digest) } -> std::same_as<void>;
  { t.write(call, entries) } -> std::same_as<void>;
  { t.end(call, complete) } -> std::same_as<void>;
};
template <class T>
concept HasHealth = requires(T& t, const Call& call) {
  t.health(call);
};
template <class T>
concept HasEstimate = requires(T& t, const Batch& batch) {
  t.estimate(batch);
};
template <class T>
concept HasStart = requires(T& t) {
  t.start();
};
// Whether there is a function of that name at all, to tell a wrong signature from none.
template <class T>
concept NamesStart = requires {
  &T::start;
};
template <class T>
concept NamesHealth = requires {
  &T::health;
};
template <class T>
concept NamesEstimate = requires {
  &T::estimate;
};

}  // namespace gleaner
