// Whether the components of a pipeline would work now: each is made, and asked how it is.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/loader/catalog.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host {

/// What became of one component. `unasked`: it could be made, and has no health check.
struct Health {
  enum class State { well, unasked, ill };
  std::string_view kind;  ///< "source", "filter", "scorer" or "output"
  std::string name;
  State state = State::well;
  std::string sentence;  ///< why it is ill, with the place of the option to blame, if any; else empty
};

/// Makes every component of a pipeline that was loaded without errors as a run would (secrets are resolved,
/// servers asked), asks it and destroys it, one after the other in this thread. Nothing is fetched, written
/// or remembered. Stops early, with what it has, when `cancelled` (may be NULL) is set. What components warn
/// of is logged.
[[nodiscard]] std::vector<Health> check_health(const Pipeline& pipeline, const Catalog& catalog,
                                               const RunServices& services,
                                               const std::atomic<bool>* cancelled);

}  // namespace gleaner::host
