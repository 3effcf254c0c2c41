#include "host/services/http/keeping.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "host/services/http/body.hpp"
#include "host/services/http/hints.hpp"
#include "host/services/http/letters.hpp"
#include "host/services/http/request_key.hpp"

namespace gleaner::host::http {
namespace {

/// Larger answers are feeds: nothing is sent to get them that could come back, and their copies are dear.
constexpr std::size_t largest_cleaned_body = std::size_t{1} << 20U;

/// Whoever asks so wants the server's own answer.
bool has_conditions(const Headers& headers) {
  constexpr std::array<std::string_view, 6> conditions{"if-none-match",       "if-modified-since", "if-match",
                                                       "if-unmodified-since", "if-range",          "range"};
  return std::ranges::any_of(headers, [&](const auto& header) {
    return std::ranges::find(conditions, lower(header.first)) != conditions.end();
  });
}

/// RFC 9111 section 5.2.2.5.
bool may_be_stored(const Headers& headers) {
  const auto control = find_header(headers, "cache-control");
  return !control || lower(*control).find("no-store") == std::string::npos;
}

std::string_view header_or_empty(const Headers& headers, std::string_view name) {
  return find_header(headers, name).value_or(std::string_view{});
}

bool has_validator(const Headers& headers) {
  return !header_or_empty(headers, "etag").empty() || !header_or_empty(headers, "last-modified").empty();
}

bool fits(const KeptAnswer& kept, const Request& request, const Politeness& politeness) {
  if (kept.body.size() > request.max_bytes) return false;
  return kept.http_status == 204 || judge_body(kept.body, request.expect, politeness) == Cause::none;
}

/// Swaps a body into an answer for a scope: a feed may have 40 MB.
class LentBody {
 public:
  LentBody(std::string& a, std::string& b) : a_(a), b_(b) { a_.swap(b_); }
  ~LentBody() { a_.swap(b_); }
  LentBody(const LentBody&) = delete;
  LentBody& operator=(const LentBody&) = delete;

 private:
  std::string& a_;
  std::string& b_;
};

}  // namespace

Keeping::Keeping(const KeepingCommon& common, std::shared_ptr<Mailbox> mailbox, const Request& request,
                 std::string key, bool first)
    : common_(common),
      mailbox_(std::move(mailbox)),
      key_(std::move(key)),
      is_get_(request.method == "GET" && request.body.empty() && !has_conditions(request.headers)),
      may_keep_(request.method == "GET" || (request.method == "POST" && request.repeat == Repeat::safe)),
      keeps_(mailbox_->book != nullptr),
      first_(first) {
  if (common_.cassette != nullptr) place_ = common_.cassette->next_place(key_);
}

template <class Use>
void Keeping::with_book(Use&& use) const {
  if (!keeps_) return;
  const std::lock_guard lock(mailbox_->book_mutex);
  if (mailbox_->book == nullptr) return;
  try {
    use(*mailbox_->book);
  } catch (const std::exception& error) {
    if (common_.log) common_.log(Level::warning, fmt::format("Answers cannot be kept: {}", error.what()));
  }
}

std::optional<Response> Keeping::received(const Request& request, const Politeness& politeness) {
  if (!may_keep_ || !first_) return std::nullopt;
  std::optional<KeptAnswer> kept;
  with_book([&](AnswerBook& book) { kept = book.received(key_); });
  if (!kept || !fits(*kept, request, politeness)) return std::nullopt;
  auto response = served(request, std::move(*kept));
  if (place_) common_.cassette->write(*place_, request, response);
  return response;
}

Response Keeping::served(const Request& request, KeptAnswer kept) const {
  Response response;
  response.http_status = kept.http_status;
  response.headers = std::move(kept.headers);
  response.body = std::move(kept.body);
  // What was blacked out in the address is known to the one who asks.
  const bool same = kept.effective_url == clean_url(request.url, common_.clean);
  if (same)
    response.effective_url = request.url;
  else
    response.effective_url = std::move(kept.effective_url);
  response.from_cache = true;
  return response;
}

void Keeping::recall(const Request& request) {
  if (!is_get_) return;
  with_book([this](AnswerBook& book) { kept_ = book.validated(key_); });
  if (kept_ && (kept_->body.size() > request.max_bytes || !has_validator(kept_->headers))) kept_.reset();
}

Headers Keeping::questions(const std::string& url) const {
  Headers headers;
  if (!kept_ || kept_->effective_url != clean_url(url, common_.clean)) return headers;
  // Verbatim: arXiv's ETag lacks the quotes that RFC 9110 asks for.
  if (const auto etag = header_or_empty(kept_->headers, "etag"); !etag.empty())
    headers.emplace_back("If-None-Match", etag);
  if (const auto date = header_or_empty(kept_->headers, "last-modified"); !date.empty())
    headers.emplace_back("If-Modified-Since", date);
  return headers;
}

void Keeping::confirm(Incoming& incoming) {
  if (!kept_) return;
  incoming.status = kept_->http_status;
  incoming.headers = std::move(kept_->headers);
  incoming.body = std::move(kept_->body);
  kept_.reset();
}

void Keeping::keep(const Request& request, Response& response) {
  if (place_ && response.outcome != Outcome::cancelled) common_.cassette->write(*place_, request, response);
  if (may_keep_ && keeps_ && response.outcome == Outcome::ok) put_into_book(response);
}

void Keeping::put_into_book(Response& response) const {
  KeptAnswer kept{
      response.http_status, response.headers, {}, clean_url(response.effective_url, common_.clean)};
  std::erase_if(kept.headers, [](const auto& header) { return header.first.starts_with("set-cookie"); });
  // Some servers repeat the key they were sent.
  std::optional<LentBody> lent;
  if (response.body.size() <= largest_cleaned_body)
    kept.body = cleaned(response.body, common_.clean);
  else
    lent.emplace(kept.body, response.body);
  const bool to_confirm = is_get_ && response.http_status == 200 && !response.from_cache &&
                          has_validator(kept.headers) && may_be_stored(kept.headers) &&
                          kept.body.size() <= largest_validated_body;
  with_book([&](AnswerBook& book) {
    book.keep_received(key_, kept);
    if (to_confirm) book.keep_validated(key_, kept);
  });
}

}  // namespace gleaner::host::http
