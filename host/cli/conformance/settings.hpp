// The values a component is made with when it is checked. One thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/cli/conformance/trial.hpp"

namespace gleaner::host::cli::conformance {

/// A value as it stands in a pipeline file ("[\"a\"]", "3"), read with the host's own checks. On a mistake
/// nothing, and a sentence in `problem`. Paths that are read become files of `folder`, so that they are
/// there.
[[nodiscard]] std::optional<kit::OptionValue> read_value(const ComponentInfo& info, const OptionInfo& option,
                                                         const std::string& toml,
                                                         const std::filesystem::path& folder,
                                                         std::string& problem);

/// The same for a declared default or example, where text-like types stand without quotes.
[[nodiscard]] std::optional<kit::OptionValue> read_declared(const ComponentInfo& info,
                                                            const OptionInfo& option,
                                                            const std::string& declared,
                                                            const std::filesystem::path& folder,
                                                            std::string& problem);

/// Settings worth trying, best first. Where a required option has neither example nor --set: none, and
/// `missing` names what to give.
[[nodiscard]] std::vector<kit::Settings> candidates(const ComponentInfo& info, const Subject& subject,
                                                    std::vector<std::string>& missing);

/// One sentence for each --set that fits no component or no option.
[[nodiscard]] std::vector<std::string> wrong_sets(std::span<const Described> described,
                                                  std::span<const Given> given);

/// Texts of the secrets the settings name, given to a fake host.
void set_secrets(const ComponentInfo& info, kit::FakeHost& host);
/// The text every secret of a checked component has: found nowhere by chance.
inline constexpr std::string_view secret_text = "hush-7f3a9c51-conformance-secret";

}  // namespace gleaner::host::cli::conformance
