// Numbers as a person reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gleaner::host {

/// "$0.50", "$0.0045": cents at least, millionths of a dollar at most.
[[nodiscard]] std::string dollars_text(double dollars);

/// "399,120".
[[nodiscard]] std::string grouped(std::uint64_t n);

/// "1 request", "20 requests", "1,200 requests".
[[nodiscard]] std::string counted(std::uint64_t n, std::string_view thing);

/// Three figures of an estimate: "52,300" for 52317; below a thousand as it is.
[[nodiscard]] std::string roughly(std::uint64_t n);

}  // namespace gleaner::host
