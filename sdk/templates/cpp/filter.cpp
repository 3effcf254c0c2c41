// @NAME@: drops papers by the words of their titles.
#include <gleaner/plugin.hpp>

struct Options {
  std::vector<std::string> words;
  std::string drop;
};

struct @CLASS@ : gleaner::Filter<Options> {
  static constexpr auto about =
      gleaner::about("@NAME@", "Drops papers by the words of their titles",
                     gleaner::field("words", &Options::words, "Words, as titles spell them").required().example(R"(["survey"])"),
                     gleaner::field("drop", &Options::drop, "Whether titles that have one of them are dropped, or those without")
                         .choices("with", "without")
                         .fallback("with"));

  gleaner::Verdict judge(const gleaner::Paper& paper) const {
    const auto named = [&](const auto& word) { return paper.title().find(word) != std::string_view::npos; };
    const bool has = std::any_of(options.words.begin(), options.words.end(), named);
    if (has != (options.drop == "with")) return gleaner::Verdict::pass();
    return gleaner::Verdict::drop(has ? "a word not wanted" : "no word wanted");
  }
};

GLEANER_PLUGIN("@NAME@", "0.1.0", @CLASS@)
