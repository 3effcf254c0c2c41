// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/feed_faults.hpp"

#include "plugins/common/encoding.hpp"

namespace gleaner::arxiv {

Error contract_error(const FeedError& error) {
  const std::string words = common::valid_utf8(error.what());  // it may quote a feed that is not
  if (error.fault() == FeedFault::refused) return Error(words, GLEANER_INVALID, "/categories");
  const bool is_server = error.fault() == FeedFault::rate_limited || error.fault() == FeedFault::web_page;
  return Error(words, is_server ? GLEANER_UNREACHABLE : GLEANER_MALFORMED);
}

}  // namespace gleaner::arxiv
