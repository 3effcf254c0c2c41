// Outputs at work: which are due, their instances for the date, their files.
#pragma once

#include <vector>

#include "host/pipeline/digest.hpp"
#include "host/pipeline/instance.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host {

/// Whether the output's `when` holds for this digest.
[[nodiscard]] bool is_due(const When& when, const Digest& digest);

/// Idempotency key of a digest and an output: the same for every attempt, another for another date, pipeline
/// or output.
[[nodiscard]] std::string delivery_key(const Digest& digest, const ComponentConfig& output);

/// Delivers to one output. `json` is the whole digest; an output with a limit gets a shorter one made.
[[nodiscard]] OutputResult deliver(const ComponentConfig& output, const Digest& digest,
                                   const std::string& json, const Instance::Context& context);

}  // namespace gleaner::host
