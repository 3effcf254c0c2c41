// SPDX-License-Identifier: Apache-2.0
// The output `obsidian`: the digest as linked notes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/common/digest/page.hpp"
#include "plugins/obsidian/note.hpp"

namespace gleaner::obsidian {

/// The output's table in the pipeline file.
struct VaultOptions {
  Path path;
  std::string papers;
  std::string days;
  std::vector<std::string> tags;
  std::string names;
};

inline constexpr std::string_view kDocumentation =
    R"(Writes the digest into a folder of an Obsidian vault: one note a paper and one a day that links them.

    [[output]]
    use  = "obsidian"
    path = "/home/you/Vault/Papers"

A paper's note is `papers/2505.01557 Attention is all you need.md`: identifier and title in ASCII, since such a name is
the same on every system and at every sync, 120 characters at most. It has `id`, `title`, `aliases`, `authors`, `date`,
`published`, `tags`, `scores`, `total`, `url` and `doi` as properties, and comment, abstract and links as text. A paper
that comes again under another title keeps its note. Categories are tags: `cs.LG` is `#cs/LG`. The day's note is
`days/PIPELINE 2025-05-20.md`, so that it is never your daily note.

## What is yours

Whatever you write into a note stays. A rerun writes again only what stands between the comments `%% gleaner:begin %%`
and `%% gleaner:end %%`, which reading view does not show; properties are written when a note is made and are yours from
then on. A note without the two comments, or with one of them twice, is yours altogether. A note that would not change is
not written.

`$math$` stays; in titles, names, abstracts and comments whatever else Obsidian would obey — links, embeds, tags, HTML,
comments, callouts — is escaped.
)";

/// One thread at a time.
class Vault : public Output<VaultOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "obsidian", "Writes a note a paper and a note a day into an Obsidian vault",
          field("path", &VaultOptions::path,
                "The vault, or a folder in it; {pipeline} expands; what is missing is made")
              .required()
              .example("vault/{pipeline}"),
          field("papers", &VaultOptions::papers, "The folder in `path` for notes of papers")
              .fallback("papers"),
          field("days", &VaultOptions::days, "The folder in `path` for notes of days").fallback("days"),
          field("tags", &VaultOptions::tags, "Tags every note has besides its categories")
              .fallback("[\"gleaner\"]"),
          field("names", &VaultOptions::names,
                "title: a paper's file is named by identifier and title; id: by the identifier alone")
              .choices("title", "id")
              .fallback("title"))
          .documentation(kDocumentation);

  void start();
  void deliver(const Digest& digest) const;

 private:
  /// File names by the id part they begin with.
  [[nodiscard]] std::map<std::string, std::string> names_there() const;
  void write_note(const Call& call, const std::string& file, const Note& note) const;
};

}  // namespace gleaner::obsidian
