// A component under test whose requests go out for real, through the host's own HTTP client, to a server on
// 127.0.0.1.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include <gleaner/testkit.hpp>

#include "host/services/http/client.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::test {

/// Answers every request of `host` to 127.0.0.1; must live as long as components use it. Nothing is tried
/// twice.
class RealWeb {
 public:
  explicit RealWeb(testkit::FakeHost& host) : client_({}) {
    host::http::ChannelSettings settings;
    settings.component = "test";
    settings.retry.attempts = 1;
    channel_ = client_.open(settings);
    host.http().on("http://127.0.0.1", [this](const testkit::SentRequest& sent) { return ask(sent); });
  }

 private:
  static std::int32_t status_of(host::http::Outcome outcome) {
    using host::http::Outcome;
    switch (outcome) {
      case Outcome::ok:
        return GLEANER_OK;
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
    request.url = sent.url;
    request.headers = sent.headers;
    if (sent.max_bytes != 0) request.max_bytes = sent.max_bytes;
    if (sent.expect == "json") request.expect = host::http::Expect::json;
    if (sent.expect == "xml") request.expect = host::http::Expect::xml;
    request.timeout = std::chrono::seconds(5);
    (void)channel_->submit(std::move(request));
    auto finished = channel_->wait_any(std::chrono::seconds(10));
    testkit::Reply reply = testkit::Reply::unreachable("The test's server did not answer.");
    if (finished.empty()) return reply;
    host::http::Response& response = finished.front().response;
    reply.http_status = response.http_status;
    reply.status = status_of(response.outcome);
    reply.error = response.error;
    reply.headers = response.headers;
    reply.body = std::move(response.body);
    return reply;
  }

  host::http::Client client_;
  std::unique_ptr<host::http::Channel> channel_;
};

}  // namespace gleaner::test
