// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/html/output.hpp"

GLEANER_PLUGIN("html", "1.0.0", gleaner::html::Html)
