// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/references/bibtex.hpp"
#include "plugins/references/ris.hpp"

GLEANER_PLUGIN("references", "1.0.0", gleaner::references::Bibtex, gleaner::references::Ris)
