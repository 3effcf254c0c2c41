// The component `huggingface`. The clock of the tests shows 2025-05-07T06:00:00Z, a Wednesday.
#include "plugins/huggingface/daily_papers.hpp"

#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::huggingface {
namespace {

namespace kit = gleaner::testkit;
using test::fixture;
using test::ids;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr const char* kList = "https://huggingface.co/api/daily_papers";

struct Answering : test::Fetching<DailyPapers> {
  explicit Answering(const std::string& body, const kit::Settings& settings = {}) : Fetching(settings) {
    kit::Reply reply = kit::Reply::ok(body);
    reply.status = GLEANER_OK;  // a host that does not notice
    host.http().on("https://huggingface.co/", reply);
  }
};

std::string daily() {
  return fixture("tests/plugins/huggingface/fixtures/daily.json");
}

// `count` papers with identifiers from 2505.`first` on.
std::string page(int count, int first) {
  std::string rows;
  char id[32];
  for (int i = 0; i < count; ++i) {
    std::snprintf(id, sizeof id, "2505.%05d", first + i);
    rows += std::string(rows.empty() ? "" : ",") + "{\"paper\":{\"id\":\"" + id +
            "\",\"title\":\"T\",\"upvotes\":1}}";
  }
  return "[" + rows + "]";
}

TEST(DailyDescriptor, HasNoListOnWeekends) {
  const gleaner_component& about = kit::descriptor<DailyPapers>();
  EXPECT_EQ(view(about.calendar->time_zone), "UTC");
  EXPECT_EQ(about.calendar->weekdays, 0x1Fu);
  EXPECT_EQ(view(about.politeness->group), "huggingface");
}

TEST(DailyOptions, AreCheckedAtTheStart) {
  EXPECT_EQ(test::refusal<DailyPapers>({{"base_url", "huggingface.co"}}).option(), "/base_url");
  EXPECT_EQ(test::refusal<DailyPapers>({{"categories", kit::list("")}}).option(), "/categories/0");
  EXPECT_THROW((void)test::refusal<DailyPapers>({{"min_upvotes", -1}}), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<DailyPapers>({{"lag", 11}}), kit::BadSettings);
}

TEST(DailyList, CarriesUpvotesAndLinks) {
  Answering day(daily(), {{"categories", kit::list("hf")}});
  const auto fetched = day.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched), ElementsAre("2505.01557", "2505.01558"));
  const NewPaper& paper = fetched.papers[0];
  EXPECT_EQ(paper.title, "Why tests pass");
  EXPECT_EQ(paper.abstract, "What it is < about.");
  EXPECT_EQ(paper.url, "https://arxiv.org/abs/2505.01557");
  EXPECT_EQ(paper.published, "2025-05-07");
  EXPECT_THAT(paper.authors, ElementsAre("Jane Doe", "John Roe"));
  EXPECT_THAT(paper.categories, ElementsAre("hf"));
  EXPECT_THAT(paper.extras, ElementsAre(Pair("upvotes", "12"), Pair("comments", "3"),
                                        Pair("code", "https://code.example.org/a"),
                                        Pair("project", "https://page.example.org/")));
  EXPECT_EQ(fetched.papers[1].title, "Only outside");
  EXPECT_EQ(fetched.papers[1].abstract, "Outer summary.");
  EXPECT_THAT(fetched.papers[1].extras, ElementsAre(Pair("upvotes", "0")));
  EXPECT_EQ(day.counted("announced", "list"), 4u);
  EXPECT_EQ(day.counted("skipped", "unreadable"), 2u);
  EXPECT_TRUE(day.host.logged("\"not-arxiv\""));
  EXPECT_TRUE(day.closes(fetched));
}

TEST(DailyList, LeavesOutAndCountsWhatHasFewUpvotes) {
  Answering day(daily(), {{"min_upvotes", 12}});
  const auto fetched = day.fetch();
  EXPECT_THAT(ids(fetched), ElementsAre("2505.01557"));
  EXPECT_EQ(day.counted("skipped", "min_upvotes"), 1u);
  EXPECT_TRUE(day.closes(fetched));
}

TEST(DailyDays, AreAskedForByDate) {
  Answering day("[]");
  const auto fetched = day.fetch({"2025-05-06"});
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_EQ(fetched.dated, "2025-05-06");
  EXPECT_EQ(day.host.http().requests().at(0).url, std::string(kList) + "?date=2025-05-06&limit=100&p=0");
  EXPECT_EQ(day.host.http().requests().size(), 1u);
}

