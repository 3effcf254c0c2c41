// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/message/patience.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <thread>
#include <utility>

#include <boost/json.hpp>

#include "plugins/common/message/progress.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::message {
namespace {

namespace bj = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds kLongestWait{120'000};  // as the host has it for headers
constexpr milliseconds kNap{100};              // an interrupt is noticed after that
constexpr int kMostRepeats = 5;
constexpr std::size_t kLongestQuote = 200;

// Nothing is under way then: whoever keeps a note of what was sent has to know.
void stop_if_cancelled(const Call& call) {
  if (call.cancelled()) throw NotSent("The run was interrupted.", GLEANER_CANCELLED);
}

void wait(const Call& call, milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  for (auto now = std::chrono::steady_clock::now(); now < end; now = std::chrono::steady_clock::now()) {
    stop_if_cancelled(call);
    std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(end - now, kNap));
  }
}

}  // namespace

bj::object object_in(const Response& response) {
  bj::error_code error;
  bj::parse_options limits;
  limits.max_depth = 16;
  bj::value value = bj::parse(response.body, error, {}, limits);
  if (error || !value.is_object()) return {};
  return std::move(value.get_object());
}

std::string text_in(const bj::object& object, std::string_view key) {
  const bj::value* value = object.if_contains(key);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->get_string());
  if (value->is_int64()) return std::to_string(value->get_int64());
  if (value->is_uint64()) return std::to_string(value->get_uint64());
  return {};
}

std::optional<double> number_in(const bj::object& object, std::string_view key) {
  const bj::value* value = object.if_contains(key);
  if (value == nullptr) return std::nullopt;
  double out = -1;
  if (value->is_number()) {
    out = value->to_number<double>();
  } else if (value->is_string()) {
    const std::string_view text = value->get_string();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  }
  if (!std::isfinite(out) || out < 0) return std::nullopt;
  return out;
}

const bj::object* object_in(const bj::object& object, std::string_view key) {
  const bj::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

std::string in_quotes(std::string_view words, std::string_view secret) {
  std::string line(words);
  if (!secret.empty())
    for (auto at = line.find(secret); at != std::string::npos; at = line.find(secret, at))
      line.replace(at, secret.size(), "\u2026");
  line = shortened(one_line(line), kLongestQuote);
  return line.empty() ? line : " \"" + line + "\"";
}

Response send_patiently(const Host& host, const Call& call, const Request& request, const WaitIn& wait_in) {
  for (int repeat = 0;; ++repeat) {
    stop_if_cancelled(call);
    Response response = host.http(call).send(request);
    if (response.http_status != 429 || !response.header("retry-after").empty() || repeat == kMostRepeats)
      return response;
    const auto time = wait_in(object_in(response));
    if (!time || *time > kLongestWait) return response;
    wait(call, *time);
  }
}

}  // namespace gleaner::message
