#include "host/config/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/config/duration.hpp"
#include "host/config/politeness.hpp"
#include "host/config/state_path.hpp"
#include "host/config/text.hpp"
#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;

TEST(Names, ARepeatIsNumbered) {
  const std::vector<Naming> tables{{"arxiv", ""}, {"arxiv", ""}, {"jsonl", ""}, {"arxiv", ""}};
  EXPECT_THAT(component_names(tables), ElementsAre("arxiv", "arxiv-2", "jsonl", "arxiv-3"));
}

TEST(Names, AGivenNameIsNeverTakenByANumber) {
  const std::vector<Naming> tables{{"arxiv", ""}, {"arxiv", ""}, {"jsonl", "arxiv-2"}};
  EXPECT_THAT(component_names(tables), ElementsAre("arxiv", "arxiv-3", "arxiv-2"));
  const std::vector<Naming> taken{{"arxiv", ""}, {"jsonl", "arxiv"}};
  EXPECT_THAT(component_names(taken), ElementsAre("arxiv-2", "arxiv"));
}

TEST(Names, TwoGivenOnesOfOneNameAreAnErrorWithinASection) {
  EXPECT_THAT(
      lint(
          around("[[stage]]\nuse = \"keyword\"\nname = \"w\"\n[[stage]]\nuse = \"keyword\"\nname = \"w\"\n")),
      ElementsAre("10:8 G208 another stage is named \"w\" on line 7; names are unique among the stages"));
  EXPECT_THAT(lint("[[source]]\nuse = \"jsonl\"\nname = \"w\"\nfile = \"-\"\n[[output]]\nuse = "
                   "\"jsonl\"\nname = \"w\"\npath = \"-\"\n"),
              ElementsAre());
}

TEST(Names, TheStateIsNamedByThePipelineAndTheHashOfItsPath) {
  const Environment none = [](std::string_view) { return std::optional<std::string>(); };
  const Environment home = [](std::string_view name) {
    return name == "HOME" ? std::optional<std::string>("/home/r") : std::nullopt;
  };
  const Environment xdg = [](std::string_view name) {
    return name == "XDG_STATE_HOME" ? std::optional<std::string>("/s") : std::nullopt;
  };
  EXPECT_EQ(state_path("", "/p/ml.toml", "ml", xdg), "/s/gleaner/ml-" + hash8("/p/ml.toml") + ".db");
  EXPECT_EQ(state_path("", "/p/ml.toml", "ml", home),
            "/home/r/.local/state/gleaner/ml-" + hash8("/p/ml.toml") + ".db");
  EXPECT_EQ(state_path("", "/p/ml.toml", "ml", none), "none");
  EXPECT_EQ(state_path("none", "/p/ml.toml", "ml", home), "none");
  EXPECT_EQ(state_path("state/ml.db", "/p/ml.toml", "ml", home), "/p/state/ml.db");
  EXPECT_EQ(state_path("/x/ml.db", "/p/ml.toml", "ml", home), "/x/ml.db");
}

TEST(Names, TheHashIsFnv1aFolded) {
  // Computed with Python's integers: (h ^ h >> 32) & 0xffffffff.
  EXPECT_EQ(hash8("/p/ml.toml"), "7bbaa94b");
  EXPECT_EQ(hash8(""), "4fd0bfc1");  // cbf29ce4 ^ 84222325
}

TEST(Durations, AreANumberAndAUnit) {
  using std::chrono::milliseconds;
  EXPECT_EQ(parse_duration("30s"), milliseconds(30'000));
  EXPECT_EQ(parse_duration("500ms"), milliseconds(500));
  EXPECT_EQ(parse_duration("2m"), milliseconds(120'000));
  EXPECT_EQ(parse_duration("1h"), milliseconds(3'600'000));
  EXPECT_EQ(parse_duration("7d"), milliseconds(604'800'000));
  EXPECT_EQ(parse_duration("1.5s"), milliseconds(1500));
  EXPECT_EQ(parse_duration("0s"), milliseconds(0));
  for (const char* bad :
       {"", "30", "s", "-3s", "+3s", "3 s", "3S", "1.s", ".5s", "1..2s", "1e3s", "3s ", "99999999d", "3w"})
    EXPECT_EQ(parse_duration(bad), std::nullopt) << bad;
  EXPECT_EQ(parse_duration(std::string(100'000, '9') + "s"), std::nullopt);
}

TEST(Durations, AreShownInWholeUnits) {
  using std::chrono::milliseconds;
  EXPECT_EQ(duration_text(milliseconds(3000)), "3s");
  EXPECT_EQ(duration_text(milliseconds(90'000)), "90s");
  EXPECT_EQ(duration_text(milliseconds(120'000)), "2m");
  EXPECT_EQ(duration_text(milliseconds(1)), "1ms");
  EXPECT_EQ(duration_text(milliseconds(0)), "0s");
}

TEST(Text, Utf8IsStrict) {
  EXPECT_EQ(first_invalid("a\u00e9\u65e5\U0001F600"), std::nullopt);
  EXPECT_EQ(first_invalid("ab\xC0\x80"), 2U);        // overlong
  EXPECT_EQ(first_invalid("\xED\xA0\x80"), 0U);      // surrogate
  EXPECT_EQ(first_invalid("\xF4\x90\x80\x80"), 0U);  // above U+10FFFF
  EXPECT_EQ(first_invalid("a\xE2\x82"), 1U);         // cut off
  EXPECT_EQ(count_code_points("a\u00e9\u65e5\U0001F600"), 4U);
}

TEST(Text, QuotesAreShortAndHarmless) {
  EXPECT_EQ(quote("a\nb\x1B"), "\"a\\u000Ab\\u001B\"");
  EXPECT_EQ(quote(std::string(1000, 'x')), "\"" + std::string(60, 'x') + "…\"");
}

TEST(Text, HostsOfUrls) {
  EXPECT_EQ(host_of("https://me:pw@Export.arXiv.org:443/api?x=/"), "export.arxiv.org");
  EXPECT_EQ(host_of("http://[::1]:80/"), "[::1]");
  EXPECT_EQ(host_of("export.arxiv.org"), "export.arxiv.org");
  EXPECT_EQ(host_of("http://arxiv.org./x"), "arxiv.org");
  EXPECT_EQ(host_of(""), "");
}

}  // namespace
}  // namespace gleaner::host
