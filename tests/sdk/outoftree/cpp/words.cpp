#include <gleaner/plugin.hpp>
struct Options {
  std::vector<std::string> words;
};
struct Words : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("words", "Raises papers whose title names your words",
                     gleaner::field("words", &Options::words, "Words that raise a paper").required())
          .axis("relevance", "8 for a paper with one of your words, else 1");
  gleaner::Score score(const gleaner::Paper& paper) const {
    const auto named = [&](const auto& word) { return paper.title().find(word) != std::string_view::npos; };
    return std::any_of(options.words.begin(), options.words.end(), named) ? 8.0 : 1.0;
  }
};
GLEANER_PLUGIN("words", "1.0.0", Words)
