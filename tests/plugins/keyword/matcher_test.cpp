#include "plugins/keyword/core/matcher.hpp"

#include <array>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

namespace gleaner::keyword {
namespace {

bool finds(std::string_view phrase, std::string_view text) {
  const std::vector<std::string> phrases = {std::string(phrase)};
  std::array<std::uint8_t, 1> hit{};
  Matcher(phrases).find(text, hit, 1);
  return hit[0] == 1;
}

TEST(Matcher, CaseDoesNotMatter) {
  EXPECT_TRUE(finds("Mixture of Experts", "a MIXTURE OF experts layer"));
  EXPECT_TRUE(finds("schrödinger", "SCHRÖDINGER bridges"));
  EXPECT_TRUE(finds("ÉTALE", "étale cohomology"));
  EXPECT_TRUE(finds("łukasz źródło ÿ", "ŁUKASZ ŹRÓDŁO Ÿ"));
}

TEST(Matcher, AccentsDo) {
  EXPECT_FALSE(finds("etale", "étale"));
  EXPECT_FALSE(finds("×", "÷"));  // they differ as é and É do, but are no letters
  EXPECT_FALSE(finds("ĸ", "Ĺ"));
}

TEST(Matcher, HyphensSpacesAndLineBreaksAreTheSame) {
  for (const char* text :
       {"mixture of experts", "mixture-of-experts", "mixture of\n  experts", "mixture\u2013of\u2011experts",
        "mixture\u00A0of - experts", "(mixture~of experts)", "\\emph{mixture} of {experts}"}) {
    EXPECT_TRUE(finds("mixture of experts", text)) << text;
    EXPECT_TRUE(finds("mixture-of-experts", text)) << text;
    EXPECT_TRUE(finds("  Mixture \n of--experts ", text)) << text;
  }
  EXPECT_TRUE(finds("k-means", "the $k$-means problem"));
}

TEST(Matcher, OtherPunctuationAndNothingAtAllAreNot) {
  for (const char* text : {"mixture, of experts", "mixture. Of experts", "mixtureof experts", "mixture of",
                           "of experts", "mixture of the experts"}) {
    EXPECT_FALSE(finds("mixture of experts", text)) << text;
  }
}

TEST(Matcher, WordsMatchWhole) {
  EXPECT_FALSE(finds("art", "state-of-the-start"));
  EXPECT_TRUE(finds("art", "state-of-the-art"));
  EXPECT_FALSE(finds("art", "arty, cart, art2, naïveart, artß"));
  EXPECT_TRUE(finds("art", "art"));
  EXPECT_TRUE(finds("art", "“art”"));
  EXPECT_TRUE(finds("art", "(art)"));
  EXPECT_TRUE(finds("art", "craft and art…"));
  EXPECT_FALSE(finds("art", ""));
}

TEST(Matcher, PunctuationInAPhraseStandsForItself) {
  EXPECT_TRUE(finds("C++", "in C++20 and c++"));
  EXPECT_FALSE(finds("C++", "in C+ and objectivec++"));
  EXPECT_TRUE(finds(".NET", "ASP.NET"));
  EXPECT_TRUE(finds("f(x)", "where f(x) is"));
  EXPECT_FALSE(finds("f(x)", "where f x is"));
  EXPECT_TRUE(finds("3d/4d", "both 3D/4D data"));
}

TEST(Matcher, EveryWordMatchesInTheOtherNumber) {
  const std::vector<std::pair<const char*, const char*>> numbers = {
      {"expert", "experts"},  {"class", "classes"},       {"box", "boxes"},       {"quiz", "quizzes"},
      {"theory", "theories"}, {"analysis", "analyses"},   {"matrix", "matrices"}, {"vertex", "vertices"},
      {"survey", "surveys"},  {"approach", "approaches"}, {"GAN", "GANs"},        {"LLM", "LLMs"},
      {"RNN", "RNNs"},        {"size", "sizes"},          {"movie", "movies"},    {"hash", "hashes"}};
  for (const auto& [one, many] : numbers) {
    EXPECT_TRUE(finds(one, many)) << one;
    EXPECT_TRUE(finds(many, one)) << many;
    EXPECT_TRUE(finds(std::string(one) + " model", std::string(many) + " models")) << one;
  }
  EXPECT_TRUE(finds("AI", "AIs"));
  EXPECT_FALSE(finds("AIs", "AI"));  // three letters may be a word of their own: gas, was
  EXPECT_TRUE(finds("Shapley value", "Shapley's values and Shapley’s value"));
  EXPECT_TRUE(finds("transformer", "the transformer's layers"));
}

TEST(Matcher, NothingElseIsStemmed) {
  const std::vector<std::pair<const char*, const char*>> others = {
      {"pruning", "pruned"}, {"prune", "pruning"},    {"news", "new"}, {"bias", "bia"},
      {"means", "mean"},     {"lens", "len"},         {"us", "uses"},  {"corpus", "corpu"},
      {"loss", "los"},       {"this", "thi"},         {"gas", "ga"},   {"gpt4", "gpt4s"},
      {"day", "daies"},      {"general", "generally"}};
  for (const auto& [phrase, text] : others)
    EXPECT_FALSE(finds(phrase, text)) << phrase;
}

TEST(Matcher, OverlappingPhrasesAllCount) {
  const std::vector<std::string> phrases = {"neural network", "network", "graph neural network",
                                            "network pruning", "prune"};
  std::array<std::uint8_t, 5> hits{};
  Matcher(phrases).find("Graph neural network pruning", hits, 4);
  EXPECT_EQ(hits, (std::array<std::uint8_t, 5>{4, 4, 4, 4, 0}));
}

TEST(Matcher, MarksAddUp) {
  const std::vector<std::string> phrases = {"moss"};
  const Matcher matcher(phrases);
  std::array<std::uint8_t, 1> hit{};
  matcher.find("moss", hit, 1);
  matcher.find("moss moss", hit, 2);
  EXPECT_EQ(hit[0], 3);
}

TEST(Matcher, NoPhrasesFindNothing) {
  const Matcher matcher({});
  matcher.find("any text", {}, 1);
  EXPECT_EQ(matcher.phrases(), 0U);
}

TEST(Matcher, APhraseOfSpacesIsRefused) {
  EXPECT_EQ(check_phrase(std::string(1'001, 'x')),
            "A phrase has at most 1,000 bytes; look for a few words of it instead.");
  EXPECT_EQ(check_phrase(" - \n"), "A phrase needs at least one letter, digit or sign to look for.");
  EXPECT_EQ(check_phrase(""), check_phrase(" "));
  EXPECT_EQ(check_phrase("+"), "");
  const std::vector<std::string> phrases = {"fine", "--"};
  EXPECT_THROW(Matcher{phrases}, std::invalid_argument);
}

TEST(Matcher, BytesThatAreNoTextDoNoHarm) {
  std::mt19937 random(3);
  const std::vector<std::string> phrases = {"\xC3", "a\xFFz", "é\xE2\x80", "art"};
  const Matcher matcher(phrases);
  std::array<std::uint8_t, 4> hits{};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 40; i > 0; --i)
      text += static_cast<char>(random() % 256);
    matcher.find(text, hits, 1);
  }
  hits = {};
  matcher.find("\xE2\x80 art \xC2", hits, 1);
  EXPECT_EQ(hits[3], 1);
}

// A search that is plainly right: a text is a list of words and separators, and a phrase is in it where its
// words stand one after the other, in either number, with only gaps between them.
struct Token {
  std::string lemma;  // empty for a separator
  bool gap = false;
};

struct Spelling {
  const char* text;
  const char* lemma;
};

constexpr std::array<Spelling, 14> kWords = {{{"expert", "expert"},
                                              {"Experts", "expert"},
                                              {"a", "a"},
                                              {"A", "a"},
                                              {"abba", "abba"},
                                              {"ABBAs", "abba"},
                                              {"theory", "theory"},
                                              {"theories", "theory"},
                                              {"matrix", "matrix"},
                                              {"MATRICES", "matrix"},
                                              {"éa", "éa"},
                                              {"Éa", "éa"},
                                              {"aexpert", "aexpert"},
                                              {"abba's", "abba"}}};
constexpr std::array<Spelling, 8> kBetween = {{{" ", "gap"},
                                               {"-", "gap"},
                                               {"\n ", "gap"},
                                               {" \u2013 ", "gap"},
                                               {"$-", "gap"},
                                               {", ", ""},
                                               {"/", ""},
                                               {"\u201D ", ""}}};

bool contains(const std::vector<Token>& text, const std::vector<std::string>& phrase) {
  for (std::size_t start = 0; start < text.size(); start += 2) {
    std::size_t matched = 0;
    while (matched < phrase.size() && start + 2 * matched < text.size() &&
           text[start + 2 * matched].lemma == phrase[matched] &&
           (matched == 0 || text[start + 2 * matched - 1].gap)) {
      ++matched;
    }
    if (matched == phrase.size()) return true;
  }
  return false;
}

TEST(Matcher, AgreesWithAPlainSearch) {
  std::mt19937 random(20260304);
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> phrases;
    std::vector<std::vector<std::string>> lemmas;
    for (std::size_t i = 1 + random() % 12; i > 0; --i) {
      std::string phrase;
      std::vector<std::string> words;
      for (std::size_t k = 1 + random() % 3; k > 0; --k) {
        const Spelling& word =
            kWords[random() % (kWords.size() - 1)];  // the last one is a spelling for texts only
        phrase += (phrase.empty() ? "" : kBetween[random() % 5].text) + std::string(word.text);
        words.emplace_back(word.lemma);
      }
      phrases.push_back(phrase);
      lemmas.push_back(words);
    }
    const Matcher matcher(phrases);
    for (int text_round = 0; text_round < 30; ++text_round) {
      std::string text;
      std::vector<Token> tokens;
      for (std::size_t k = 1 + random() % 12; k > 0; --k) {
        if (!tokens.empty()) {
          const Spelling& between = kBetween[random() % kBetween.size()];
          text += between.text;
          tokens.push_back({"", std::string_view(between.lemma) == "gap"});
        }
        const Spelling& word = kWords[random() % kWords.size()];
        text += word.text;
        tokens.push_back({word.lemma, false});
      }
      std::vector<std::uint8_t> hits(phrases.size());
      matcher.find(text, hits, 1);
      for (std::size_t i = 0; i < phrases.size(); ++i) {
        ASSERT_EQ(hits[i] == 1, contains(tokens, lemmas[i]))
            << "phrase \"" << phrases[i] << "\" in \"" << text << "\"";
        found += hits[i];
      }
    }
  }
  EXPECT_GT(found, 1000U);  // the comparison is not one of nothing with nothing
}

}  // namespace
}  // namespace gleaner::keyword
