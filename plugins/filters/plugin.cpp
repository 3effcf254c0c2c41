// SPDX-License-Identifier: Apache-2.0
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include "plugins/filters/age.hpp"
#include "plugins/filters/category.hpp"
#include "plugins/filters/language.hpp"
#include "plugins/filters/sample.hpp"
#include "plugins/filters/terms.hpp"

GLEANER_PLUGIN("filters", "1.0.0", gleaner::filters::Category, gleaner::filters::Terms,
               gleaner::filters::Language, gleaner::filters::Age, gleaner::filters::Sample)
