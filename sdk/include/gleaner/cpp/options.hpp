// SPDX-License-Identifier: Apache-2.0
// The option table: one field() an option. It drives parsing, checks, JSON Schema, `gleaner describe` and the
// sample config.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <gleaner/cpp/text.hpp>

namespace gleaner {

struct NoOptions {};

namespace detail {

/// Of a type no option may have; field() says so. Enough to go on, so that its sentence is the only error.
template <class T>
struct OptionTraits {
  static constexpr std::uint32_t type = 0;
  static void set(T&, const gleaner_value&) {}
};

template <std::uint32_t Type>
struct OptionTraitsOf {
  static constexpr std::uint32_t type = Type;
};

template <>
struct OptionTraits<std::string> : OptionTraitsOf<GLEANER_TYPE_STRING> {
  static void set(std::string& to, const gleaner_value& from) { to = std::string(view(from.text)); }
};
template <>
struct OptionTraits<bool> : OptionTraitsOf<GLEANER_TYPE_BOOLEAN> {
  static void set(bool& to, const gleaner_value& from) { to = from.integer != 0; }
};
template <>
struct OptionTraits<double> : OptionTraitsOf<GLEANER_TYPE_NUMBER> {
  static void set(double& to, const gleaner_value& from) { to = from.number; }
};
template <class T>
requires std::is_integral_v<T>
struct OptionTraits<T> : OptionTraitsOf<GLEANER_TYPE_INTEGER> {
  static void set(T& to, const gleaner_value& from) {
    if (!std::in_range<T>(from.integer))
      throw invalid_option(std::string(view(from.name)), "The value of \"" + std::string(view(from.name)) +
                                                             "\" is too large or too small.");
    to = static_cast<T>(from.integer);
  }
};
template <>
struct OptionTraits<std::vector<std::string>> : OptionTraitsOf<GLEANER_TYPE_LIST> {
  static void set(std::vector<std::string>& to, const gleaner_value& from) {
    to.clear();
    for (std::uint64_t i = 0; i < from.item_count; ++i)
      to.emplace_back(view(from.items[i]));
  }
};
/// Numbers by name, in the file's order.
template <>
struct OptionTraits<std::vector<std::pair<std::string, double>>> : OptionTraitsOf<GLEANER_TYPE_MAP> {
  static void set(std::vector<std::pair<std::string, double>>& to, const gleaner_value& from) {
    to.clear();
    for (std::uint64_t i = 0; i < from.entry_count; ++i)
      to.emplace_back(view(from.entries[i].key), from.entries[i].value);
  }
};
template <>
struct OptionTraits<std::map<std::string, double>> : OptionTraitsOf<GLEANER_TYPE_MAP> {
  static void set(std::map<std::string, double>& to, const gleaner_value& from) {
    to.clear();
    for (std::uint64_t i = 0; i < from.entry_count; ++i)
      to[std::string(view(from.entries[i].key))] = from.entries[i].value;
  }
};
template <>
struct OptionTraits<std::chrono::milliseconds> : OptionTraitsOf<GLEANER_TYPE_DURATION> {
  static void set(std::chrono::milliseconds& to, const gleaner_value& from) {
    to = std::chrono::milliseconds(from.integer);
  }
};
template <>
struct OptionTraits<Path> : OptionTraitsOf<GLEANER_TYPE_PATH> {
  static void set(Path& to, const gleaner_value& from) { to.text = std::string(view(from.text)); }
};
template <>
struct OptionTraits<Secret> : OptionTraitsOf<GLEANER_TYPE_SECRET> {
  static void set(Secret& to, const gleaner_value& from) { to.handle = std::string(view(from.text)); }
};
template <>
struct OptionTraits<Json> : OptionTraitsOf<GLEANER_TYPE_TABLE> {
  static void set(Json& to, const gleaner_value& from) { to.text = std::string(view(from.text)); }
};
template <class T>
struct OptionTraits<std::optional<T>> : OptionTraitsOf<OptionTraits<T>::type> {
  static void set(std::optional<T>& to, const gleaner_value& from) {
    OptionTraits<T>::set(to.emplace(), from);
  }
};

}  // namespace detail

/// Most choices one option may list.
inline constexpr std::size_t max_choices = 16;

/// One option of a component's Options struct. Build it with field() and the functions below, which chain.
template <class Options, class T>
struct Field {
  std::string_view name;
  T Options::*member;
  std::string_view doc;
  std::string_view fallback_text{};
  std::string_view example_text{};
  std::array<gleaner_str, max_choices> choice_texts{};
  std::size_t choice_count = 0;
  double lowest = 0;
  double highest = 0;
  std::uint32_t flags = 0;

