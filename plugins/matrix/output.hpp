// SPDX-License-Identifier: Apache-2.0
// The output `matrix`: the digest in a room.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

namespace gleaner::matrix {

/// The output's table in the pipeline file.
struct MatrixOptions {
  std::string base_url;
  Secret token;
  std::string room;
  std::string type;
  bool thread = true;
  bool near_misses = false;
  std::chrono::milliseconds interval{1000};
};

inline constexpr std::string_view kDocumentation =
    R"(Sends the digest to a room of Matrix: a header that says what is missing, and the papers in a thread under it.

    [[output]]
    use      = "matrix"
    base_url = "https://matrix.example.org"
    token    = "${secret:MATRIX_TOKEN}"
    room     = "#papers:example.org"

`base_url` is the address of the account's homeserver, which may differ from the name in user ids. `token` is an access
token, best that of an account of its own, which has to be in the room; clients show it among their settings. Messages are
notices, as those of bots are; `type = "text"` makes them messages that notify like a person's.

Messages are not encrypted. In a room with encryption clients mark them as such, and `gleaner check` says so.

## Sent once

Every message carries a transaction id made from the digest's key: a homeserver that already has it, though no answer came
or the machine failed before it was noted, does not post it again. (Homeservers keep these ids for a day or longer.)
Messages that went are remembered, too, and not sent again when a later one fails.
)";

/// One thread at a time.
class Matrix : public Output<MatrixOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "matrix", "Sends the digest to a Matrix room",
          field("base_url", &MatrixOptions::base_url, "The homeserver's address")
              .required()
              .example("https://matrix.example.org"),
          field("token", &MatrixOptions::token, "An access token of the account that writes")
              .required()
              .example("${secret:MATRIX_TOKEN}"),
          field("room", &MatrixOptions::room, "The room's id (!…) or an alias of it (#name:server)")
              .required()
              .example("#papers:example.org"),
          field("type", &MatrixOptions::type, "notice: as bots write, without a sound; text: as people write")
              .choices("notice", "text")
              .fallback("notice"),
          field("thread", &MatrixOptions::thread, "Whether the papers stand in a thread under the header")
              .fallback("true"),
          field("near_misses", &MatrixOptions::near_misses,
                "Whether papers that just missed the selection are listed after it")
              .fallback("false"),
          field("interval", &MatrixOptions::interval, "Least time between two requests, up to 1h")
              .fallback("1s")
              .within(0, 3600000))
          .remote()
          .needs_secret("MATRIX_TOKEN", "an access token of the account that writes")
          .polite({"matrix", std::chrono::milliseconds(0), 1})
          .documentation(kDocumentation)
          .homepage("https://spec.matrix.org/latest/client-server-api/");

  void start();
  void deliver(const Digest& digest);
  void health(const Call& call);
};

}  // namespace gleaner::matrix
