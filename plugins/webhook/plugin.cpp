// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/webhook/output.hpp"

GLEANER_PLUGIN("webhook", "1.0.0", gleaner::webhook::Webhook)
