// SPDX-License-Identifier: Apache-2.0
// From a component class to the constants of abi.h: function tables, descriptors, the exported symbol.
// Nothing here runs when a plugin is inspected: all of it is constant-initialised.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <gleaner/cpp/component.hpp>

#ifndef GLEANER_MIN_HOST_MINOR
/// The lowest host minor a plugin works with; define it before including plugin.hpp when a newer field is not
/// optional for it.
#define GLEANER_MIN_HOST_MINOR 0
#endif

namespace gleaner::detail {

constexpr gleaner_str literal(const char* words) {
  return words == nullptr ? gleaner_str{} : text(std::string_view(words));
}

inline std::int32_t fail(const gleaner_call* call, std::int32_t status, std::string_view option,
                         std::string_view sentence) noexcept {
  return call->fail(call, status == GLEANER_OK ? GLEANER_FAILED : status, text(option), text(sentence));
}

/// Every entry goes through here: an exception becomes a status and a sentence.
template <class F>
std::int32_t guarded(const gleaner_call* call, F&& body) noexcept {
  try {
    std::forward<F>(body)();
    return GLEANER_OK;
  } catch (const Sink::Stopped& stopped) {
    return stopped.status;
  } catch (const Error& error) {
    return fail(call, error.status(), error.option(), error.what());
  } catch (const std::bad_alloc&) {
    return fail(call, GLEANER_FAILED, {}, "There was not enough memory.");
  } catch (const std::exception& error) {
    return fail(call, GLEANER_FAILED, {}, error.what());
  } catch (...) {
    return fail(call, GLEANER_FAILED, {}, "The plugin threw something that is not a std::exception.");
  }
}

template <class T>
std::int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                    void** instance) noexcept {
  return guarded(call, [&] {
    auto made = std::make_unique<T>();
    made->host = Host(*host);
    made->instance_name = std::string(view(config->instance));
    made->contact = std::string(view(config->contact));
    fill(made->options, T::about.fields, *config);
    if constexpr (HasStart<T>) made->start();
    *instance = made.release();
  });
}

template <class T>
void destroy(void* instance) noexcept {
  const std::unique_ptr<T> owned(static_cast<T*>(instance));
}

template <class T>
std::int32_t health(void* instance, const gleaner_call* call) noexcept {
  return guarded(call, [&] { static_cast<T*>(instance)->health(Call(*call)); });
}

template <class T>
std::int32_t fetch(void* instance, const gleaner_call* call, const gleaner_day* day,
                   const gleaner_sink* sink) noexcept {
  return guarded(call, [&] {
    Sink to(*sink, *call);
    if constexpr (HasFetch<T>) static_cast<T*>(instance)->fetch(Day(*day), to);
  });
}

template <class T>
void judge_each(T& component, const Batch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if constexpr (ScoresPapers<T>) {
      const Score score = component.score(batch[i]);
      for (std::size_t axis = 0; axis < score.axes.size() && axis < batch.axis_count(); ++axis)
        batch.score(i, axis, score.axes[axis]);
      if (!score.comment.empty()) batch.comment(i, score.comment);
    } else if constexpr (JudgesPapers<T>) {  // neither: Descriptor's static_assert is the one error
      const Verdict verdict = component.judge(batch[i]);
      if (verdict.verdict == GLEANER_DROP) batch.drop(i, verdict.reason);
      if (verdict.verdict == GLEANER_PICK) batch.pick(i, verdict.total, verdict.reason);
    }
  }
}

template <class T>
std::int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* raw) noexcept {
  return guarded(call, [&] {
    const Batch batch(*raw, *call);
    if constexpr (JudgesBatches<T>)
      static_cast<T*>(instance)->judge(batch);
    else
      judge_each(*static_cast<T*>(instance), batch);
  });
}

template <class T>
std::int32_t estimate(void* instance, const gleaner_call* call, const gleaner_batch* raw) noexcept {
  return guarded(call, [&] { static_cast<T*>(instance)->estimate(Batch(*raw, *call)); });
}

template <class T>
std::int32_t deliver(void* instance, const gleaner_call* call, const gleaner_digest* raw) noexcept {
  return guarded(call, [&] {
    const Digest digest(*raw, *call);
    T& output = *static_cast<T*>(instance);
    if constexpr (Renders<T>) {
      const std::string page = output.render(digest);
      output.host.write_file(digest.call(), output.options.path, page);
    } else {
      output.deliver(digest);
    }
  });
}

