// SPDX-License-Identifier: Apache-2.0
// The outputs `json`, the whole digest, and `jsonl`, its papers one a line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

namespace gleaner::json {

/// The table of the output `json` in the pipeline file.
struct JsonOptions {
  Path path;
  bool pretty = false;
};

inline constexpr std::string_view kJsonDocumentation =
    R"(Writes everything about a run as one JSON document of the schema
`gleaner.digest/1`: papers with scores and comments, counts, usage, receipt, warnings, the prompt. `gleaner render` makes pages of it again.

    [[output]]
    use  = "json"
    path = "out/{date}.json"
)";

class JsonOutput : public Output<JsonOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "json", "Writes the digest as JSON, for `gleaner render` and other programs",
          field("path", &JsonOptions::path,
                "The file to write; {date} and {pipeline} expand, - is "
                "standard output")
              .required()
              .example("out/{date}.json"),
          field("pretty", &JsonOptions::pretty, "Whether it is indented, for people").fallback("false"))
          .documentation(kJsonDocumentation);

  void deliver(const Digest& digest) const;
};

/// The table of the output `jsonl` in the pipeline file.
struct JsonlOptions {
  Path path;
};

inline constexpr std::string_view kJsonlDocumentation =
    R"(Writes the selected papers as JSON Lines, one a line in the shape of
`papers[]` of a digest, with scores, total, comment, summary and the stage that decided. What is not known is left out.
The source `jsonl` reads it.

    [[output]]
    use  = "jsonl"
    path = "out/{date}.jsonl"
)";

/// Writes while the run goes on, so that memory does not grow with the papers. One thread at a time.
class JsonlOutput : public Output<JsonlOptions> {
 public:
  static constexpr auto about = gleaner::about("jsonl", "Writes the selected papers as JSON Lines",
                                               field("path", &JsonlOptions::path,
                                                     "The file to write; {date} and {pipeline} expand, - is "
                                                     "standard output")
                                                   .required()
                                                   .example("out/{date}.jsonl"))
                                    .documentation(kJsonlDocumentation);

  void begin(const Digest& digest);
  void write(const Call& call, std::span<const Entry> entries);
  void end(const Call& call, bool complete);

 private:
  std::optional<FileWriter> file_;
  std::string buffer_;
};

}  // namespace gleaner::json
