// A provider's server as one component talks to it: address, key, price, and what it was found not to take.
// One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/chat/options.hpp>
#include <gleaner/chat/provider.hpp>
#include <gleaner/cpp/services.hpp>

#include "prices.hpp"

namespace gleaner::chat {

/// `base_url` with the provider's standard path where it has none, without a trailing slash. Throws
/// gleaner::Error naming /base_url when it is no http or https address.
[[nodiscard]] std::string full_base_url(std::string_view base_url, std::string_view standard_path);
/// base + path; a query in `base` ("?api-version=…", Azure) stays at the end.
[[nodiscard]] std::string join_url(std::string_view base, std::string_view path);

/// What a request says, before the server's manners are put on it. Borrowed.
struct Question {
  std::string_view system;
  std::string_view prefix;
  std::string_view rest;
  const Value* schema = nullptr;      ///< NULL: plain text is wanted
  std::uint64_t expected_tokens = 0;  ///< of the answer, generously
  std::uint64_t context_tokens =
      0;              ///< of the largest request of the run with its answer; the same for all of them
  bool wide = false;  ///< an answer was cut off: twice the room
};

class Server {
 public:
  /// Throws gleaner::Error naming the option that is wrong. No network.
  Server(const Provider& provider, const CommonOptions& options, const Host& host);

  /// What the server and model refused is remembered for 30 days in the store, since finding it out costs a
  /// request.
  void remember();
  void recall();

  [[nodiscard]] Format format(bool plain_text) const { return plain_text ? Format::text : format_; }
  /// The HTTP request for a question. The key is in its headers: do not keep it.
  [[nodiscard]] Request request(const Question& question) const;
  /// What an error answer means.
  [[nodiscard]] Problem problem(const Response& response) const;
  /// Takes note that a parameter is refused; false: it was noted before.
  bool refuse(const std::string& parameter);
  /// Goes on to the next format; false: there is none, or the option `format` forbids another.
  bool next_format();

  [[nodiscard]] Reply read(const Response& response) const;
  [[nodiscard]] const std::optional<Price>& price() const { return price_; }
  [[nodiscard]] const Provider& provider() const { return provider_; }
  [[nodiscard]] const CommonOptions& options() const { return options_; }
  [[nodiscard]] const Host& host() const { return host_; }
  /// Says to the host what an answer cost.
  void account(const Tokens& tokens) const;
  /// The same for requests not sent, of that many prompt and completion tokens in all.
  void account_estimate(std::uint64_t requests, std::uint64_t prompt, std::uint64_t completion) const;
  void health(const Call& call) const;

 private:
  [[nodiscard]] std::string key() const;
  [[nodiscard]] std::string memory_key() const;

  Provider provider_;
  CommonOptions options_;
  Host host_;
  std::string base_url_;
  std::optional<Price> price_;
  Value extra_;
  Format format_ = Format::schema;
  std::vector<std::string> refused_;
};

}  // namespace gleaner::chat
