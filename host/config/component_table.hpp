// One [[source]], [[stage]] or [[output]] table against the component it uses. One thread. Internal to this
// room.
#pragma once

#include <string>
#include <vector>

#include "host/config/installed.hpp"
#include "host/config/values.hpp"

namespace gleaner::host {

/// A component as read. Where `use` is unknown, `config.info` is the component that seems to be meant, or
/// NULL: the checks go on with it so that one slip does not hide the others. `known` is false then, and the
/// file has errors anyway.
struct ReadComponent {
  ComponentConfig config;
  bool known = false;
  std::string use;         ///< as written; empty when missing
  std::string given_name;  ///< `name`; empty when not given or wrong
  Location name_place;
};

[[nodiscard]] ReadComponent read_component(const Reader& reader, const Installed& installed, Section section,
                                           const toml::table& table);

/// All tables of a section, named; repeated names reported.
[[nodiscard]] std::vector<ReadComponent> read_section(const Reader& reader, const Installed& installed,
                                                      Section section);

}  // namespace gleaner::host
