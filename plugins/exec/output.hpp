// SPDX-License-Identifier: Apache-2.0
// The output `exec`: a digest handed to a program.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

#include "plugins/exec/options.hpp"
#include "plugins/exec/program.hpp"

namespace gleaner::exec {

/// The output's table in the pipeline file.
struct OutputOptions : ProgramOptions {
  Path path;
};

inline constexpr std::string_view kOutputDocumentation =
    R"(Hands the digest to a program, in any language: all of `gleaner.digest/1` as one line of JSON on its standard input,
which then ends. Exit status 0 means delivered.

    [[output]]
    use     = "exec"
    command = ["./post.py"]
    [output.options]
    channel = "papers"

A handshake comes first; docs/exec.md is the whole protocol. With `handshake = false` any program that reads JSON will do, and with
a `path` what it prints is the page:

    [[output]]
    use       = "exec"
    command   = ["jq", "-r", ".papers[].title"]
    path      = "out/{date}.txt"
    handshake = false
)";

/// One thread at a time.
class ExecOutput : public Output<OutputOptions> {
 public:
  static constexpr auto about =
      about_program("Hands the digest to a program in any language", kOutputDocumentation,
                    field("path", &OutputOptions::path,
                          "Where the page goes that the program writes; {date} and {pipeline} expand, - is "
                          "standard output")
                        .example("out/{date}.txt"))
          .version("1.0.0");

  void start() { check_program_options(options, host); }
  void deliver(const Digest& digest);
  void health(const Call& call);

 private:
  void send(Program& program, const Digest& digest) const;
  void take_page(Program& program, const Call& call, std::optional<FileWriter>& page) const;
  void take_lines(Program& program, const Call& call, std::optional<FileWriter>& page) const;
};

}  // namespace gleaner::exec
