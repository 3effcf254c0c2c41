// SPDX-License-Identifier: Apache-2.0
// The output `bibtex`: the digest's papers as a bibliography.
#pragma once

#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

#include "plugins/references/bibtex_entry.hpp"

namespace gleaner::references {

/// The output's table in the pipeline file.
struct BibtexOptions {
  Path path;
  bool append = false;
  std::string key;
  std::string encoding;
  bool abstract = false;
};

inline constexpr std::string_view kBibtexDocumentation =
    R"(Writes the selected papers as BibTeX: `@article` where a paper has a journal, else `@misc`, with
`eprint`, `archivePrefix`, `primaryClass`, `doi` and `url` as far as they are known.

    [[output]]
    use  = "bibtex"
    path = "out/{date}.bib"

One file for all days grows instead:

    [[output]]
    use    = "bibtex"
    path   = "papers.bib"
    append = true

A growing file is yours to edit: what is in it stays to the byte, and only papers that it does not hold yet are added
behind. A paper is there if an entry has its arXiv number, DOI or address in `eprint`, `doi` or `url`, whatever its key;
who deletes an entry gets it back when that day is run again. If nothing is new the file is not touched.

## Keys

`key` makes them: `{name}` is the first author's family name, `{year}` the year, `{word}` the title's first word that says
something, `{id}` the identifier. `{name}{year}{word}` gives `vaswani2017attention`. Where two papers of a file would have
the same key, the later one (in the order of identifiers within a day) gets `-` and its identifier behind it, which is the
same at every run. `key = "{id}"` never needs that, across files either.

## Text

`$math$` stays TeX; `& % # $ _ { } ~ ^ \` outside of it are escaped, and a formula that would read, write, run or define
something is shown as text. Titles stand in two braces so that styles leave their capitals. With `encoding = "ascii"`
letters with marks become TeX accents (`{\"u}`) for BibTeX before UTF-8; a character TeX has no command for is written as
`[U+4E2D]`.
)";

/// One thread at a time.
class Bibtex : public Output<BibtexOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "bibtex", "Writes the digest as a BibTeX bibliography, one file a day or one that grows",
          field("path", &BibtexOptions::path,
                "The file to write; {date} and {pipeline} expand, - is standard output")
              .required()
              .example("out/{date}.bib"),
          field("append", &BibtexOptions::append,
                "Whether what the file holds stays as it is and only new papers are added behind")
              .fallback("false"),
          field("key", &BibtexOptions::key, "What a paper's key is made of: {name}, {year}, {word}, {id}")
              .fallback("{name}{year}{word}")
              .example("{name}:{year}:{word}"),
          field("encoding", &BibtexOptions::encoding,
                "utf8: letters as they are; ascii: letters with marks as TeX accents")
              .choices("utf8", "ascii")
              .fallback("utf8"),
          field("abstract", &BibtexOptions::abstract, "Whether entries hold the paper's abstract")
              .fallback("false"))
          .documentation(kBibtexDocumentation);

  void start();
  void deliver(const Digest& digest) const;

 private:
  EntryStyle style_;
};

}  // namespace gleaner::references
