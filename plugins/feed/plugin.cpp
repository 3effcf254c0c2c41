// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/feed/feed_source.hpp"
#include "plugins/feed/output/feed_output.hpp"

GLEANER_PLUGIN("feed", "1.1.0", gleaner::feed::FeedSource, gleaner::feed::FeedOutput)
