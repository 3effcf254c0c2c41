// Which axes a stage gives, and which a name can mean. One thread. Internal to this room.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/component_table.hpp"

namespace gleaner::host {

/// The declared axes, or for a component that names them the list in its option `axes`, each 1 to 10 unless
/// declared.
[[nodiscard]] std::vector<AxisInfo> axes_of(const Reader& reader, const ComponentConfig& config);

/// The axes that select may use: those of the stages before it.
class KnownAxes {
 public:
  explicit KnownAxes(std::span<const ReadComponent> stages);
  /// A bare axis is that of the last stage that gives it; NULL when none does.
  [[nodiscard]] const AxisInfo* find(std::string_view axis) const;
  /// `no stage gives the axis "relevence"; did you mean "relevance"?`
  [[nodiscard]] std::string unknown_message(std::string_view axis, bool total_allowed) const;

 private:
  struct Given {
    std::string stage;
    AxisInfo axis;
  };
  std::vector<Given> given_;
  std::vector<std::string> unknown_stages_;
};

}  // namespace gleaner::host
