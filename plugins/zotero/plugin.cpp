// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/zotero/library.hpp"

GLEANER_PLUGIN("zotero", "1.0.0", gleaner::zotero::Library)
