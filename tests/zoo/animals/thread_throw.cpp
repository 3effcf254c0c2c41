// Throws in a thread of its own, where nobody can catch it.
#include <stdexcept>
#include <thread>

#include <gleaner/abi.h>

extern "C" std::int32_t misbehave(const gleaner_call*, const gleaner_batch*) {
  std::thread([] { throw std::runtime_error("the tiger is out"); }).join();
  return GLEANER_OK;
}
