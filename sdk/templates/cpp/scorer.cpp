// @NAME@: raises papers whose title has your words.
#include <gleaner/plugin.hpp>

struct Options {
  std::vector<std::string> words;
};

struct @CLASS@ : gleaner::Scorer<Options> {
  static constexpr auto about = gleaner::about("@NAME@", "Raises papers whose title has your words",
      gleaner::field("words", &Options::words, "Words, as titles spell them").required().example(R"(["pruning"])"))
          .axis("relevance", "1, and 3 more for each of your words in the title, up to 10");

  gleaner::Score score(const gleaner::Paper& paper) const {
    double relevance = 1;
    for (const auto& word : options.words) relevance += paper.title().find(word) == std::string_view::npos ? 0 : 3;
    return std::min(relevance, 10.0);
  }
};

GLEANER_PLUGIN("@NAME@", "0.1.0", @CLASS@)
