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

/// Whether it sends its digest to somebody instead of writing it to a file: what is sent cannot be taken
/// back, so it is sent once (outbox.hpp).
[[nodiscard]] bool is_message(const ComponentConfig& output);

/// Delivers to one output, whatever its `when`. `json` is the whole digest; an output that wants less gets an
/// excerpt. The attempt is the context's.
[[nodiscard]] OutputResult deliver(const ComponentConfig& output, const Digest& digest,
                                   const std::string& json, const Instance::Context& context);

}  // namespace gleaner::host
