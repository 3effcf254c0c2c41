// toml++ as this room uses it: the compiled library, exceptions on (they are caught in document.cpp and
// nowhere else).
#pragma once

#include <toml++/toml.h>
