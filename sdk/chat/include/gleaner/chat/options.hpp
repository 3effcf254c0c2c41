// SPDX-License-Identifier: Apache-2.0
// The options every provider's components have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/cpp/text.hpp>

namespace gleaner::chat {

/// Of all three components.
struct CommonOptions {
  std::string model;
  Secret api_key;  ///< empty handle: none
  std::string base_url;
  std::int64_t concurrency = 8;                       ///< requests in flight
  std::int64_t requests_per_minute = 0;               ///< 0: no limit of ours
  std::int64_t tokens_per_minute = 0;                 ///< 0: no limit of ours
  std::vector<std::pair<std::string, double>> price;  ///< dollars per million tokens: input, cached, output
  std::optional<double> temperature;                  ///< sent only when given: newer models refuse it
  std::int64_t output_tokens = 0;  ///< room for one answer; 0: reckoned from the papers asked for
  std::string format = "auto";     ///< auto | schema | json | lines
  Json extra;                      ///< members added to every request body
};

struct ScorerOptions : CommonOptions {
  Path prompt;
  std::vector<std::string> axes;
  std::optional<std::int64_t> batch;  ///< papers a request; absent: by tokens
  std::int64_t batch_tokens = 6000;   ///< of the papers in one request, estimated
};

struct TriageOptions : CommonOptions {
  Path prompt;
  std::optional<std::int64_t> batch;
  std::int64_t batch_tokens = 6000;
};

struct SummaryOptions : CommonOptions {
  std::string language = "English";
  std::optional<Path> prompt;  ///< absent: one of the library's own
};

}  // namespace gleaner::chat