  /// Must be given.
  [[nodiscard]] constexpr Field required() const { return with(GLEANER_OPTION_REQUIRED); }
  /// Still read, but lint warns with the doc text.
  [[nodiscard]] constexpr Field deprecated() const { return with(GLEANER_OPTION_DEPRECATED); }
  /// The default as written in the pipeline file; strings, paths, durations and the like without quotes. It
  /// reaches the Options struct like a given value. Without one the member keeps its initialiser when the
  /// option is absent.
  [[nodiscard]] constexpr Field fallback(std::string_view written) const {
    Field copy = *this;
    copy.fallback_text = written;
    return copy;
  }
  /// A value for sample configurations, written like a fallback.
  [[nodiscard]] constexpr Field example(std::string_view written) const {
    Field copy = *this;
    copy.example_text = written;
    return copy;
  }
  /// Bounds, inclusive; milliseconds for durations.
  [[nodiscard]] constexpr Field within(double least, double most) const {
    Field copy = with(GLEANER_OPTION_BOUNDED);
    copy.lowest = least;
    copy.highest = most;
    return copy;
  }
  /// The only values allowed (for a list: of its elements). Makes a string option an enum.
  template <class... Words>
  requires(sizeof...(Words) <= max_choices) [[nodiscard]] constexpr Field choices(Words... words) const {
    Field copy = *this;
    copy.choice_count = 0;
    ((copy.choice_texts[copy.choice_count++] = text(std::string_view(words))), ...);
    return copy;
  }

  [[nodiscard]] constexpr std::uint32_t type() const {
    constexpr std::uint32_t plain = detail::OptionTraits<T>::type;
    return plain == GLEANER_TYPE_STRING && choice_count > 0 ? static_cast<std::uint32_t>(GLEANER_TYPE_ENUM)
                                                            : plain;
  }
  /// The C form; borrows from this field, which must be a static constant.
  [[nodiscard]] constexpr gleaner_option descriptor() const {
    gleaner_option out{};
    out.size = sizeof(gleaner_option);
    out.name = text(name);
    out.doc = text(doc);
    out.fallback = text(fallback_text);
    out.example = text(example_text);
    out.choices = choice_count > 0 ? choice_texts.data() : nullptr;
    out.choice_count = choice_count;
    out.lowest = lowest;
    out.highest = highest;
    out.type = type();
    out.flags = flags;
    return out;
  }

 private:
  [[nodiscard]] constexpr Field with(std::uint32_t flag) const {
    Field copy = *this;
    copy.flags |= flag;
    return copy;
  }
};

/// An option: its name in the pipeline file, the member of Options it fills, and one sentence about it.
/// The member is a std::string, bool, integer, double, std::chrono::milliseconds, std::vector<std::string>,
/// map of numbers (std::vector of pairs or std::map), Path, Secret, Json, or a std::optional of one of these.
template <class Options, class T>
[[nodiscard]] constexpr Field<Options, T> field(std::string_view name, T Options::*member,
                                                std::string_view doc) {
  static_assert(
      detail::OptionTraits<T>::type != 0,
      "an option must be a std::string, bool, integer, double, std::chrono::milliseconds, "
      "std::vector<std::string>, map of numbers, gleaner::Path, Secret or Json, or a std::optional of "
      "one of these");
  Field<Options, T> out{};
  out.name = name;
  out.member = member;
  out.doc = doc;
  return out;
}

namespace detail {

/// Puts the checked values of `config` into `options`.
template <class Options, class... F>
void fill(Options& options, const std::tuple<F...>& fields, const gleaner_config& config) {
  const auto* bytes = reinterpret_cast<const char*>(config.values);
  for (std::uint64_t i = 0; i < config.value_count; ++i) {
    const auto& value = *reinterpret_cast<const gleaner_value*>(bytes + i * config.value_stride);
    std::apply(
        [&](const auto&... field) {
          (void)((view(value.name) == field.name && field.type() == value.type
                      ? (detail::OptionTraits<std::decay_t<decltype(options.*field.member)>>::set(
                             options.*field.member, value),
                         true)
                      : false) ||
                 ...);
        },
        fields);
  }
}

}  // namespace detail
}  // namespace gleaner
