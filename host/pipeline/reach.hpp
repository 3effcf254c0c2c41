// Which servers a component of a pipeline may ask.
#pragma once

#include <memory>

#include "host/config/pipeline.hpp"
#include "host/services/http/reach.hpp"

namespace gleaner::host {

/// What the component declares, and the servers of the http, https, smtp and smtps addresses that the
/// pipeline file gives among its options, in whichever of them, lists and tables included. A default's
/// address must be declared: the component's author wrote it. What stands in a secret is added when it is
/// revealed. Any thread.
[[nodiscard]] std::shared_ptr<http::Reach> reach_of(const ComponentConfig& config);

}  // namespace gleaner::host
