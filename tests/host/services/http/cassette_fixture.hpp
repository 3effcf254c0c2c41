// Clients that record a cassette and play it.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "host/services/http/cassette.hpp"
#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {

inline std::string without_hunter2(std::string_view text) {
  std::string out(text);
  for (auto at = out.find("hunter2"); at != out.npos; at = out.find("hunter2"))
    out.replace(at, 7, "***");
  return out;
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Recording : public HttpClient {
 protected:
  [[nodiscard]] std::filesystem::path cassette() const { return folder_ / "cassette"; }

  std::unique_ptr<Client> recorder() {
    auto settings = client_settings();
    settings.record = cassette();
    settings.clean = &without_hunter2;
    return std::make_unique<Client>(settings);
  }

  std::unique_ptr<Client> player() {
    auto settings = client_settings();
    settings.replay = cassette();
    settings.clean = &without_hunter2;
    return std::make_unique<Client>(settings);
  }

  static Response ask(Client& client, Request request, ChannelSettings settings = quick()) {
    const auto channel = client.open(std::move(settings));
    channel->submit(std::move(request));
    auto finished = channel->wait_any(seconds(30));
    EXPECT_EQ(finished.size(), 1U);
    return finished.empty() ? Response{} : std::move(finished[0].response);
  }

  static void expect_same(const Response& recorded, const Response& replayed) {
    EXPECT_EQ(replayed.outcome, recorded.outcome);
    EXPECT_EQ(replayed.http_status, recorded.http_status);
    EXPECT_EQ(replayed.headers, recorded.headers);
    EXPECT_EQ(replayed.body, recorded.body);
    EXPECT_EQ(replayed.effective_url, recorded.effective_url);
    EXPECT_EQ(replayed.retry_after, recorded.retry_after);
    EXPECT_EQ(replayed.error, recorded.error);
    EXPECT_EQ(replayed.attempts, 0U);
    EXPECT_EQ(replayed.elapsed, milliseconds(0));
    EXPECT_TRUE(replayed.from_cache);
  }

  /// Everything on the cassette, file after file.
  [[nodiscard]] std::string everything() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(cassette()))
      all += bytes_of(entry.path());
    return all;
  }

  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(cassette()),
                                                  std::filesystem::directory_iterator()));
  }
};

}  // namespace gleaner::host::http
