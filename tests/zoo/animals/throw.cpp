// Throws across the line: no trampoline of plugin.hpp is in between.
#include <stdexcept>

#include <gleaner/abi.h>

extern "C" std::int32_t misbehave(const gleaner_call*, const gleaner_batch*) {
  throw std::runtime_error("the tiger is out");
}
