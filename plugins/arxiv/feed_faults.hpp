// SPDX-License-Identifier: Apache-2.0
// What is wrong with a feed, in the contract's words.
#pragma once

#include <utility>

#include <gleaner/cpp/text.hpp>

#include "plugins/arxiv/core/feed_error.hpp"

namespace gleaner::arxiv {

[[nodiscard]] Error contract_error(const FeedError& error);

/// Runs `read`; a FeedError leaves it as a gleaner::Error.
template <class F>
auto reading(F&& read) {
  try {
    return std::forward<F>(read)();
  } catch (const FeedError& error) {
    throw contract_error(error);
  }
}

}  // namespace gleaner::arxiv
