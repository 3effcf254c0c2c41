// A pipeline file to start from: `gleaner new "arxiv keyword markdown"`. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "host/loader/component.hpp"

namespace gleaner::host {

struct Sample {
  std::string text;                   ///< TOML with comments; lints without errors when there are no problems
  std::vector<std::string> problems;  ///< sentences: a name that is not installed, no source, no output
};

/// Components in the order papers pass them. A name that several kinds share ("jsonl") is the first kind that
/// does not go back in the order source, stage, output; "output.jsonl" says it outright.
[[nodiscard]] Sample sample_pipeline(std::span<const std::string> names,
                                     std::span<const ComponentInfo* const> components);

/// `category = "cs.LG"` lines with their docs for one component's options, as in the sample: required ones
/// first, and where none is required the first example instead; the others commented out.
[[nodiscard]] std::string sample_table(const ComponentInfo& info);

}  // namespace gleaner::host
