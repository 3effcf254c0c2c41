// SPDX-License-Identifier: Apache-2.0
// The source `jsonl`: papers from a file, one a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/json/paper_id.hpp"
#include "plugins/json/paper_line.hpp"

namespace gleaner::json {

/// The source's table in the pipeline file.
struct JsonlSourceOptions {
  Path file;
  std::string on_bad_line;
};

inline constexpr std::string_view kSourceDocumentation =
    R"(Reads papers from a JSON Lines file, plain or gzip, one object a line:

    {"id": "2505.01557", "title": "…", "authors": ["…"], "abstract": "…", "categories": ["cs.LG"]}

That is the shape of `papers[]` of a digest, and what the output `jsonl` writes. `id` and `title` are needed. Known beside
them: `abstract url doi published journal license authors affiliations categories version announce extras`. Other fields, scores
among them, are passed over. Numbers may be written as strings.

Identifiers are brought to one form, so that papers of several sources meet: `arXiv:2505.01557v2`, `https://arxiv.org/abs/2505.01557`
and the DOI 10.48550/arXiv.2505.01557 are all `2505.01557`, other DOIs are `doi:` in lower case.

The file has no date of its own: its papers are taken for the day of the run. Memory does not grow with the file.
)";

/// One thread at a time.
class JsonlSource : public Source<JsonlSourceOptions> {
 public:
  static constexpr auto about =
      gleaner::about("jsonl", "Papers from a JSON Lines file, plain or gzip",
                     field("file", &JsonlSourceOptions::file, "The file to read; - is standard input")
                         .required()
                         .example("papers.jsonl"),
                     field("on_bad_line", &JsonlSourceOptions::on_bad_line,
                           "A line that is no paper: stop there, or skip it and count it")
                         .choices("stop", "skip")
                         .fallback("stop"))
          .documentation(kSourceDocumentation);

  void fetch(const Day& day, Sink& sink);
  void health(const Call& call) const;

 private:
  void push(const PaperLine& paper, Sink& sink);
  void bad_line(const std::string& sentence, std::uint64_t& skipped) const;

  // Reused from paper to paper.
  common::PaperId id_;
  std::vector<gleaner_str> texts_;
  std::vector<gleaner_pair> extras_;
};

}  // namespace gleaner::json
