// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/message/progress.hpp"

#include <utility>

namespace gleaner::message {
namespace {

constexpr std::string_view kBegun = "begun";
constexpr std::string_view kSent = "sent ";  // and what `send` returned

}  // namespace

Repeat repeat_of(std::string_view word) {
  return word == kAtMostOnce ? Repeat::at_most_once : Repeat::at_least_once;
}

std::string part_name(std::size_t number, std::string_view content) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a: it need not resist anyone, only differ
  for (const char c : content)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  std::string out = std::to_string(number) + "-";
  for (int shift = 60; shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(hash >> shift) & 0xFU];
  return out;
}

Progress::Progress(const Host& host, std::string key, Repeat repeat)
    : host_(host), key_(std::move(key)), repeat_(repeat) {}

std::string Progress::place_of(std::string_view name) const {
  return "message/" + key_ + "/" + std::string(name);
}

bool Progress::is_done(std::string_view name) const {
  const auto note = host_.get(place_of(name));
  if (!note) return false;
  return note->starts_with(kSent) || repeat_ == Repeat::at_most_once;
}

std::string Progress::once(std::string_view name, const std::function<std::string()>& send) {
  const std::string place = place_of(name);
  if (const auto note = host_.get(place)) {
    if (note->starts_with(kSent)) return note->substr(kSent.size());
    const std::string part = "Nobody knows whether the part \"" + std::string(name) +
                             "\" of this message went on an earlier try; ";
    if (repeat_ == Repeat::at_most_once) {
      host_.warn(part + "it is taken as sent, as repeat = \"at-most-once\" says.");
      return {};
    }
    host_.info(part + "it is sent again, as repeat = \"at-least-once\" says.");
  }
  host_.put(place, kBegun, kRememberedSeconds);
  std::string answer;
  try {
    answer = send();
  } catch (const NotSent&) {
    host_.erase(place);
    throw;
  }
  host_.put(place, std::string(kSent) + answer, kRememberedSeconds);
  return answer;
}

}  // namespace gleaner::message
