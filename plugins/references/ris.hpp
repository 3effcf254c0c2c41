// SPDX-License-Identifier: Apache-2.0
// The output `ris`: the digest's papers for EndNote, Mendeley, Citavi and whatever else reads RIS.
#pragma once

#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

#include "plugins/common/citation.hpp"

namespace gleaner::references {

/// The output's table in the pipeline file.
struct RisOptions {
  Path path;
  bool abstract = true;
};

inline constexpr std::string_view kRisDocumentation =
    R"(Writes the selected papers as RIS, which EndNote, Mendeley, Zotero, Citavi and most others import:
UTF-8, one tag a line, CR LF.

    [[output]]
    use  = "ris"
    path = "out/{date}.ris"

`TY` is `JOUR` for a paper with a journal and `UNPB` for a preprint, whose arXiv number is in `AN`. Names are written
"Last, First"; categories are keywords. TeX stays as it is.
)";

/// One thread at a time.
class Ris : public Output<RisOptions> {
 public:
  static constexpr auto about =
      gleaner::about("ris", "Writes the digest as RIS for reference managers",
                     field("path", &RisOptions::path,
                           "The file to write; {date} and {pipeline} expand, - is standard output")
                         .required()
                         .example("out/{date}.ris"),
                     field("abstract", &RisOptions::abstract, "Whether records hold the paper's abstract")
                         .fallback("true"))
          .documentation(kRisDocumentation);

  [[nodiscard]] std::string render(const Digest& digest) const;
};

/// One record, from TY to ER, each line ending in CR LF. Pure.
[[nodiscard]] std::string ris_record(const common::Citation& citation, bool has_abstract);

}  // namespace gleaner::references
