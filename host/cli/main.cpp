// The executable `gleaner`.
#include <string>
#include <vector>

#include "host/cli/program.hpp"

int main(int count, char** words) {
  const std::vector<std::string> line(words + (count > 0 ? 1 : 0), words + count);
  return gleaner::host::cli::run_program(line);
}
