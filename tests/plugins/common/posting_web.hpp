// An output under test whose messages go out for real, through the host's own HTTP client with its retries,
// to a server on 127.0.0.1.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include <gleaner/testkit.hpp>

#include "host/services/http/client.hpp"

namespace gleaner::test {

/// Answers every request of `host` to 127.0.0.1; must live as long as components use it. Waits between
/// retries are short, but for what a server asks.
class PostingWeb {
 public:
  explicit PostingWeb(testkit::FakeHost& host, host::http::Milliseconds patience = std::chrono::seconds(5))
      : patience_(patience), client_(host::http::ClientSettings{}) {
    host::http::ChannelSettings settings;
    settings.component = "test";
    settings.retry.base = std::chrono::milliseconds(1);
    channel_ = client_.open(settings);
    host.http().on("http://127.0.0.1", [this](const testkit::SentRequest& sent) { return ask(sent); });
  }

 private:
  /// As the host says it to plugins.
  static std::int32_t status_of(host::http::Outcome outcome) {
    using host::http::Outcome;
    switch (outcome) {
      case Outcome::ok:
        return GLEANER_OK;
      case Outcome::bad_request:
      case Outcome::conflict:
      case Outcome::too_long:
        return GLEANER_FAILED;
      case Outcome::denied:
        return GLEANER_DENIED;
      case Outcome::quota:
        return GLEANER_EXHAUSTED;
      case Outcome::not_found:
        return GLEANER_NOT_FOUND;
      case Outcome::wrong_body:
      case Outcome::too_large:
        return GLEANER_MALFORMED;
      case Outcome::timed_out:
        return GLEANER_TIMED_OUT;
      default:
        return GLEANER_UNREACHABLE;
    }
  }

  testkit::Reply ask(const testkit::SentRequest& sent) {
    host::http::Request request;
    request.method = sent.method;
    request.url = sent.url;
    request.headers = sent.headers;
    request.body = sent.body;
    request.timeout = patience_;
    if (sent.max_bytes != 0) request.max_bytes = sent.max_bytes;
    if ((sent.flags & GLEANER_HTTP_IDEMPOTENT) != 0) request.repeat = host::http::Repeat::safe;
    if ((sent.flags & GLEANER_HTTP_ONCE) != 0) request.repeat = host::http::Repeat::never;
    (void)channel_->submit(std::move(request));
    auto finished = channel_->wait_any(std::chrono::seconds(60));
    if (finished.empty()) return testkit::Reply::unreachable("The test's server did not answer.");
    host::http::Response& response = finished.front().response;
    testkit::Reply reply;
    reply.http_status = response.http_status;
    reply.status = status_of(response.outcome);
    reply.error = response.error;
    reply.headers = response.headers;
    reply.body = std::move(response.body);
    reply.attempts = response.attempts;
    return reply;
  }

  host::http::Milliseconds patience_;
  host::http::Client client_;
  std::unique_ptr<host::http::Channel> channel_;
};

}  // namespace gleaner::test
