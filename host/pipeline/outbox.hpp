// Messages on their way: what is sent cannot be taken back, so the state says of each, before it is begun,
// that it is owed, and after it, how it ended. A failed one is tried by the next run, a finished one never
// again.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/pipeline/deliver.hpp"
#include "host/pipeline/digest.hpp"
#include "host/pipeline/run.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host {

/// How a message stands before it is tried, as a run commits it with its digest: owed, and never begun if it
/// is new. `known` are the deliveries of the date.
[[nodiscard]] state::Delivery owed(const ComponentConfig& output, const Digest& digest,
                                   const std::vector<state::Delivery>& known);

/// Whether this message was sent before.
[[nodiscard]] bool is_sent(std::string_view key, const std::vector<state::Delivery>& known);

/// Begins `delivery`, which notes one more attempt, sends it, and notes how it ended. A message whose
/// beginning cannot be noted is not sent. What the output says goes through `presentable` into the state: no
/// secret, no hidden character.
[[nodiscard]] OutputResult send_message(const ComponentConfig& output, const Digest& digest,
                                        const std::string& json, const Instance::Context& context,
                                        state::Delivery delivery, state::State& state, const Clock& clock,
                                        const Redactor& redactor);

/// What of the outbox is meant; empty: all.
struct OutboxFilter {
  std::string date{};             ///< announcement date
  std::string output{};           ///< its name in the pipeline
  std::set<std::string> tried{};  ///< keys that this process has tried already
  bool of_gone_outputs = false;   ///< also what is owed to outputs that the pipeline no longer has
  bool messages_only = false;     ///< a run makes files again itself
};

/// One delivery from the outbox.
struct Redelivery {
  state::Delivery before;
  OutputResult result{};
};

/// Owed deliveries, oldest date first. Throws StateError.
[[nodiscard]] std::vector<state::Delivery> due(const Pipeline& pipeline, state::State& state,
                                               const OutboxFilter& filter);

/// Tries each of them that the pipeline has an output for once, with the digest of its date as the state
/// keeps it. Stops when interrupted, and where the state can no longer be written; what was not tried stays
/// owed. `services.state` is not NULL. Throws StateError.
[[nodiscard]] std::vector<Redelivery> deliver_due(const Pipeline& pipeline, const Catalog& catalog,
                                                  const RunServices& services, const RunOptions& options,
                                                  const OutboxFilter& filter);

}  // namespace gleaner::host
