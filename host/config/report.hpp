// Collects the mistakes of one file. One thread.
#pragma once

#include <set>
#include <string>

#include "host/config/codes.hpp"
#include "host/config/diagnostic.hpp"

namespace gleaner::host {

class Report {
 public:
  /// `message` is one sentence without place, code and full stop.
  void add(Code code, Location where, std::string message);
  /// A secret stands on this line of the file: no message may show what is written there.
  void conceal(int line) { concealed_.insert(line); }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }
  /// What was collected, by place: the file's lines first, then what has no line (--set). Empties the report.
  [[nodiscard]] Diagnostics take();

 private:
  Diagnostics diagnostics_;
  std::set<int> concealed_;
};

}  // namespace gleaner::host
