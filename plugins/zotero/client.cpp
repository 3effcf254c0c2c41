// SPDX-License-Identifier: Apache-2.0
#include "plugins/zotero/client.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include <boost/json/serialize.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/json.hpp"

namespace gleaner::zotero {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kLargestAnswer = 64ull << 20;  // bytes; a page of 100 items has some 300 kB
constexpr std::size_t kPage = 100;                     // the most the server gives at once
constexpr std::int64_t kLongestRest = 300;             // seconds
constexpr int kRepeatedToken = 412;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::string what_it_says(const Response& answer) {
  return answer.body.empty() ? std::string() : " It says: \"" + common::beginning_of(answer.body) + "\".";
}

}  // namespace

Client::Client(const Host& host, const Call& call, const Secret& api_key, Place place)
    : host_(host), call_(call), api_key_(api_key), place_(std::move(place)) {}

json::value Client::get(const std::string& path) {
  return get_global("/" + place_.library + path);
}

json::value Client::get_global(const std::string& path) {
  Request request;
  request.url = place_.base_url + path;
  const Response answer = send(std::move(request));
  if (!answer.ok()) throw refusal(answer, false);
  return common::parse_json(answer.body, place_.base_url + path);
}

std::int64_t Client::each(const std::string& path, const std::function<void(const json::object&)>& take) {
  std::int64_t version = 0;
  for (std::size_t start = 0;; start += kPage) {
    Request request;
    request.url = place_.base_url + "/" + place_.library + path + "&limit=" + std::to_string(kPage) +
                  "&start=" + std::to_string(start);
    const std::string url = request.url;
    const Response answer = send(std::move(request));
    if (!answer.ok()) throw refusal(answer, false);
    if (start == 0) version = whole_number(answer.header("last-modified-version")).value_or(0);
    const json::value page = common::parse_json(answer.body, url);
    if (!page.is_array()) throw common::malformed(url, "is no list of Zotero's.");
    for (const json::value& object : page.get_array())
      if (object.is_object()) take(object.get_object());
    const auto total = whole_number(answer.header("total-results"));
    const std::size_t rows = page.get_array().size();
    if (rows == 0 || (total ? start + rows >= static_cast<std::size_t>(*total) : rows < kPage))
      return version;
    call_.progress(start + rows, total ? static_cast<std::uint64_t>(*total) : 0, "items of the library");
  }
}

Client::Posted Client::post_items(const json::array& items, const std::string& token) {
  Request request;
  request.url = place_.base_url + "/" + place_.library + "/items";
  request.method = "POST";
  request.body = json::serialize(items);
  request.headers = {{"Content-Type", "application/json"}, {"Zotero-Write-Token", token}};
  request.flags = GLEANER_HTTP_IDEMPOTENT;  // by the token
  const std::string url = request.url;
  const Response answer = send(std::move(request));
  if (answer.http_status == kRepeatedToken) return {nullptr, true};
  if (!answer.ok()) throw refusal(answer, true);
  return {common::parse_json(answer.body, url), false};
}

Response Client::send(Request request) {
  rest();
  request.headers.emplace_back("Zotero-API-Version", "3");
  request.headers.emplace_back("Zotero-API-Key", host_.reveal(api_key_));
  request.expect = "json";
  request.max_bytes = kLargestAnswer;
  Response answer = host_.http(call_).send(request);
  // On any answer, a good one included; the client of the host knows Retry-After only.
  if (const auto seconds = whole_number(answer.header("backoff")))
    rest_until_ = Clock::now() + std::chrono::seconds(std::min(*seconds, kLongestRest));
  return answer;
}

void Client::rest() const {
  constexpr std::chrono::milliseconds kStep{50};  // an interrupted run is not kept waiting
  for (auto now = Clock::now(); now < rest_until_; now = Clock::now()) {
    call_.stop_if_cancelled();
    std::this_thread::sleep_for(std::min<Clock::duration>(rest_until_ - now, kStep));
  }
}

Error Client::refusal(const Response& answer, bool is_write) const {
  const std::string said = what_it_says(answer);
  switch (answer.http_status) {
    case 401:
    case 403:
      return Error("Zotero does not let the key of `api_key` " +
                       std::string(is_write ? "write to " : "read ") + place_.library +
                       "; give it that right at https://www.zotero.org/settings/keys, or make a new one." +
                       said,
                   GLEANER_DENIED, "/api_key");
    case 404:
      return Error(
          "Zotero has no library " + place_.library +
              "; `library` is users/ and the number shown at https://www.zotero.org/settings/keys, or "
              "groups/ and the number in the group's address.",
          GLEANER_NOT_FOUND, "/library");
    case 409:
      return Error("The library " + place_.library +
                       " is locked, perhaps by a sync that is under way; it is tried again later." + said,
                   GLEANER_UNREACHABLE);
    case 413:
      return Error("Zotero finds the request too large, or the library has no room left." + said,
                   GLEANER_FAILED);
    case 428:
      return Error(
          "Zotero wants to be told a version or a write token, which it was; is `base_url` Zotero?" + said,
          GLEANER_MALFORMED);
    default:
      return Error((answer.error.empty() ? std::string("Zotero could not be asked.") : answer.error) + said,
                   answer.status);
  }
}

}  // namespace gleaner::zotero
