// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/json/jsonl_source.hpp"
#include "plugins/json/outputs.hpp"

GLEANER_PLUGIN("json", "1.0.0", gleaner::json::JsonOutput, gleaner::json::JsonlOutput,
               gleaner::json::JsonlSource)
