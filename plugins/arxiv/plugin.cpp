// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/arxiv/routes.hpp"

GLEANER_PLUGIN("arxiv", "1.1.0", gleaner::arxiv::Arxiv)
