// One option's value against its declaration. One thread. Internal to this room.
#pragma once

#include <optional>
#include <string_view>

#include "host/config/values.hpp"
#include "host/loader/component.hpp"

namespace gleaner::host {

/// The value as the option's type, or nothing after reporting why not. `owner`: the component, for messages.
[[nodiscard]] std::optional<OptionValue> read_option(const Reader& reader, const OptionInfo& option,
                                                     const toml::node& node, std::string_view owner);

/// The declared default through the same checks; a wrong one is the plugin's fault and said so at `use`.
/// Nothing when there is none.
[[nodiscard]] std::optional<OptionValue> read_default(const Reader& reader, const ComponentInfo& info,
                                                      const OptionInfo& option, const Location& use);

/// A default or example as TOML: text-like types get the quotes they are declared without.
[[nodiscard]] std::string as_toml(OptionType type, std::string_view declared);

}  // namespace gleaner::host
