// SPDX-License-Identifier: Apache-2.0
// How far a message of several parts has come, remembered over tries and runs: what went is not sent again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

namespace gleaner::message {

/// The server surely did not take the message: it may be sent again without doubt. Throw it from a `send`.
class NotSent : public Error {
 public:
  using Error::Error;
};

/// What becomes of a part of which nobody knows whether it went (the machine failed between the sending and
/// the note of it, or the answer never came).
enum class Repeat {
  at_least_once,  ///< sent again: it may be there twice
  at_most_once,   ///< taken as sent: it may be missing
};

/// The option `repeat`: its two words, and what they mean.
inline constexpr const char* kAtLeastOnce = "at-least-once";
inline constexpr const char* kAtMostOnce = "at-most-once";
[[nodiscard]] Repeat repeat_of(std::string_view word);

/// The name of part `number` (from 1) that says `content`. A digest that was made again may cut its papers
/// into other parts: what says something else is another part, so that no paper is taken as sent that is not.
[[nodiscard]] std::string part_name(std::size_t number, std::string_view content);

/// How long a part is remembered. A failed delivery is not tried again after so long.
inline constexpr std::uint64_t kRememberedSeconds = std::uint64_t{90} * 24 * 3600;

/// The parts of one delivery. Kept in the component's own gleaner.store, so two outputs never meet. One
/// thread.
class Progress {
 public:
  /// `key` is the digest's: the same at every try, a new one for another date. The host is borrowed by value.
  Progress(const Host& host, std::string key, Repeat repeat);

  /// Calls `send` unless the part of this name went on an earlier try; returns what `send` returned now or
  /// then (an id that a later part needs). "begun" is noted before, "sent" after, each of them on the disk
  /// before the next step. When `send` throws NotSent the note is withdrawn; after any other error the part
  /// stays begun. A begun part is sent again or taken as sent, as `repeat` says; taken as sent, it returns
  /// "". `name` is short, at most 128 bytes, and the same at every try.
  std::string once(std::string_view name, const std::function<std::string()>& send);

  /// Whether the part went on an earlier try, surely or as `repeat` takes it.
  [[nodiscard]] bool is_done(std::string_view name) const;

 private:
  [[nodiscard]] std::string place_of(std::string_view name) const;

  Host host_;
  std::string key_;
  Repeat repeat_;
};

}  // namespace gleaner::message
