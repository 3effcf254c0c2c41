// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/huggingface/daily_papers.hpp"

GLEANER_PLUGIN("huggingface", "1.0.0", gleaner::huggingface::DailyPapers)
