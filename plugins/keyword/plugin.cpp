// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/keyword/keywords.hpp"

GLEANER_PLUGIN("keyword", "1.0.0", gleaner::keyword::Keywords)
