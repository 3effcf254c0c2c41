// The fault matrix: every provider against everything that servers and models do wrong, once and always, with
// the real program and real sockets on 127.0.0.1.
#include <algorithm>
#include <future>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/chat_desk.hpp"

namespace gleaner::chat_test {

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;
using testing::UnorderedElementsAreArray;
using Ids = std::vector<std::string>;

constexpr std::size_t kPapers = 4;  // in requests of two
const std::string kPoisoned = paper_id(2);

/// One model, one user, one run.
struct Scene {
  explicit Scene(Protocol protocol) : model(protocol), desk(kPapers) {}
  void write(std::string_view lines) const {
    desk.pipeline(ChatDesk::table(
        model, "name = \"llm\"\nprompt = \"criteria.txt\"\nbatch = 2\n" + std::string(lines)));
  }
  FakeModel model;
  ChatDesk desk;
};

Ids lines_with(const std::string& text, const std::string& part) {
  Ids out;
  for (const std::string& line : e2e::lines_of(text))
    if (e2e::contains(line, part)) out.push_back(line);
  return out;
}

/// What holds whatever goes wrong.
void expect_nothing_lost(const Scene& scene, const e2e::Ending& ending) {
  ASSERT_TRUE(scene.desk.has("day.json")) << ending.err;
  const DigestRead digest = scene.desk.digest();
  Ids all = digest.scored();
  const Ids unscored = digest.unscored();
  all.insert(all.end(), unscored.begin(), unscored.end());
  EXPECT_THAT(all, UnorderedElementsAreArray(scene.desk.sent())) << "each once, scored or unscored";
  for (const auto& id : digest.scored()) {
    EXPECT_EQ(scene.model.times_scored(id), 1U) << id << " was paid for more than once, or never";
    for (const std::string axis : {"relevance", "novelty"})
      EXPECT_EQ(digest.score(id, axis), score_of(id, axis)) << id << " " << axis;
  }
  for (const auto& id : unscored)
    EXPECT_EQ(scene.model.times_scored(id), 0U) << id << " was scored, and that was lost";
  EXPECT_EQ(ending.signal, 0);
  EXPECT_EQ(ending.exit, unscored.empty() ? 0 : 3) << ending.err;
  EXPECT_THAT(scene.model.complaints(), IsEmpty());
  EXPECT_FALSE(scene.desk.has_key_anywhere(ending)) << "the key is in a file or on the screen";
  const Usage used = scene.model.used();
  EXPECT_EQ(digest.used("prompt_tokens"), static_cast<double>(used.prompt));
  EXPECT_EQ(digest.used("cached_tokens"), static_cast<double>(used.cached));
  EXPECT_EQ(digest.used("completion_tokens"), static_cast<double>(used.completion));
  EXPECT_EQ(digest.used("requests"), static_cast<double>(scene.model.answers()));
  EXPECT_NEAR(digest.used("total_cost"), scene.model.cost(), 1e-12);
}

/// Words for a person: of the stage, one of them, with an end; nothing of the inside.
void expect_one_sentence(const e2e::Ending& ending, const std::string& words) {
  Ids said = lines_with(ending.err, "gleaner: error: llm: ");
  for (const auto& warning : lines_with(ending.err, "gleaner: warning: llm: "))
    said.push_back(warning);
  ASSERT_THAT(said, SizeIs(1)) << ending.err;
  EXPECT_THAT(said.front(), HasSubstr(words));
  EXPECT_TRUE(said.front().ends_with('.') || said.front().ends_with('!')) << said.front();
  EXPECT_THAT(said.front(), Not(HasSubstr(".:")));
  EXPECT_THAT(said.front(), Not(HasSubstr("..")));
  for (const std::string word : {"curl", "exception", "{\""})
    EXPECT_THAT(ending.err, Not(HasSubstr(word)));
}

/// Faults of a server, which concern every request.
bool is_of_server(Fault fault) {
  return fault <= Fault::truncated_body;
}

bool is_final(Fault fault) {
  return fault == Fault::wrong_key || fault == Fault::quota;
}

std::string words_of(Fault fault) {
  switch (fault) {
    case Fault::throttled_with_hint:
    case Fault::throttled:
      return "limits how often it may be asked";
    case Fault::server_error:
    case Fault::overloaded:
      return "had an error of its own";
    case Fault::reset:
      return "broke the connection off";
    case Fault::hang:
    case Fault::slow_drip:
      return "did not finish its answer within 1 s";
    case Fault::truncated_body:
      return "broke its answer off";
    case Fault::empty_choices:
      return "1 paper got no ";
    case Fault::wrong_key:
      return "refused the key";
    case Fault::quota:
      return "quota is used up";
    default:
      return "got no usable answer";
  }
}

class Provider : public testing::TestWithParam<std::tuple<Protocol, Fault>> {};

std::string case_name(const testing::TestParamInfo<std::tuple<Protocol, Fault>>& info) {
  return std::string(name_of(std::get<0>(info.param))) + "_" + std::string(name_of(std::get<1>(info.param)));
}

/// Goes wrong once: what is tried again heals it.
void expect_healed(const Scene& scene, const e2e::Ending& ending, Fault fault) {
  SCOPED_TRACE("once");
  expect_nothing_lost(scene, ending);
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(lines_with(ending.err, "error:"), IsEmpty());
  // An answer that broke off may have cost something that nobody knows: that is said.
  EXPECT_THAT(lines_with(ending.err, "warning:"), SizeIs(fault == Fault::truncated_body ? 1 : 0))
      << ending.err;
  const auto exchanges = scene.model.exchanges();
  ASSERT_GT(exchanges.size(), kPapers / 2);
  if (fault == Fault::throttled_with_hint) {
    EXPECT_GE(exchanges[1].at - exchanges[0].at, std::chrono::seconds(1)) << "it was told to wait";
  }
}

/// Goes wrong for good: what can be scored is, and what cannot is listed.
void expect_left(const Scene& scene, const e2e::Ending& ending, Fault fault) {
  SCOPED_TRACE("always");
  expect_nothing_lost(scene, ending);
  EXPECT_EQ(ending.exit, 3);
  const Ids left = is_of_server(fault) || is_final(fault) ? scene.desk.sent() : Ids{kPoisoned};
  EXPECT_THAT(scene.desk.digest().unscored(), UnorderedElementsAreArray(left));
  if (fault == Fault::truncated_body) {
    EXPECT_THAT(ending.err, HasSubstr("could not be read to the end"));
    EXPECT_THAT(ending.err, HasSubstr(words_of(fault)));
  } else {
    expect_one_sentence(ending, words_of(fault));
  }
  EXPECT_THAT(scene.desk.files(), Contains(StartsWith("cassette/"))) << "there was no place for a key";
  if (is_final(fault)) {
    EXPECT_THAT(scene.model.exchanges(), SizeIs(1)) << "it was asked again, in vain";
  }
}

/// The next day: what was left comes first, and the rest does not come again.
void expect_carried(Scene& scene, Fault fault) {
  SCOPED_TRACE("the next day");
  const Ids left = scene.desk.digest().unscored();
  scene.model.is_well();
  scene.model.forget();
  scene.desk.set("GLEANER_NOW", "2026-11-19T12:00:00Z");
  const e2e::Ending ending = scene.desk.run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(scene.desk.digest().scored(), UnorderedElementsAreArray(left)) << name_of(fault);
  EXPECT_THAT(scene.desk.get("day.json"), Not(HasSubstr("unscored: ")));
  for (const auto& id : left)
    EXPECT_EQ(scene.model.times_scored(id), 1U) << id;
}

TEST_P(Provider, LosesNothing) {
  const Protocol protocol = std::get<0>(GetParam());
  const Fault fault = std::get<1>(GetParam());
  const std::string patience = fault == Fault::hang || fault == Fault::slow_drip ? "timeout = \"1s\"\n" : "";
  Scene once(protocol);
  once.model.fails_once(fault);
  once.write("concurrency = 1\nretry = 2\n" + patience);
  Scene always(protocol);
  always.model.fails_always(fault, kPoisoned);
  // What takes a second takes it for both requests at once.
  const bool hint = fault == Fault::throttled_with_hint;
  always.write(std::string(hint || !patience.empty() ? "concurrency = 2\n" : "concurrency = 1\n") +
               (hint ? "retry = 1\n" : "retry = 0\n") + patience);
  auto first =
      std::async(std::launch::async, [&] { return is_final(fault) ? e2e::Ending{} : once.desk.run(); });
  const e2e::Ending persisted = always.desk.run({"--record", "cassette"});
  const e2e::Ending healed = first.get();
  if (!is_final(fault)) expect_healed(once, healed, fault);
  expect_left(always, persisted, fault);
  if (HasFatalFailure()) return;
  expect_carried(always, fault);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, Provider,
    testing::Combine(testing::ValuesIn(all_protocols),
                     testing::Values(Fault::throttled_with_hint, Fault::throttled, Fault::server_error,
                                     Fault::overloaded, Fault::reset, Fault::hang, Fault::slow_drip,
                                     Fault::truncated_body, Fault::truncated_answer, Fault::prose,
                                     Fault::id_missing, Fault::id_invented, Fault::score_in_words,
                                     Fault::empty_choices, Fault::content_filter, Fault::refusal,
                                     Fault::length_cut, Fault::wrong_key, Fault::quota)),
    case_name);

TEST(Server, ThatFailsThreeTimesInARowIsAskedNoMore) {
  FakeModel model(Protocol::openai);
  model.fails_always(Fault::server_error, "");
  ChatDesk desk(10);
  desk.pipeline(ChatDesk::table(model, "prompt = \"criteria.txt\"\nbatch = 2\nconcurrency = 1\nretry = 0\n"));
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 3);
  EXPECT_THAT(model.exchanges(), SizeIs(3));
  EXPECT_THAT(desk.digest().unscored(), SizeIs(10));
}

TEST(Server, ThatRefusesTheKeyIsAskedNoMoreThanWhatWasUnderWay) {
  for (const Fault fault : {Fault::wrong_key, Fault::quota}) {
    FakeModel model(Protocol::openai);
    model.fails_always(fault, "");
    ChatDesk desk(20);
    desk.pipeline(ChatDesk::table(model, "prompt = \"criteria.txt\"\nbatch = 2\nconcurrency = 4\n"));
    EXPECT_EQ(desk.run().exit, 3);
    EXPECT_LE(model.exchanges().size(), 4U);
  }
}

}  // namespace
}  // namespace gleaner::chat_test
