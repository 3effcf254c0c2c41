// [select]: minima, order, limit and weights over the axes that the stages give. One thread. Internal to this
// room.
#pragma once

#include "host/config/axes.hpp"

namespace gleaner::host {

void read_select(const Reader& reader, const KnownAxes& axes, SelectConfig& select);

}  // namespace gleaner::host
