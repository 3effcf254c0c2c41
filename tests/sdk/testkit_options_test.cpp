// Options given to a component through testkit: typed, defaulted, checked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/plugin.hpp>
#include <gleaner/testkit.hpp>

namespace kit = gleaner::testkit;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

namespace {

struct Everything {
  std::string words, mode;
  int whole = -1;
  double number = -1;
  bool truth = false;
  std::vector<std::string> list;
  std::vector<std::pair<std::string, double>> map;
  std::chrono::milliseconds time{-1};
  gleaner::Path path;
  gleaner::Secret key;
  gleaner::Json table;
  std::optional<int> maybe;
};

struct Reader : gleaner::Filter<Everything> {
  static constexpr auto about = gleaner::about(
      "reader", "Says what its options are",
      gleaner::field("words", &Everything::words, "A text").fallback("plain text"),
      gleaner::field("mode", &Everything::mode, "A choice").choices("fast", "slow").fallback("fast"),
      gleaner::field("whole", &Everything::whole, "A number").fallback("1_000").within(0, 5000),
      gleaner::field("number", &Everything::number, "A number").fallback("-2.5e-1"),
      gleaner::field("truth", &Everything::truth, "A truth").fallback("true"),
      gleaner::field("list", &Everything::list, "Some")
          .choices("a", "b\"c", "d")
          .fallback(R"(["a", "b\"c", 'd',])"),
      gleaner::field("map", &Everything::map, "Weights")
          .fallback(R"({ "two words" = 4, b = 0.5 })")
          .within(0, 10),
      gleaner::field("time", &Everything::time, "A time").fallback("1.5m").within(0, 3'600'000),
      gleaner::field("path", &Everything::path, "A file").fallback("some/file"),
      gleaner::field("key", &Everything::key, "A secret").fallback("${secret:KEY}"),
      gleaner::field("table", &Everything::table, "Free")
          .fallback(R"({ a = 1, b = { c = [true, "x\n"] }, "d e" = -2.5 })"),
      gleaner::field("maybe", &Everything::maybe, "Perhaps"));

  gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
  void start() const { seen = options; }
  static inline Everything seen;  // what the last one made was given
};

Everything made(const kit::Settings& settings = {}) {
  kit::FakeHost host;
  const auto component = kit::make<Reader>(host, settings);
  EXPECT_THAT(host.violations(), IsEmpty());
  return Reader::seen;
}

std::vector<std::string> mistakes(const kit::Settings& settings) {
  kit::FakeHost host;
  try {
    kit::make<Reader>(host, settings);
  } catch (const kit::BadSettings& error) {
    return error.mistakes();
  }
  return {};
}

TEST(TestkitOptions, DefaultsAreThoseOfTheTable) {
  const auto options = made();
  EXPECT_EQ(options.words, "plain text");
  EXPECT_EQ(options.mode, "fast");
  EXPECT_EQ(options.whole, 1000);
  EXPECT_EQ(options.number, -0.25);
  EXPECT_TRUE(options.truth);
  EXPECT_THAT(options.list, ElementsAre("a", "b\"c", "d"));
  EXPECT_THAT(options.map, ElementsAre(Pair("two words", 4), Pair("b", 0.5)));
  EXPECT_EQ(options.time.count(), 90'000);
  EXPECT_EQ(options.path.text, "/testkit/some/file");
  EXPECT_EQ(options.key.handle, kit::secret("KEY").handle);
  EXPECT_EQ(options.table.text, R"({"a":1,"b":{"c":[true,"x\u000a"]},"d e":-2.5})");
  EXPECT_FALSE(options.maybe);
}

TEST(TestkitOptions, GivenValuesReplaceThem) {
  using namespace std::chrono_literals;
  const auto options = made({{"words", "other"},
                             {"mode", "slow"},
                             {"whole", 7},
                             {"number", 3},
                             {"truth", false},
                             {"list", kit::list("d")},
                             {"map", kit::map({{"z", 1}, {"y", 2}})},
                             {"time", 2s},
                             {"path", "-"},
                             {"key", kit::secret("OTHER")},
                             {"table", kit::table("{}")},
                             {"maybe", 4}});
  EXPECT_EQ(options.words, "other");
  EXPECT_EQ(options.whole, 7);
  EXPECT_EQ(options.number, 3);
  EXPECT_FALSE(options.truth);
  EXPECT_THAT(options.map, ElementsAre(Pair("z", 1), Pair("y", 2)));
  EXPECT_EQ(options.time.count(), 2000);
  EXPECT_TRUE(options.path.is_standard_stream());
  EXPECT_EQ(options.table.text, "{}");
  EXPECT_EQ(options.maybe, 4);
}

TEST(TestkitOptions, EveryMistakeIsNamedAtOnce) {
  EXPECT_THAT(mistakes({{"mode", "quick"},
                        {"whole", 5001},
                        {"map", kit::map({{"a", 11}})},
                        {"time", "soon"},
                        {"truth", "yes"},
                        {"modle", 1}}),
              ElementsAre("reader does not know the value \"quick\" for \"mode\".",
                          "reader wants \"whole\" between 0 and 5000, not 5001.",
                          "reader wants true or false for \"truth\".",
                          "reader wants \"map\" between 0 and 10, not 11.",
                          "reader wants a duration such as \"30s\" for \"time\", not \"soon\".",
                          "reader has no option \"modle\"."));
}

TEST(TestkitOptions, ListElementsAreChoicesToo) {
  EXPECT_THAT(mistakes({{"list", kit::list("a", "e")}}),
              ElementsAre("reader does not know the value \"e\" for \"list\"."));
}

TEST(TestkitOptions, TwiceIsAMistake) {
  EXPECT_THAT(mistakes({{"whole", 1}, {"whole", 2}}), ElementsAre("reader is given \"whole\" twice."));
}

struct One {
  int value = 0;
};
struct Broken : gleaner::Filter<One> {
  static constexpr auto about =
      gleaner::about("broken", "Has a default that is none",
                     gleaner::field("value", &One::value, "A number").fallback("few"));
  gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};
struct Needy : gleaner::Filter<One> {
  static constexpr auto about =
      gleaner::about("needy", "Wants a value", gleaner::field("value", &One::value, "A number").required());
  gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

TEST(TestkitOptions, ADefaultThatCannotBeReadIsTheAuthorsMistake) {
  kit::FakeHost host;
  try {
    kit::make<Broken>(host);
    FAIL() << "it was made";
  } catch (const kit::BadSettings& error) {
    EXPECT_STREQ(error.what(),
                 "broken has a default of \"value\" that cannot be read: \"few\" is not a whole number.");
  }
}

TEST(TestkitOptions, ARequiredOneMustBeGiven) {
  kit::FakeHost host;
  try {
    kit::make<Needy>(host);
    FAIL() << "it was made";
  } catch (const kit::BadSettings& error) {
    EXPECT_STREQ(error.what(), "needy needs the option \"value\".");
  }
  EXPECT_NO_THROW(kit::make<Needy>(host, {{"value", 3}}));
}

}  // namespace
