#include "host/services/http/cassette_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "host/services/http/letters.hpp"
#include "host/services/http/request_key.hpp"

namespace gleaner::host::http {
namespace {

namespace json = boost::json;

constexpr std::string_view format_name = "gleaner.cassette/1";
constexpr std::size_t longest_login = std::size_t{64} << 10;

constexpr std::array<std::pair<Outcome, std::string_view>, 18> outcome_words{{
    {Outcome::ok, "ok"},
    {Outcome::unchanged, "unchanged"},
    {Outcome::bad_request, "bad request"},
    {Outcome::denied, "denied"},
    {Outcome::quota, "quota"},
    {Outcome::not_found, "not found"},
    {Outcome::conflict, "conflict"},
    {Outcome::too_long, "too long"},
    {Outcome::throttled, "throttled"},
    {Outcome::server_error, "server error"},
    {Outcome::wrong_body, "wrong body"},
    {Outcome::too_large, "too large"},
    {Outcome::unreachable, "unreachable"},
    {Outcome::timed_out, "timed out"},
    {Outcome::broken_off, "broken off"},
    {Outcome::tls, "tls"},
    {Outcome::forbidden_redirect, "forbidden redirect"},
    {Outcome::cancelled, "cancelled"},
}};

std::string_view word(Outcome outcome) {
  const auto* row = std::ranges::find(outcome_words, outcome, &std::pair<Outcome, std::string_view>::first);
  return row == outcome_words.end() ? "ok" : row->second;
}

bool is_harmless_request_header(std::string_view name) {
  constexpr std::array<std::string_view, 4> harmless{"accept", "accept-language", "content-type", "range"};
  return std::ranges::find(harmless, name) != harmless.end();
}

/// Names under which servers hand out what opens doors. Narrower than is_secret_header: answers also tell how
/// many tokens are left.
bool is_secret_answer_header(std::string_view name) {
  constexpr std::array<std::string_view, 8> parts{"cookie",   "authorization", "api-key",      "auth-token",
                                                  "password", "secret",        "access-token", "csrf"};
  return std::ranges::any_of(parts, [name](std::string_view part) { return name.find(part) != name.npos; });
}

json::object request_object(const Request& request, unsigned nth, const Cleaner& clean) {
  json::object headers;
  json::array hidden;
  for (const auto& [name, value] : request.headers) {
    const auto small = lower(name);
    if (is_harmless_request_header(small))
      headers[small] = cleaned(value, clean);
    else
      hidden.emplace_back(small);
  }
  json::object out;
  out["method"] = request.method;
  out["url"] = clean_url(request.url, clean);
  out["headers"] = std::move(headers);
  out["headers_not_shown"] = std::move(hidden);
  out["body_bytes"] = request.body.size();
  out["asked"] = nth;
  return out;
}

json::object answer_object(const Response& response, std::size_t body_bytes, const Cleaner& clean) {
  json::array headers;
  for (const auto& [name, value] : response.headers) {
    if (!is_secret_answer_header(name)) headers.push_back(json::array{name, cleaned(value, clean)});
  }
  json::object out;
  out["outcome"] = word(response.outcome);
  out["status"] = response.http_status;
  out["url"] = clean_url(response.effective_url, clean);
  out["headers"] = std::move(headers);
  out["body_bytes"] = body_bytes;
  out["error"] = cleaned(response.error, clean);
  out["retry_after_ms"] = response.retry_after.count();
  out["attempts"] = response.attempts;
  out["elapsed_ms"] = response.elapsed.count();
  out["from_store"] = response.from_cache;
  return out;
}

json::parse_options tolerant() {
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // header values are bytes
  return options;
}

std::string text_of(const json::value& value) {
  const auto& text = value.as_string();
  return {text.data(), text.size()};
}

RecordedAnswer read_answer(const json::object& answer) {
  RecordedAnswer recorded;
  auto& response = recorded.response;
  const auto outcome = text_of(answer.at("outcome"));
  const auto* row = std::ranges::find(outcome_words, outcome, &std::pair<Outcome, std::string_view>::second);
  if (row == outcome_words.end()) throw std::out_of_range("outcome");
  response.outcome = row->first;
  response.http_status = answer.at("status").to_number<int>();
  response.effective_url = text_of(answer.at("url"));
  for (const auto& header : answer.at("headers").as_array())
    response.headers.emplace_back(text_of(header.as_array().at(0)), text_of(header.as_array().at(1)));
  response.error = text_of(answer.at("error"));
  response.retry_after = Milliseconds(answer.at("retry_after_ms").to_number<std::int64_t>());
  response.from_cache = true;
  recorded.body_bytes = answer.at("body_bytes").to_number<std::uint64_t>();
  return recorded;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

}  // namespace

std::string cassette_text(const Request& request, const Response& response, unsigned nth,
                          std::size_t body_bytes, const Cleaner& clean) {
  return fmt::format("{{\n  \"format\": \"{}\",\n  \"request\": {},\n  \"answer\": {}\n}}\n", format_name,
                     json::serialize(request_object(request, nth, clean)),
                     json::serialize(answer_object(response, body_bytes, clean)));
}

std::optional<RecordedAnswer> read_cassette_text(std::string_view text) {
  json::error_code error;
  const auto document = json::parse(text, error, {}, tolerant());
  if (error || !document.is_object()) return std::nullopt;
  try {
    const auto& object = document.as_object();
    if (text_of(object.at("format")) != format_name) return std::nullopt;
    return read_answer(object.at("answer").as_object());
  } catch (const std::exception&) {  // a member that is missing or of another kind
    return std::nullopt;
  }
}

std::string clean_body(std::string_view body, const Cleaner& clean) {
  auto text = cleaned(body, clean);
  // Answers of language models speak of tokens too, but not as a member of their own with a text in it.
  constexpr std::array<std::string_view, 5> members{"token", "access_token", "refresh_token", "id_token",
                                                    "api_key"};
  if (text.size() > longest_login || !text.starts_with('{')) return text;
  json::error_code error;
  const auto document = json::parse(text, error);
  if (error || !document.is_object()) return text;
  for (const auto member : members) {
    const auto* value = document.as_object().if_contains(member);
    // Short ones are no tokens and would black out half of the text.
    if (value != nullptr && value->is_string() && value->as_string().size() >= 8)
      replace_all(text, std::string_view(value->as_string().data(), value->as_string().size()), "***");
  }
  return text;
}

}  // namespace gleaner::host::http
