#include "host/config/report.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace gleaner::host {

void Report::add(Code code, Location where, std::string message) {
  const Severity severity = is_warning(code) ? Severity::warning : Severity::error;
  diagnostics_.push_back({severity, static_cast<int>(code), std::move(where), std::move(message), false});
}

Diagnostics Report::take() {
  const auto key = [](const Diagnostic& each) {
    return std::make_tuple(each.where.line == 0, each.where.line, each.where.column);
  };
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [&key](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  for (Diagnostic& each : diagnostics_)
    each.conceal = concealed_.contains(each.where.line);
  return std::exchange(diagnostics_, {});
}

}  // namespace gleaner::host