template <class T>
std::int32_t begin(void* instance, const gleaner_call* call, const gleaner_digest* raw) noexcept {
  return guarded(call, [&] { static_cast<T*>(instance)->begin(Digest(*raw, *call)); });
}

template <class T>
std::int32_t write(void* instance, const gleaner_call* call, const gleaner_entry* const* papers,
                   std::uint64_t count) noexcept {
  return guarded(call, [&] {
    std::vector<Entry> entries;
    entries.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i)
      entries.emplace_back(*papers[i]);
    static_cast<T*>(instance)->write(Call(*call), std::span<const Entry>(entries));
  });
}

template <class T>
std::int32_t end(void* instance, const gleaner_call* call, std::int32_t status) noexcept {
  return guarded(call, [&] { static_cast<T*>(instance)->end(Call(*call), status == GLEANER_OK); });
}

template <class T>
constexpr auto health_of() -> std::int32_t (*)(void*, const gleaner_call*) {
  if constexpr (HasHealth<T>)
    return &health<T>;
  else
    return nullptr;
}

/// The constants of one component.
template <class T>
struct Descriptor {
  static_assert(T::kind != GLEANER_SOURCE || HasFetch<T>,
                "a Source must have: void fetch(const gleaner::Day&, gleaner::Sink&)");
  static_assert(T::kind != GLEANER_FILTER || JudgesPapers<T> || JudgesBatches<T>,
                "a Filter must have: gleaner::Verdict judge(const gleaner::Paper&), or void judge(const "
                "gleaner::Batch&)");
  static_assert(T::kind != GLEANER_SCORER || ScoresPapers<T> || JudgesBatches<T>,
                "a Scorer must have: gleaner::Score score(const gleaner::Paper&), or void judge(const "
                "gleaner::Batch&)");
  static_assert(T::kind != GLEANER_OUTPUT || Renders<T> || Delivers<T> || Streams<T>,
                "an Output must have: std::string render(const gleaner::Digest&) and an option "
                "`gleaner::Path path`, or void "
                "deliver(const gleaner::Digest&), or begin, write and end");
  // A function of the right name that cannot be called so would silently never be called.
  static_assert(!NamesStart<T> || HasStart<T>, "start must be: void start()");
  static_assert(!NamesHealth<T> || HasHealth<T>, "health must be: void health(const gleaner::Call&)");
  static_assert(!NamesEstimate<T> || HasEstimate<T>,
                "estimate must be: void estimate(const gleaner::Batch&)");

  static constexpr std::size_t option_count = std::tuple_size_v<decltype(T::about.fields)>;
  static constexpr std::array<gleaner_option, option_count + 1> options = std::apply(
      [](const auto&... field) {
        return std::array<gleaner_option, option_count + 1>{field.descriptor()..., gleaner_option{}};
      },
      T::about.fields);

  static constexpr std::size_t wrong_body_count = [] {
    std::size_t n = 0;
    for (const char* body : T::about.politeness.wrong_bodies)
      n += body == nullptr ? 0u : 1u;
    return n;
  }();
  static constexpr std::array<gleaner_str, 4> wrong_bodies = {
      literal(T::about.politeness.wrong_bodies[0]), literal(T::about.politeness.wrong_bodies[1]),
      literal(T::about.politeness.wrong_bodies[2]), literal(T::about.politeness.wrong_bodies[3])};
  static constexpr std::size_t throttle_count = [] {
    std::size_t n = 0;
    for (const auto status : T::about.politeness.throttle_statuses)
      n += status == 0 ? 0u : 1u;
    return n;
  }();
  static constexpr std::size_t final_word_count = [] {
    std::size_t n = 0;
    for (const char* word : T::about.politeness.final_words)
      n += word == nullptr ? 0u : 1u;
    return n;
  }();
  static constexpr auto final_words = [] {
    std::array<gleaner_str, 8> out{};
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = literal(T::about.politeness.final_words[i]);
    return out;
  }();
  static constexpr gleaner_politeness politeness = [] {
    gleaner_politeness out{};
    out.size = sizeof out;
    out.group = text(T::about.politeness.group);
    out.wrong_bodies = wrong_bodies.data();
    out.wrong_body_count = wrong_body_count;
    out.throttle_statuses = T::about.politeness.throttle_statuses.data();
    out.throttle_status_count = throttle_count;
    out.interval_ms = static_cast<std::uint32_t>(T::about.politeness.interval.count());
    out.connections = T::about.politeness.connections;
#if GLEANER_TARGET_MINOR >= 2
    out.final_words = final_words.data();
    out.final_word_count = final_word_count;
#endif
    return out;
  }();
  static constexpr gleaner_calendar calendar = {
      sizeof(gleaner_calendar),          text(T::about.calendar.time_zone), T::about.calendar.holidays.data(),
      T::about.calendar.holidays.size(), T::about.calendar.weekdays,        0};

