// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/feed/feed_source.hpp"

GLEANER_PLUGIN("feed", "1.0.0", gleaner::feed::FeedSource)
