// Sound, but nobody can guess its option.
#include "fault.hpp"

struct Options {
  std::vector<std::string> words;
};
struct Wanting : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("wanting", "Looks for words",
                     gleaner::field("words", &Options::words, "Words to look for").required())
          .axis("relevance", "Whether a word is there");
  gleaner::Score score(const gleaner::Paper& paper) const { return {{sound_score(paper)}, {}}; }
};
GLEANER_PLUGIN("wanting", "1.0.0", Wanting)
