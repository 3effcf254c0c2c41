// SPDX-License-Identifier: Apache-2.0
// Texts across the line, the error type, and small value types options may have.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <gleaner/abi.h>

namespace gleaner {

/// A view of a borrowed text; lives as long as what it was taken from.
[[nodiscard]] constexpr std::string_view view(gleaner_str text) {
  return text.size == 0 ? std::string_view{}
                        : std::string_view{text.data, static_cast<std::size_t>(text.size)};
}

/// The C form of a view; borrows the same characters.
[[nodiscard]] constexpr gleaner_str text(std::string_view view) {
  return {view.data(), view.size()};
}

/// What went wrong, as a sentence for a person: what happened, where, what to do. Throw it from any component
/// function.
class Error : public std::runtime_error {
 public:
  /// `status` is GLEANER_FAILED … GLEANER_NOT_FOUND. `option` is a JSON pointer into the component's table of
  /// the pipeline file ("/categories/1") when an option is to blame: the host shows its line.
  explicit Error(const std::string& sentence, std::int32_t status = GLEANER_FAILED, std::string option = {})
      : std::runtime_error(sentence), status_(status), option_(std::move(option)) {}
  [[nodiscard]] std::int32_t status() const { return status_; }
  [[nodiscard]] const std::string& option() const { return option_; }

 private:
  std::int32_t status_;
  std::string option_;
};

/// An option has a value that cannot be used.
[[nodiscard]] inline Error invalid_option(const std::string& option, const std::string& sentence) {
  return Error(sentence, GLEANER_INVALID, "/" + option);
}

/// A file or folder an option names: absolute, or "-" for standard input or output.
struct Path {
  std::string text;
  [[nodiscard]] bool is_standard_stream() const { return text == "-"; }
  [[nodiscard]] bool empty() const { return text.empty(); }
};

/// A secret an option names. Holds a handle only; Host::reveal gives the text.
struct Secret {
  std::string handle;
  [[nodiscard]] bool empty() const { return handle.empty(); }
};

/// A free table of the pipeline file, as JSON text.
struct Json {
  std::string text;
};

}  // namespace gleaner
