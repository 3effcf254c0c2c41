// SPDX-License-Identifier: Apache-2.0
// The source `openreview`: submissions to a venue on OpenReview.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/openreview/client.hpp"
#include "plugins/openreview/notes.hpp"

namespace gleaner::openreview {

/// The source's table in the pipeline file.
struct SubmissionOptions {
  std::string venue;
  std::string invitation;
  std::string by;
  std::chrono::milliseconds window{0};
  std::string username;
  Secret password;
  std::string base_url;
  std::chrono::milliseconds interval{0};
};

/// Deadlines are on any day.
inline constexpr std::uint32_t kEveryDay = 0x7F;

inline constexpr std::string_view kDocumentation =
    R"(Reads the submissions to a venue on OpenReview (API 2): a conference, a workshop, a journal such as TMLR.

    [[source]]
    use        = "openreview"
    invitation = "TMLR/-/Submission"
    username   = "you@example.org"
    password   = "${secret:OPENREVIEW_PASSWORD}"

`invitation` takes everything that was submitted; `venue` takes what has that venue now, which for most conferences is what was
accepted ("ICLR.cc/2026/Conference"). With both, both must hold. Since 2026 OpenReview does not answer programs without an account.

A paper's day (UTC) is the one on which everybody could read it first (`by = "public"`; where OpenReview does not say, that of the
submission), was submitted (`by = "created"`), or was accepted (`by = "published"`). With `created`, papers that are kept secret until
a deadline are never seen: on their day nobody may read them. Only what everybody may read is taken, whatever the account may see;
withdrawn and desk-rejected papers are left out, and counted.

A run of today looks back over `window` and leaves it to the run's `seen` to drop what it has shown before; a run with `--date` takes
that day alone. Pages of 1000 are read from the last one that was modified back to the day that is wanted.

Identifiers are `openreview:` and the number of the forum; key words become categories.
)";

/// One thread at a time.
class Submissions : public Source<SubmissionOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "openreview", "Submissions to a venue on OpenReview",
          field("venue", &SubmissionOptions::venue, "The venue the papers have, by OpenReview's name for it")
              .example("ICLR.cc/2026/Conference"),
          field("invitation", &SubmissionOptions::invitation, "The invitation the papers answer")
              .example("TMLR/-/Submission"),
          field(
              "by", &SubmissionOptions::by,
              "What a paper's day is: public (everybody could read it first), created (it was submitted) or "
              "published (it was accepted)")
              .choices("public", "created", "published")
              .fallback("public"),
          field("window", &SubmissionOptions::window,
                "How far a run of today looks back for what it has not seen, up to 30d")
              .fallback("2d")
              .within(0, 30.0 * 86400000),
          field("username", &SubmissionOptions::username, "The mail address of an account at openreview.net")
              .example("you@example.org"),
          field("password", &SubmissionOptions::password, "Its password")
              .example("${secret:OPENREVIEW_PASSWORD}"),
          field("base_url", &SubmissionOptions::base_url, "OpenReview's interface, API 2")
              .fallback("https://api2.openreview.net"),
          field("interval", &SubmissionOptions::interval, "Least time between two requests, up to 1h")
              .fallback("1s")
              .within(0, 3600000))
          .remote()
          .needs_host("api2.openreview.net", "submissions, and to log in")
          .needs_secret("OPENREVIEW_PASSWORD", "to log in, where `username` is given")
          .polite({"openreview", std::chrono::milliseconds(1000), 1})
          .announces({"UTC", kEveryDay})
          .documentation(kDocumentation)
          .homepage("https://docs.openreview.net");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  /// The days that are wanted, both included.
  struct Days {
    std::string first, last;
    std::int64_t earliest_ms = 0;  // what was modified before it cannot be of these days
  };
  struct Gathered {
    std::vector<Note> notes;  // of the days, each once
    std::unordered_set<std::string> ids;
    std::uint64_t rows = 0;
    std::uint64_t missing = 0;  // which OpenReview said it has and did not send
  };

  void check_account() const;
  [[nodiscard]] Days days_of(const Day& day) const;
  [[nodiscard]] std::string question() const;
  [[nodiscard]] std::string day_of(const Note& note) const;
  [[nodiscard]] Gathered gather(const Days& days, const Call& call) const;
  /// Takes what is of these days; false when all that follows is older.
  [[nodiscard]] bool take(Page page, const Days& days, Gathered& gathered) const;
  [[nodiscard]] NewPaper paper_of(const Note& note) const;

  Account account_;
};

}  // namespace gleaner::openreview
