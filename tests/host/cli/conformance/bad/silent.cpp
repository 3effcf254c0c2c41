// Refuses its own example.
#include "fault.hpp"

struct Options {
  std::string word;
};
struct Silent : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("silent", "Looks for a word",
                     gleaner::field("word", &Options::word, "Word to look for").required().example("moe"))
          .axis("relevance", "Whether the word is there");
  void start() const {
    if (options.word == "moe") throw gleaner::Error("Not that word.", GLEANER_INVALID, "/word");
  }
  gleaner::Score score(const gleaner::Paper& paper) const { return {{sound_score(paper)}, {}}; }
};
GLEANER_PLUGIN("silent", "1.0.0", Silent)
