// What is said of deliveries from the outbox.
#pragma once

#include <string>
#include <vector>

#include "host/pipeline/outbox.hpp"

namespace gleaner::host::cli {

/// "mail: the digest of Monday 2025-05-19 was delivered at try 2.", or why it was not. One line
/// without its end.
[[nodiscard]] std::string sentence(const Redelivery& delivery);

/// Whether one of them is still owed.
[[nodiscard]] bool is_any_left(const std::vector<Redelivery>& deliveries);

}  // namespace gleaner::host::cli
