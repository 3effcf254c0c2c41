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

void ReceiptBuilder::lack(std::size_t source, const std::string& why, std::uint64_t count) {
  lacks_[source].push_back({why, count});
}

Receipt ReceiptBuilder::close() const {
  Receipt out;
  for (const auto& [index, totals] : sources_)
    close_source(index, totals, out);
  out.closes = out.gaps.empty();
  return out;
}

std::optional<std::uint64_t> ReceiptBuilder::owed(std::size_t index, const SourceTotals& totals,
                                                  bool lacking) const {
  if (!totals.approximate || lacking) return totals.announced + totals.carried;
  const auto received = received_.find(index);
  if (received == received_.end()) return std::nullopt;
  return received->second + totals.carried;
}

void ReceiptBuilder::close_source(std::size_t index, SourceTotals totals, Receipt& out) const {
  std::uint64_t sum = 0;
  for (const auto& [key, count] : rows_) {
    if (std::get<0>(key) != index) continue;
    out.rows.push_back({totals.source, std::get<2>(key), std::get<3>(key), count});
    sum += count;
  }
  const auto lacks = lacks_.find(index);
  const auto lacking = lacks == lacks_.end() ? std::vector<Lack>() : lacks->second;
  for (const auto& lack : lacking)
    totals.announced += lack.count;
  out.sources.push_back(totals);
  if (const auto due = owed(index, totals, !lacking.empty()); sum != due.value_or(sum)) {
    const auto carried =
        totals.carried == 0 ? std::string() : fmt::format(" and {} carried over", totals.carried);
    const bool counted = totals.approximate && lacking.empty();
    out.gaps.push_back(fmt::format("The receipt of {} does not close: {} entries {}{}, {} are accounted for.",
                                   totals.source, *due - totals.carried,
                                   counted ? "were received" : "were announced", carried, sum));
  }
  for (const auto& lack : lacking)
    if (lack.count == 0)
      out.gaps.push_back(fmt::format(
          "The receipt of {} does not close: entries are missing, and nobody knows how many ({}).",
          totals.source, lack.why));
}

}  // namespace gleaner::host
