// ${env:N}, ${env:N:-default}, ${file:P}, ${secret:N} and $${ inside one string, after parsing. Pure but for
// reading files and asking for variables; any thread when the environment function is.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/codes.hpp"
#include "host/config/pipeline.hpp"

namespace gleaner::host {

/// A variable's value, or nothing when it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view)>;

/// The process's own environment.
[[nodiscard]] Environment process_environment();

/// What is wrong with one reference of a string.
struct ReferenceProblem {
  Code code;
  std::string message;
  std::string reference;  ///< as written, "${env:HOM}"; to find its place
};

/// A string with its references replaced; secrets are left as parts.
struct Expansion {
  std::vector<SecretText::Part> parts;
  std::vector<ReferenceProblem> problems;
  std::vector<std::string> secrets;  ///< references to secrets as written, in order
  bool replaced = false;             ///< an env or file reference was there
  /// The text, secrets left out.
  [[nodiscard]] std::string text() const;
};

class Interpolator {
 public:
  /// `folder`: what ${file:…} is relative to.
  Interpolator(std::filesystem::path folder, Environment environment)
      : folder_(std::move(folder)), environment_(std::move(environment)) {}

  [[nodiscard]] Expansion expand(std::string_view raw) const;
  [[nodiscard]] const Environment& environment() const { return environment_; }

 private:
  void replace(std::string_view reference, Expansion& out) const;
  void variable(std::string_view body, std::string_view reference, Expansion& out) const;
  void file(std::string_view path, std::string_view reference, Expansion& out) const;

  std::filesystem::path folder_;
  Environment environment_;
};

}  // namespace gleaner::host
