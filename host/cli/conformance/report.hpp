// Results as text for people and JSON for programs. Pure.
#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "host/cli/conformance/runner.hpp"

namespace gleaner::host::cli::conformance {

/// Everything about one file.
struct FileCheck {
  std::string file;  ///< as the person wrote it
  Ask ask;
  std::vector<Given> given;  ///< what the person gave by --set
  Contents contents;
  std::vector<Result> results;  ///< without those that are absent

  [[nodiscard]] std::size_t count(Result::End end) const;
  [[nodiscard]] bool sound() const { return count(Result::End::failed) == 0; }
};

[[nodiscard]] std::string report_text(const FileCheck& checked);
[[nodiscard]] boost::json::object report_json(const FileCheck& checked);

/// The command that runs one test again as it was run.
[[nodiscard]] std::string again(const FileCheck& checked, const Result& result);

}  // namespace gleaner::host::cli::conformance
