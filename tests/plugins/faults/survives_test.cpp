// Every source, and the stage that asks a server, against everything that servers do wrong: the real program
// with a pipeline of its own, real sockets on 127.0.0.1.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <regex>
#include <tuple>
#include <utility>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/plugins/faults/kinds.hpp"
#include "tests/plugins/faults/routes.hpp"
#include "tests/support/tls_server.hpp"

namespace gleaner::faults {

void PrintTo(const Route& route, std::ostream* out) {
  *out << route.name;
}

void PrintTo(Kind kind, std::ostream* out) {
  *out << name_of(kind);
}

namespace {

using std::chrono::seconds;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Names = std::vector<std::string>;

constexpr seconds kBound{20};  // no case takes long; a drip that is not given up lasts minutes

/// A user of one route, and its server.
class Desk : public e2e::Desk {
 public:
  explicit Desk(const Route& route) : route_(route) {
    set("GLEANER_NOW", route.now);
    set("OPENREVIEW_PASSWORD", "s3cret-of-7");
    put("papers.jsonl", saved_papers());
    for (const Page& page : route.pages)
      server_.on(page.path, good_reply(page));
  }

  /// False where that cannot be had: there is no openssl.
  [[nodiscard]] bool break_with(Kind kind) {
    if (kind != Kind::bad_tls) {
      server_.on(route_.page().path, reply_of(kind, route_));
      return true;
    }
    const std::filesystem::path folder = home() / "tls";
    std::filesystem::create_directories(folder);
    tls_ = std::make_unique<test::TlsServer>(folder);
    return tls_->start();
  }
  void mend() {
    tls_.reset();
    server_.on(route_.page().path, good_reply(route_.page()));
  }

  /// `lines` are of the component's table, `before` of the pipeline.
  e2e::Ending run_route(const std::string& lines, const std::string& before = "") {
    put("p.toml", "contact = \"you@example.org\"\n" + before +
                      pipeline(route_, tls_ ? tls_->url("") : server_.url(""), lines));
    Names words{"run", "p.toml"};
    if (!route_.date.empty()) words.insert(words.end(), {"--date", route_.date});
    return start(gleaner(words))->wait(kBound);
  }

  /// "127.0.0.1:PORT".
  [[nodiscard]] std::string host() const {
    return tls_ ? tls_->host() : "127.0.0.1:" + std::to_string(server_.port());
  }
  [[nodiscard]] Names ids() const {
    Names out;
    const boost::json::value digest = boost::json::parse(get("day.json"));
    for (const auto& paper : digest.at("papers").as_array())
      out.emplace_back(paper.at("id").as_string());
    std::ranges::sort(out);
    return out;
  }

 private:
  const Route& route_;
  test::LoopbackServer server_;
  std::unique_ptr<test::TlsServer> tls_;
};

Names lines_with(const std::string& text, const std::string& part) {
  Names out;
  for (const std::string& line : e2e::lines_of(text))
    if (e2e::contains(line, part)) out.push_back(line);
  return out;
}

/// One error, of the component and its server, that says what is wrong; no other warning names the server.
void expect_one_sentence(const e2e::Ending& ending, const Route& route, Kind kind, const std::string& host) {
  const Names errors = lines_with(ending.err, "error:");
  ASSERT_EQ(errors.size(), 1U) << ending.err;
  const std::string& sentence = errors.front();
  EXPECT_THAT(sentence, StartsWith("gleaner: error: " + route.component + ": "));
  EXPECT_TRUE(e2e::contains(sentence, host) ||
              (!route.server.empty() && e2e::contains(sentence, route.server)))
      << sentence;
  EXPECT_TRUE(std::regex_search(sentence, std::regex(words_of(kind, route)))) << sentence;
  EXPECT_TRUE(sentence.ends_with('.')) << sentence;
  for (const std::string& warning : lines_with(ending.err, "warning:"))
    EXPECT_THAT(warning, Not(HasSubstr(host)));
  for (const std::string word : {"curl", "exception", "s3cret-of-7", "/etc/passwd"})
    EXPECT_THAT(ending.err, Not(HasSubstr(word)));
}

void expect_papers(const Desk& desk, const e2e::Ending& ending, const Route& route) {
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(desk.files(), (Names{"day.json", "p.toml", "papers.jsonl"}));
  if (!desk.has("day.json")) return;
  EXPECT_THAT(desk.ids(), ElementsAreArray(route.papers));
  EXPECT_THAT(desk.get("day.json"), HasSubstr(route.accented));
}

bool is_read(const Route& route, Kind kind) {
  return (kind == Kind::latin1 && route.latin1 == Reading::read) ||
         (kind == Kind::utf16 && route.utf16 == Reading::read);
}

class SurvivesFault : public testing::TestWithParam<std::tuple<Route, Kind>> {};

TEST_P(SurvivesFault, WithOneSentenceAndTheNextRunIsWhole) {
  const auto& [route, kind] = GetParam();
  Desk desk(route);
  if (!desk.break_with(kind)) GTEST_SKIP() << "there is no openssl command here";
  const e2e::Ending ending = desk.run_route(kind == Kind::slow_drip ? "timeout = \"1s\"\n" : "");
  EXPECT_EQ(ending.signal, 0) << "it crashed, or did not end in time\n" << ending.err;
  if (is_read(route, kind)) {
    expect_papers(desk, ending, route);
  } else {
    expect_one_sentence(ending, route, kind, desk.host());
    EXPECT_EQ(ending.exit, route.is_stage ? 3 : 1) << ending.err;
    if (route.is_stage) {
      EXPECT_THAT(desk.ids(), ElementsAreArray(route.papers)) << "what it could not judge is kept";
      EXPECT_THAT(ending.err, HasSubstr("the digest is incomplete"));
    } else {
      EXPECT_EQ(ending.out, "");
      EXPECT_EQ(desk.files(), (Names{"p.toml", "papers.jsonl"}));
    }
  }
  desk.mend();
  expect_papers(desk, desk.run_route(""), route);
}

std::string case_name(const testing::TestParamInfo<std::tuple<Route, Kind>>& info) {
  return std::get<0>(info.param).name + "_" + std::string(name_of(std::get<1>(info.param)));
}

INSTANTIATE_TEST_SUITE_P(EverySource, SurvivesFault,
                         testing::Combine(testing::ValuesIn(routes()), testing::ValuesIn(kinds())),
                         case_name);

class FailsAlone : public testing::TestWithParam<Route> {};

TEST_P(FailsAlone, AndThePapersOfTheOthersAreThere) {
  const Route& route = GetParam();
  Desk desk(route);
  ASSERT_TRUE(desk.break_with(Kind::truncated));
  const e2e::Ending ending = desk.run_route("", kSavedPapersSource);
  EXPECT_EQ(ending.exit, 3) << ending.err;
  expect_one_sentence(ending, route, Kind::truncated, desk.host());
  EXPECT_THAT(ending.err, HasSubstr("the digest is incomplete"));
  EXPECT_THAT(desk.ids(), ElementsAreArray({"2505.00001", "2505.00002"}));
}

std::vector<Route> sources() {
  std::vector<Route> out = routes();
  std::erase_if(out, [](const Route& route) { return route.is_stage; });
  return out;
}

INSTANTIATE_TEST_SUITE_P(EverySource, FailsAlone, testing::ValuesIn(sources()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace gleaner::faults
