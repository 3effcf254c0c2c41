// SPDX-License-Identifier: Apache-2.0
// Asking Semantic Scholar (https://api.semanticscholar.org/api-docs/graph), and remembering what it said: 30
// days what it knows, three days that it does not know. Made for one call on one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/authors/s2/answers.hpp"

namespace gleaner::authors {

/// Where and as whom to ask: part of each component's options.
struct ServerOptions {
  std::string base_url;
  Secret api_key;
  std::chrono::milliseconds interval{1000};
};

inline constexpr std::string_view kServer = "https://api.semanticscholar.org";

// One request a second is what a key is good for; without a key all the world shares one allowance, and the
// server says 429 when it is used up. Backing off from that is the host's.
inline constexpr Politeness kPoliteness{"semanticscholar", std::chrono::milliseconds(1000), 1};

/// Throws invalid_option for a base_url that is no address.
void check(const ServerOptions& options);

/// A paper's name there, "ARXIV:2505.01557" or "DOI:10.1/x"; empty when it has none.
[[nodiscard]] std::string paper_key(const Paper& paper);

/// How much is asked of the network: nothing in a dry run.
enum class Reach { network, store_only };

/// Every function throws gleaner::Error when the server cannot be asked or answers nonsense.
class SemanticScholar {
 public:
  SemanticScholar(const Host& host, const ServerOptions& options, const Call& call, Reach reach)
      : host_(host), options_(options), call_(call), reach_(reach) {}

  enum class Detail { names, h_index };
  /// Calls `found` once for every key, in that order within one request, as soon as its record is there: what
  /// is found before a request fails has been told. In a dry run only for keys that the store knows.
  void papers(const std::vector<std::string>& keys, Detail detail,
              const std::function<void(std::size_t index, const PaperRecord& record)>& found);

  /// Everybody of that name, at most ten. Nothing when it may not be asked: after `searches_left` requests.
  [[nodiscard]] std::optional<Namesakes> namesakes(const Name& name, std::size_t& searches_left);
  /// Keeps what has become known of them by a decision.
  void remember(const Name& name, const Namesakes& namesakes);

  /// Those people with everything that speaks for or against them; nothing for ids that are not known.
  [[nodiscard]] std::vector<std::optional<Person>> people(const std::vector<std::string>& ids);
  /// The names alone.
  [[nodiscard]] std::vector<std::string> names(const std::vector<std::string>& ids);

  /// Whether the server answers at all: the smallest question there is.
  void ping();

 private:
  [[nodiscard]] Request request(std::string_view path_and_query) const;
  [[nodiscard]] Request batch_request(std::string_view path_and_query,
                                      std::span<const std::string> ids) const;
  [[nodiscard]] Response ask(const Request& request);
  [[nodiscard]] Error failure(const Response& response) const;
  [[nodiscard]] std::vector<PaperRecord> ask_papers(std::span<const std::string> keys, Detail detail);
  [[nodiscard]] std::vector<std::optional<Person>> ask_people(std::span<const std::string> ids,
                                                              std::string_view fields);
  void keep(const std::string& slot, std::string_view text, bool is_known);

  Host host_;
  const ServerOptions& options_;
  Call call_;
  Reach reach_;
};

}  // namespace gleaner::authors
