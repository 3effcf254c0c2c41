// What `create` gets: a component's checked options as gleaner_config.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gleaner/abi.h>

#include "host/config/pipeline.hpp"
#include "host/services/secrets.hpp"

namespace gleaner::host {

/// How texts of path options become absolute.
struct PathRules {
  std::filesystem::path pipeline_folder;
  std::filesystem::path out;  ///< --out, or empty
  std::string date, pipeline, from, to;
};

/// "out/{date}.md" → absolute; "-" stays. `written`: the option `path` of an output, where --out and {date}
/// count.
[[nodiscard]] std::string resolve_path(const std::string& text, const PathRules& rules, bool written);

/// Holds what raw() points at, besides `config` and `pipeline`, which outlive it.
class CreateConfig {
 public:
  /// A secret is registered with `secrets`, not resolved.
  CreateConfig(const ComponentConfig& config, const Pipeline& pipeline, Secrets& secrets,
               const PathRules& rules);
  CreateConfig(const CreateConfig&) = delete;
  CreateConfig& operator=(const CreateConfig&) = delete;

  [[nodiscard]] const gleaner_config* raw() const { return &raw_; }

 private:
  [[nodiscard]] gleaner_value value_of(const OptionValue& option, bool of_output, Secrets& secrets,
                                       const PathRules& rules);
  [[nodiscard]] gleaner_str keep(std::string words);

  std::string space_;  ///< whose secrets they are
  std::vector<std::string> texts_;
  std::vector<std::unique_ptr<std::vector<gleaner_str>>> items_;
  std::vector<std::unique_ptr<std::vector<gleaner_number>>> entries_;
  std::vector<gleaner_value> values_;
  gleaner_config raw_{};
};

}  // namespace gleaner::host
