// The components a pipeline file is checked against. Borrows them; any thread may read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/loader/component.hpp"

namespace gleaner::host {

/// The three arrays of tables of a pipeline file.
enum class Section { source, stage, output };

/// "source", "stage" or "output": the table's name, and the word for what stands in it.
[[nodiscard]] std::string_view to_word(Section section);
[[nodiscard]] Section section_of(Kind kind);

class Installed {
 public:
  /// The pointed-at infos must outlive this and every Pipeline made with it.
  explicit Installed(std::span<const ComponentInfo* const> components) : components_(components) {}

  [[nodiscard]] const ComponentInfo* find(Section section, std::string_view name) const;
  /// The first of that name in any section.
  [[nodiscard]] const ComponentInfo* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names(Section section) const;
  [[nodiscard]] std::span<const ComponentInfo* const> all() const { return components_; }

 private:
  std::span<const ComponentInfo* const> components_;
};

/// Names of a component's options, in the descriptor's order.
[[nodiscard]] std::vector<std::string> option_names(const ComponentInfo& info);

}  // namespace gleaner::host
