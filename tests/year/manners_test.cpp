// arXiv wants one request in three seconds and one connection, from all that a person runs together.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/year/arxiv_server.hpp"
#include "tests/year/dates.hpp"

namespace gleaner::year {
namespace {

using std::chrono::milliseconds;

const std::string kDate = "2026-11-18";
constexpr milliseconds kInterval{300};
constexpr milliseconds kArxivsPace{3000};  // https://info.arxiv.org/help/api/tou.html; the plugin's default

class Manners : public testing::Test {
 protected:
  Manners() : world_(3, "2026-11-16", 3, {}), arxiv_(world_) {
    arxiv_.set_today(kDate);
    arxiv_.set_pace(milliseconds(40));
    desk_.set("GLEANER_NOW", morning_of(kDate));
  }

  std::string source(const std::string& name, const std::string& categories) {
    return with_default_pace(name, categories) + "interval = \"" + std::to_string(kInterval.count()) +
           "ms\"\n";
  }

  std::string with_default_pace(const std::string& name, const std::string& categories) {
    return "[[source]]\nuse = \"arxiv\"\nname = \"" + name + "\"\ncategories = [" + categories +
           "]\nbase_url = \"" + arxiv_.server().url() + "\"\nlist_url = \"" + arxiv_.server().url() + "\"\n";
  }

  void expect_whole(const std::vector<std::string>& pipelines) {
    std::vector<std::unique_ptr<e2e::Process>> processes;
    for (const std::string& name : pipelines)
      processes.push_back(desk_.start(desk_.gleaner({"run", name + ".toml"})));
    for (const auto& process : processes) {
      const e2e::Ending ending = process->wait();
      EXPECT_EQ(ending.exit, 0) << ending.err;
    }
  }

  void put_pipeline(const std::string& name, const std::string& sources) const {
    desk_.put(name + ".toml", sources + "[[stage]]\nuse = \"keyword\"\npositive = { " + kWantedWord +
                                  " = 8 }\n[[output]]\nuse = \"json\"\npath = \"" + name + ".json\"\n");
  }

  void expect_manners(std::size_t requests, milliseconds interval = kInterval) {
    const std::vector<Asked> asked = arxiv_.server().asked();
    EXPECT_EQ(asked.size(), requests);
    EXPECT_EQ(arxiv_.server().most_connections(), 1U);
    milliseconds least = std::chrono::hours(1);
    for (std::size_t i = 1; i < asked.size(); ++i) {
      const auto apart = std::chrono::duration_cast<milliseconds>(asked[i].at - asked[i - 1].at);
      least = std::min(least, apart);
      EXPECT_GE(apart, interval) << asked[i - 1].target << " and then " << asked[i].target;
    }
    std::cout << asked.size() << " requests, " << least.count() << " ms apart or more\n";
  }

  World world_;
  ArxivServer arxiv_;
  e2e::Desk desk_;
};

TEST_F(Manners, ThreePipelinesAtOnceAreToArxivOnePerson) {
  put_pipeline("a", source("arxiv", "\"cs.LG\", \"cs.AI\""));
  put_pipeline("b", source("first", "\"cs.AI\"") + source("second", "\"stat.ML\""));
  put_pipeline("c", source("arxiv", "\"cs.LG\""));
  expect_whole({"a", "b", "c"});
  expect_manners(3 + 4 + 2);
}

TEST_F(Manners, ThreeSecondsAreTheDefaultAlsoBetweenProcesses) {
  put_pipeline("a", with_default_pace("arxiv", "\"cs.LG\", \"cs.AI\""));
  put_pipeline("b", with_default_pace("arxiv", "\"cs.LG\""));
  expect_whole({"a", "b"});
  expect_manners(3 + 2, kArxivsPace);
}

TEST_F(Manners, NorDoesTheNextRunBeginTooSoonAfterAKilledOne) {
  put_pipeline("a", source("arxiv", "\"cs.LG\", \"cs.AI\""));
  const auto process = desk_.start(desk_.gleaner({"run", "a.toml"}));
  ASSERT_TRUE(arxiv_.server().wait_for(2, std::chrono::seconds(20)));
  process->send(SIGKILL);
  EXPECT_EQ(process->wait().signal, SIGKILL);
  const e2e::Ending ending = desk_.run({"run", "a.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  // The one that was under way is asked for again; its predecessor's answer was kept.
  expect_manners(2 + 2);
}

}  // namespace
}  // namespace gleaner::year
