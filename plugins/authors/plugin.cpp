// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/authors/authors.hpp"
#include "plugins/authors/h_index.hpp"

GLEANER_PLUGIN("authors", "1.0.0", gleaner::authors::Authors, gleaner::authors::HIndex)
