#include "host/cli/pipeline_file.hpp"

#include <fmt/format.h>

#include "host/cli/usage.hpp"
#include "host/config/codes.hpp"
#include "host/config/text.hpp"
#include "host/services/secrets.hpp"

namespace gleaner::host::cli {

std::vector<std::pair<std::string, std::string>> read_sets(const Arguments& arguments) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& set : arguments.values("set")) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UsageError(fmt::format("--set wants KEY=VALUE, as in --set select.limit=20, not {}", quote(set)));
    }
    out.emplace_back(set.substr(0, equals), set.substr(equals + 1));
  }
  return out;
}

LoadResult read_pipeline(const std::string& path, const Arguments& arguments, const Plugins& plugins,
                         Purpose purpose) {
  if (path == "-")
    throw UsageError("a pipeline is a file, since its paths are relative to it; \"-\" is none");
  LoadRequest request{
      .path = path,
      .components = plugins.usable,
      .sets = read_sets(arguments),
      .purpose = purpose,
      .secret_is_set = [](std::string_view name,
                          const SecretsConfig& secrets) { return Secrets::is_set(secrets, name); },
      .environment = {}};
  return load_pipeline(request);
}

std::string diagnostics_text(const LoadResult& loaded, bool errors_only) {
  std::string out;
  for (const Diagnostic& each : loaded.diagnostics) {
    if (errors_only && each.severity != Severity::error) continue;
    // A mistake in the lock file has no line here to show.
    const bool elsewhere = each.code == static_cast<int>(Code::malformed_lock);
    out += render(each, elsewhere ? std::string() : loaded.pipeline.text) + "\n";
  }
  return out;
}

}  // namespace gleaner::host::cli
