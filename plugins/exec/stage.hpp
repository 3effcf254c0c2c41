// SPDX-License-Identifier: Apache-2.0
// The stage `exec`: a filter or a scorer that is a program of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/exec/answers.hpp"
#include "plugins/exec/options.hpp"
#include "plugins/exec/program.hpp"

namespace gleaner::exec {

/// The stage's table in the pipeline file.
struct StageOptions : ProgramOptions {
  std::vector<std::string> axes;
};

inline constexpr std::string_view kStageDocumentation =
    R"(Runs a program that judges papers, in any language. It reads a paper a line, as JSON, and writes an answer a line:

    {"id": "2505.01557", "relevance": 7, "comment": "…"}     a score on each axis the pipeline file names
    {"id": "2505.01557", "drop": "not wanted"}               out
    {"id": "2505.01557", "pick": "Author match", "total": 20}  in, past all other stages
    {"id": "2505.01557"}                                     on to the next stage

    [[stage]]
    use     = "exec"
    command = ["./rank.py"]
    axes    = ["relevance"]      # without this line it is a filter
    [stage.options]
    words   = ["sparse"]

A handshake comes first, in which the program says what options it knows; docs/exec.md is the whole protocol. The program is started once a
run and runs on from batch to batch. When it fails, the papers of that batch go on unjudged, as `on_error` says, and it is started
again for the next; after three failures in a row it is left alone.
)";

/// One thread at a time: one program, one conversation.
class ExecStage : public Scorer<StageOptions> {
 public:
  static constexpr auto about =
      about_program("Lets a program in any language judge papers, by JSON lines", kStageDocumentation,
                    field("axes", &StageOptions::axes,
                          "The axes the program scores on, 1 to 10 each; without them it is a filter")
                        .example("[\"relevance\"]"))
          .version("1.0.0")
          .names_axes();

  ~ExecStage();

  void start() { check_program_options(options, host); }
  void judge(const Batch& batch);
  void health(const Call& call);

 private:
  void talk(const Batch& batch);
  void make_ready(const Batch& batch);
  void listen(Answers& answers, const Batch& batch, const Program::Feed& feed, const std::size_t& sent);
  [[nodiscard]] Facts facts(const Call& call) const;

  std::unique_ptr<Program> program_;
  int failures_ = 0;  // in a row
  std::optional<Error> last_failure_;
  std::string line_;  // reused from paper to paper
};

}  // namespace gleaner::exec
