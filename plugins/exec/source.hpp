// SPDX-License-Identifier: Apache-2.0
// The source `exec`: papers that a program writes.
#pragma once

#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

#include "plugins/exec/options.hpp"
#include "plugins/exec/program.hpp"
#include "plugins/json/paper_line.hpp"

namespace gleaner::exec {

inline constexpr std::string_view kSourceDocumentation =
    R"(Runs a program that writes papers, one a line, as JSON:

    {"paper": {"id": "2505.01557", "title": "…", "authors": ["…"], "abstract": "…", "url": "…"}}

    [[source]]
    use     = "exec"
    command = ["./fetch.py"]

A handshake comes first, in which the program is told the date and its options; docs/exec.md is the whole protocol. With
`handshake = false` any program that writes JSON lines is a source: `command = ["jq", "-c", ".papers[]", "day.json"]`. It has to end
with exit status 0. The fields are those of the source `jsonl`; `{"date": "2025-05-20"}` before the papers says of which day they are.
)";

/// One thread at a time.
class ExecSource : public Source<ProgramOptions> {
 public:
  static constexpr auto about =
      about_program("Papers from a program in any language, by JSON lines", kSourceDocumentation)
          .version("1.0.0");

  void start() { check_program_options(options, host); }
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  void take(const Line& line, const Program& program, Sink& sink);
  void push(const boost::json::object& paper, const Line& line, const Program& program, Sink& sink);

  json::PaperLineReader reader_;
  std::uint64_t fetched_ = 0;
};

}  // namespace gleaner::exec
