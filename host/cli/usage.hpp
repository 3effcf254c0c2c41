// A command line that cannot be obeyed.
#pragma once

#include <stdexcept>
#include <string>

namespace gleaner::host::cli {

/// The message is one sentence without its full stop: what is wrong with which word. The program prints it,
/// points to the verb's help and exits with 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gleaner::host::cli
