#include "host/services/figures.hpp"

#include <fmt/format.h>

namespace gleaner::host {

std::string dollars_text(double dollars) {
  std::string out = fmt::format("${:.6f}", dollars);
  const std::size_t cents = out.find('.') + 3;
  while (out.size() > cents && out.back() == '0')
    out.pop_back();
  return out;
}

std::string grouped(std::uint64_t n) {
  std::string out = std::to_string(n);
  for (std::size_t at = out.size(); at > 3; at -= 3)
    out.insert(at - 3, 1, ',');
  return out;
}

std::string counted(std::uint64_t n, std::string_view thing) {
  return fmt::format("{} {}{}", grouped(n), thing, n == 1 ? "" : "s");
}

std::string roughly(std::uint64_t n) {
  std::uint64_t unit = 1;
  while (n / unit >= 1000)
    unit *= 10;
  return grouped((n + unit / 2) / unit * unit);
}

}  // namespace gleaner::host
