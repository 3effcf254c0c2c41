// SPDX-License-Identifier: Apache-2.0
// The output `zotero`: the digest's papers as items of a library.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/common/citation.hpp"
#include "plugins/zotero/client.hpp"
#include "plugins/zotero/shelf.hpp"

namespace gleaner::zotero {

/// The output's table in the pipeline file.
struct LibraryOptions {
  std::string library;
  Secret api_key;
  std::string collection;
  std::vector<std::string> tags;
  std::string base_url;
  std::chrono::milliseconds interval{100};
};

inline constexpr std::string_view kDocumentation =
    R"(Adds the selected papers to a library of Zotero, skipping those it holds already.

    [[output]]
    use        = "zotero"
    library    = "users/475425"
    api_key    = "${secret:ZOTERO_API_KEY}"
    collection = "Reading/This week"

`library` is `users/` and your number, shown at https://www.zotero.org/settings/keys, or `groups/` and the number in the
group's address. The key is made on the same page; it needs write access to the library.

`collection` is a key (`9KH9TNSJ`), a name, or a path of names from the top; it has to be there. Papers are added as
preprints, or as journal articles where they have a journal; their categories are automatic tags, `tags` are your own.

A paper is skipped if any item of the library, in whichever collection, has its DOI, its arXiv number (in `DOI`,
`Archive ID`, `URL` or `Extra`) or its address. What the library holds is remembered with the state, and only changes are
asked for the next time.

Papers go 50 at a time, each time with a write token made of the run, the output and these papers: what is sent again
after an answer was lost is recognised by Zotero and not added twice. Nothing needs to be chosen here.
)";

/// One thread at a time.
class Library : public Output<LibraryOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "zotero", "Adds the selected papers to a library of Zotero",
          field("library", &LibraryOptions::library, "users/NUMBER or groups/NUMBER")
              .required()
              .example("users/475425"),
          field("api_key", &LibraryOptions::api_key, "A key with write access to the library")
              .required()
              .example("${secret:ZOTERO_API_KEY}"),
          field("collection", &LibraryOptions::collection,
                "The collection new items go to: its key, its name or its path; none without")
              .example("Reading/This week"),
          field("tags", &LibraryOptions::tags, "Tags every new item gets").example("[\"gleaner\"]"),
          field("base_url", &LibraryOptions::base_url, "Zotero's Web API").fallback("https://api.zotero.org"),
          field("interval", &LibraryOptions::interval, "Least time between two requests, up to 1h")
              .fallback("100ms")
              .within(0, 3600000))
          .remote()
          .needs_host("api.zotero.org", "the library")
          .needs_secret("ZOTERO_API_KEY", "write access to the library")
          .polite({"zotero", std::chrono::milliseconds(100), 1})
          .documentation(kDocumentation)
          .homepage("https://www.zotero.org/support/dev/web_api/v3/start");

  void start();
  void deliver(const Digest& digest);
  void health(const Call& call);

 private:
  [[nodiscard]] Client client(const Call& call) const;
  [[nodiscard]] std::string collection_key(Client& client) const;
  [[nodiscard]] std::string shelf_key() const;
  void keep(const Shelf& shelf) const;
};

}  // namespace gleaner::zotero
