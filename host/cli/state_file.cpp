#include "host/cli/state_file.hpp"

#include "host/cli/usage.hpp"

namespace gleaner::host::cli {

std::filesystem::path state_file(const Arguments& arguments, const Pipeline& pipeline) {
  const auto given = arguments.value("state");
  if (given && given->empty()) throw UsageError("--state wants FILE or none after it");
  const std::string& where = given ? *given : pipeline.state;
  if (where == "none") return {};
  std::error_code failed;
  const auto path = std::filesystem::absolute(where, failed);
  return failed ? std::filesystem::path(where) : path.lexically_normal();
}

}  // namespace gleaner::host::cli
