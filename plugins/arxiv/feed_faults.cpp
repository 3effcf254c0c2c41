// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/feed_faults.hpp"

namespace gleaner::arxiv {

Error contract_error(const FeedError& error) {
  if (error.fault() == FeedFault::refused) return Error(error.what(), GLEANER_INVALID, "/categories");
  const bool is_server = error.fault() == FeedFault::rate_limited || error.fault() == FeedFault::web_page;
  return Error(error.what(), is_server ? GLEANER_UNREACHABLE : GLEANER_MALFORMED);
}

}  // namespace gleaner::arxiv
