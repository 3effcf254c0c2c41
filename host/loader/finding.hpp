// What came of looking at a plugin file.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "host/loader/checked.hpp"
#include "host/loader/component.hpp"

namespace gleaner::host {

/// How a plugin ended the process that looked at it. It is remembered, so that it happens once.
struct Mishap {
  enum class How : std::uint32_t {
    crashed = 1,  ///< `number` is the signal
    exited = 2,   ///< `number` is the exit code
    hung = 3,     ///< `number` is the time it was given, in ms
    garbled = 4,  ///< it wrote into the pipe that is the host's
  };
  How how = How::crashed;
  std::int32_t number = 0;
  std::int64_t seconds = 0;  ///< when: since 1970, UTC

  friend bool operator==(const Mishap&, const Mishap&) = default;
};

/// The rest of "FILE is not used: …", with the day and what to do.
[[nodiscard]] std::string to_sentence(const Mishap& mishap);

/// Its components; or how it ended the process; or why it is not used, which may change with what else is
/// installed and is therefore asked anew each time.
using Finding = std::variant<std::vector<ComponentInfo>, Mishap, Reason>;

}  // namespace gleaner::host
