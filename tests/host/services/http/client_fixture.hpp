// A client with quick retries, a folder of its own for limits, and a server to talk to.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "host/services/http/client.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::host::http {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;
using test::Ending;
using test::LoopbackServer;
using test::redirect_to;
using test::Reply;

inline Reply status(int code, std::string body = "") {
  Reply reply;
  reply.status = code;
  reply.body = std::move(body);
  return reply;
}

inline Reply text(std::string body) {
  return status(200, std::move(body));
}

inline milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(Clock::now() - start);
}

class HttpClient : public testing::Test {
 protected:
  HttpClient() {
    ::setenv("no_proxy", "*", 1);  // a developer's proxy is not asked for 127.0.0.1
    std::string name = (std::filesystem::temp_directory_path() / "gleaner-http-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }

  ~HttpClient() override {
    client_.reset();
    std::filesystem::remove_all(folder_);
  }

  ClientSettings client_settings() {
    ClientSettings settings;
    settings.limits_directory = folder_ / "limits";
    settings.seed = 7;
    settings.log = [this](Level, std::string_view line) {
      const std::lock_guard lock(log_mutex_);
      log_.emplace_back(line);
    };
    return settings;
  }

  static ChannelSettings quick() {
    ChannelSettings settings;
    settings.component = "arxiv";
    settings.retry.base = milliseconds(1);
    settings.retry.cap = milliseconds(4);
    return settings;
  }

  Client& client() {
    if (!client_) client_ = std::make_unique<Client>(client_settings());
    return *client_;
  }

  /// One request from beginning to end.
  Response fetch(Request request, ChannelSettings settings = quick()) {
    const auto channel = client().open(std::move(settings));
    const auto ticket = channel->submit(std::move(request));
    auto finished = channel->wait_any(seconds(30));
    if (finished.size() != 1 || finished[0].ticket != ticket) {
      ADD_FAILURE() << finished.size() << " requests came back";
      return {};
    }
    return std::move(finished[0].response);
  }

  Response get(std::string_view path, ChannelSettings settings = quick()) {
    return fetch({.url = server_.url(path)}, std::move(settings));
  }

  /// "127.0.0.1:PORT", as sentences name the server.
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server_.port()); }

  std::string log() {
    const std::lock_guard lock(log_mutex_);
    std::string all;
    for (const auto& line : log_)
      all += line + "\n";
    return all;
  }

  std::filesystem::path folder_;
  LoopbackServer server_;

 private:
  std::mutex log_mutex_;
  std::vector<std::string> log_;
  std::unique_ptr<Client> client_;
};

}  // namespace gleaner::host::http