TEST(DailyDays, ALagCountsWeekdays) {
  const auto asked = [](const std::string& date, int lag) {
    Answering day("[]", {{"lag", lag}});
    const auto fetched = day.fetch({date});
    EXPECT_EQ(fetched.dated, date);
    return day.host.http().requests().at(0).url.substr(std::string(kList).size() + 6, 10);
  };
  EXPECT_EQ(asked("2025-05-07", 1), "2025-05-06");
  EXPECT_EQ(asked("2025-05-05", 1), "2025-05-02");  // Monday's is Friday's
  EXPECT_EQ(asked("2025-05-05", 6), "2025-04-25");
}

TEST(DailyPages, AreFollowedWhileTheyAreFull) {
  test::Fetching<DailyPapers> day(kit::Settings{});
  const auto list = [](int number) {
    return std::string(kList) + "?date=2025-05-06&limit=100&p=" + std::to_string(number);
  };
  day.host.http().on(list(0),
                     kit::Reply::ok(page(50, 1)));  // the server gives fifty, whatever it is asked for
  day.host.http().on(list(1), kit::Reply::ok(page(50, 50)));
  day.host.http().on(list(2), kit::Reply::ok(page(7, 100)));
  const auto fetched = day.fetch({"2025-05-06"});
  EXPECT_EQ(fetched.papers.size(), 106u);
  EXPECT_EQ(day.host.http().requests().size(), 3u);
  EXPECT_EQ(day.host.count("announced"), 106u);
  EXPECT_TRUE(day.closes(fetched));
}

TEST(DailyPages, AServerThatRepeatsItselfIsNotAskedForEver) {
  Answering day(page(100, 1));
  const auto fetched = day.fetch({"2025-05-06"});
  EXPECT_EQ(fetched.papers.size(), 100u);
  EXPECT_EQ(day.host.http().requests().size(), 2u);
  EXPECT_TRUE(day.closes(fetched));
}

TEST(DailyToken, IsSentAndNotNeeded) {
  test::Fetching<DailyPapers> day(kit::Settings{{"token", "hf_secret"}});
  day.host.http().on("https://huggingface.co/", kit::Reply::ok("[]"));
  (void)day.fetch();
  EXPECT_THAT(day.host.http().requests().at(0).headers,
              ::testing::Contains(Pair("Authorization", "Bearer hf_secret")));
  Answering without("[]");
  (void)without.fetch();
  const auto sent = without.host.http().requests();
  for (const auto& [name, value] : sent.at(0).headers)
    EXPECT_NE(name, "Authorization");
}

TEST(DailyFaults, EachIsOneSentence) {
  const std::string url = std::string(kList) + "?date=2025-05-06&limit=100&p=0";
  const auto problem = [](const std::string& body) {
    return Answering(body).fetch({"2025-05-06"}).error.message;
  };
  EXPECT_EQ(problem(""), url + " gave an empty answer instead of JSON.");
  EXPECT_EQ(problem(daily().substr(0, 300)),
            url + " breaks off before its JSON is at its end; fetch it again.");
  EXPECT_THAT(problem("<!DOCTYPE html><title>503</title>"),
              HasSubstr("gave a web page instead of JSON, titled \"503\""));
  EXPECT_EQ(problem("{\"error\": \"Invalid date\"}"), url + " refused: \"Invalid date\".");
  EXPECT_EQ(problem("{}"), url + " is no list of daily papers.");
  EXPECT_EQ(problem("\"text\""), url + " is no list of daily papers.");
}

TEST(DailyFaults, OtherEncodingsAndOddShapesAreSurvived) {
  Answering latin(
      "[{\"paper\":{\"id\":\"2505.00001\",\"title\":\"caf\xE9\",\"authors\":[1,null,{\"name\":5}],"
      "\"upvotes\":\"7\"}}, null, 3]");
  const auto fetched = latin.fetch();
  ASSERT_EQ(fetched.papers.size(), 1u) << fetched.error.message;
  EXPECT_EQ(fetched.papers[0].title, "café");
  EXPECT_THAT(fetched.papers[0].extras, ElementsAre(Pair("upvotes", "7")));
  std::string wide = "\xFF\xFE";
  for (const char c : page(1, 1))
    wide += {c, '\0'};
  EXPECT_THAT(ids(Answering(wide).fetch()), ElementsAre("2505.00001"));
}

TEST(DailyHealth, AsksForOnePaper) {
  Answering good("[]");
  EXPECT_TRUE(good.source->health().ok());
  EXPECT_EQ(good.host.http().requests().at(0).url, std::string(kList) + "?date=2025-05-06&limit=1&p=0");
}

}  // namespace
}  // namespace gleaner::huggingface
