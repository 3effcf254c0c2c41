// Drops without a reason.
#include "fault.hpp"

struct Reason : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("reason", "Drops what is written by nobody");
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (batch[i].authors().empty()) batch.raw().verdicts[i] = GLEANER_DROP;
  }
};
GLEANER_PLUGIN("reason", "1.0.0", Reason)
