// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/exec/output.hpp"
#include "plugins/exec/source.hpp"
#include "plugins/exec/stage.hpp"

GLEANER_PLUGIN("exec", "1.0.0", gleaner::exec::ExecStage, gleaner::exec::ExecSource,
               gleaner::exec::ExecOutput)
