// The executable `gleaner`.
#include <string>
#include <vector>

#include "host/cli/program.hpp"
#include "host/pipeline/crash_handler.hpp"

int main(int count, char** words) {
  const std::vector<std::string> line(words + (count > 0 ? 1 : 0), words + count);
  gleaner::host::leave(gleaner::host::cli::run_program(line));
}
