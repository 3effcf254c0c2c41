// From what a model wrote to scores, by id and never by position. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::chat {

/// What was said of one paper.
struct Judged {
  std::vector<double> scores;  ///< as many as axes, each within 1 to 10
  std::string comment;
  friend bool operator==(const Judged&, const Judged&) = default;
};

struct ScoresRead {
  std::vector<std::optional<Judged>> papers;  ///< by place in `ids`; nothing: not answered, or not usably
  std::size_t strangers = 0;                  ///< entries with ids that were not sent
  std::string
      fault;  ///< what is wrong with the first entry that was not taken, for the model to mend; may be empty
};

/// Accepts {"papers": […]}, a list, JSON lines and single objects, with code fences, prose and <think> blocks
/// around, numbers as texts, trailing commas, keys in any case, ids with "arXiv:" and version; ARXIVID,
/// arxiv_id and id. From a text that is cut off it takes the entries that are whole. Not taken: ids that were
/// not sent, entries of one id that disagree, scores that are missing, words, or outside 1 to 10. `ids` are
/// canonical ids; `axes` lower case. Linear in the text but for a small factor.
[[nodiscard]] ScoresRead read_scores(std::string_view text, std::span<const std::string> ids,
                                     std::span<const std::string> axes);

struct TriageRead {
  bool usable =
      false;  ///< a list of ids to drop was found, perhaps an empty one, and the text is not cut off
  std::vector<std::optional<std::string>> drops;  ///< by place in `ids`: the reason, which may be empty
  std::size_t strangers = 0;
};

/// {"drop": [{"id", "reason"}]}, also with ids alone or as JSON lines of such objects.
[[nodiscard]] TriageRead read_triage(std::string_view text, std::span<const std::string> ids);

/// The id without "arXiv:", quotes, brackets, version and surrounding space, as papers are matched by.
[[nodiscard]] std::string plain_id(std::string_view id);

}  // namespace gleaner::chat
