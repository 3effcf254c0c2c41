#include "host/pipeline/receipt.hpp"

#include <fmt/format.h>

namespace gleaner::host {

std::uint64_t Receipt::announced() const {
  std::uint64_t sum = 0;
  for (const auto& source : sources)
    sum += source.announced;
  return sum;
}

void ReceiptBuilder::add(std::size_t source, std::size_t order, const std::string& stage,
                         const std::string& reason, std::uint64_t count) {
  if (count > 0) rows_[{source, order, stage, reason}] += count;
}

void ReceiptBuilder::announce(std::size_t source, const std::string& name, std::uint64_t count,
                              bool approximate) {
  auto& totals = sources_[source];
  totals.source = name;
  totals.announced = count;
  totals.approximate = approximate;
}

void ReceiptBuilder::carry(std::size_t source, const std::string& name, std::uint64_t count) {
  auto& totals = sources_[source];
  totals.source = name;
  totals.carried = count;
}

Receipt ReceiptBuilder::close() const {
  Receipt out;
  for (const auto& [index, totals] : sources_) {
    out.sources.push_back(totals);
    std::uint64_t sum = 0;
    for (const auto& [key, count] : rows_) {
      if (std::get<0>(key) != index) continue;
      out.rows.push_back({totals.source, std::get<2>(key), std::get<3>(key), count});
      sum += count;
    }
    if (sum == totals.announced + totals.carried || totals.approximate) continue;
    out.closes = false;
    const auto carried =
        totals.carried == 0 ? std::string() : fmt::format(" and {} carried over", totals.carried);
    out.gaps.push_back(
        fmt::format("The receipt of {} does not close: {} entries were announced{}, {} are accounted for.",
                    totals.source, totals.announced, carried, sum));
  }
  return out;
}

}  // namespace gleaner::host