  static constexpr auto functions = [] {
    if constexpr (T::kind == GLEANER_SOURCE) {
      return gleaner_source{sizeof(gleaner_source), &fetch<T>, health_of<T>()};
    } else if constexpr (T::kind == GLEANER_OUTPUT) {
      gleaner_output out{};
      out.size = sizeof out;
      if constexpr (Renders<T> || Delivers<T>) out.deliver = &deliver<T>;
      out.health = health_of<T>();
      if constexpr (Streams<T>) {
        out.begin = &begin<T>;
        out.write = &write<T>;
        out.end = &end<T>;
      }
      return out;
    } else {
      gleaner_stage out{};
      out.size = sizeof out;
      out.judge = &judge<T>;
      out.health = health_of<T>();
#if GLEANER_TARGET_MINOR >= 1
      if constexpr (HasEstimate<T>) out.estimate = &estimate<T>;
#endif
      return out;
    }
  }();

  static constexpr gleaner_component make() {
    gleaner_component out{};
    out.size = sizeof out;
    out.name = text(T::about.name);
    out.version = text(T::about.version_text);
    out.summary = text(T::about.summary);
    out.documentation = text(T::about.documentation_text);
    out.options = options.data();
    out.option_count = option_count;
    out.option_stride = sizeof(gleaner_option);
    out.axes = T::about.axes.data();
    out.axis_count = T::about.axis_count;
    out.axis_stride = sizeof(gleaner_axis);
    out.needs = T::about.needs.data();
    out.need_count = T::about.need_count;
    out.need_stride = sizeof(gleaner_need);
    out.politeness = T::about.politeness.group.empty() ? nullptr : &politeness;
    out.calendar = T::about.calendar.time_zone.empty() ? nullptr : &calendar;
    out.functions = &functions;
    out.create = &create<T>;
    out.destroy = &destroy<T>;
    out.kind = T::kind;
    out.capabilities =
        T::about.capabilities | (HasHealth<T> ? GLEANER_HEALTH : 0u) | (Streams<T> ? GLEANER_STREAMS : 0u);
    out.batch = T::about.batch_size;
#if GLEANER_TARGET_MINOR >= 1
    out.homepage = text(T::about.homepage_text);
#endif
    return out;
  }
};

template <class... T>
struct Components {
  static constexpr std::array<gleaner_component, sizeof...(T)> all = {Descriptor<T>::make()...};
};

}  // namespace gleaner::detail

/// Once a library, at namespace scope: the plugin's name, its version, its component classes. Define
/// GLEANER_PLUGIN_AUTHOR and GLEANER_PLUGIN_LICENSE before including plugin.hpp to name those.
#ifndef GLEANER_PLUGIN_AUTHOR
#define GLEANER_PLUGIN_AUTHOR ""
#endif
#ifndef GLEANER_PLUGIN_LICENSE
#define GLEANER_PLUGIN_LICENSE ""
#endif
#define GLEANER_PLUGIN(plugin_name, plugin_version, ...)                         \
  extern "C" {                                                                   \
  GLEANER_IN_STAMP_SECTION static constexpr gleaner_stamp gleaner_stamp_record = \
      GLEANER_STAMP_INIT(GLEANER_MIN_HOST_MINOR);                                \
  GLEANER_EXPORT extern constexpr gleaner_plugin gleaner_plugin_v1 = {           \
      sizeof(gleaner_plugin),                                                    \
      GLEANER_TARGET_MINOR,                                                      \
      GLEANER_MIN_HOST_MINOR,                                                    \
      &gleaner_stamp_record,                                                     \
      GLEANER_STR(plugin_name),                                                  \
      GLEANER_STR(plugin_version),                                               \
      GLEANER_STR(GLEANER_PLUGIN_AUTHOR),                                        \
      GLEANER_STR(GLEANER_PLUGIN_LICENSE),                                       \
      ::gleaner::detail::Components<__VA_ARGS__>::all.data(),                    \
      ::gleaner::detail::Components<__VA_ARGS__>::all.size(),                    \
      sizeof(gleaner_component)};                                                \
  }
