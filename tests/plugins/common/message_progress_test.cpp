// What is remembered of a message's parts.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/common/message/progress.hpp"

namespace gleaner::message {
namespace {

namespace kit = gleaner::testkit;

/// Runs the function it was given at every delivery.
struct Sender : Output<> {
  static constexpr auto about = gleaner::about("sender", "Sends").remote();
  inline static std::function<void(const Host&)> work;
  void deliver(const Digest&) const { work(host); }
};

kit::Outcome deliver(kit::FakeHost& host, std::function<void(const Host&)> work) {
  Sender::work = std::move(work);
  auto output = kit::make<Sender>(host);
  return output.deliver(kit::DigestPage{}).error;
}

std::string give_one() {
  return "1";
}
std::string give_none() {
  throw Error("The machine failed.");
}

TEST(MessageProgress, APartThatWentIsNotSentAgainAndKeepsItsAnswer) {
  kit::FakeHost host;
  int sent = 0;
  const auto work = [&](const Host& services) {
    Progress progress(services, "key", Repeat::at_least_once);
    EXPECT_FALSE(sent == 0 && progress.is_done("head"));
    EXPECT_EQ(progress.once("head", [&] { return ++sent, std::string("ts 17.5"); }), "ts 17.5");
    EXPECT_TRUE(progress.is_done("head"));
  };
  EXPECT_TRUE(deliver(host, work).ok());
  EXPECT_TRUE(deliver(host, work).ok());
  EXPECT_EQ(sent, 1);
}

TEST(MessageProgress, AnotherDayIsAnotherMessage) {
  kit::FakeHost host;
  std::vector<std::string> sent;
  for (const char* key : {"monday", "tuesday"})
    EXPECT_TRUE(
        deliver(host, [&](const Host& services) {
          Progress(services, key, Repeat::at_most_once).once("a", [&] { return sent.emplace_back(key); });
        }).ok());
  EXPECT_EQ(sent, (std::vector<std::string>{"monday", "tuesday"}));
}

TEST(MessageProgress, NotesThatItBeginsBeforeItSends) {
  kit::FakeHost host;
  EXPECT_TRUE(deliver(host, [&](const Host& services) {
                Progress(services, "key", Repeat::at_least_once).once("a", [&] {
                  EXPECT_EQ(host.get("sender", "message/key/a"), "begun");
                  return std::string();
                });
              }).ok());
  EXPECT_EQ(host.get("sender", "message/key/a"), "sent ");
}

TEST(MessageProgress, WhatNobodyKnowsOfIsSentAgainOrTakenAsSent) {
  for (const auto repeat : {Repeat::at_least_once, Repeat::at_most_once}) {
    kit::FakeHost host;
    EXPECT_EQ(
        deliver(host, [&](const Host& services) { Progress(services, "key", repeat).once("a", give_none); })
            .message,
        "The machine failed.");
    std::string answer;
    EXPECT_TRUE(deliver(host, [&](const Host& services) {
                  answer = Progress(services, "key", repeat).once("a", give_one);
                }).ok());
    EXPECT_EQ(answer, repeat == Repeat::at_least_once ? "1" : "");
    EXPECT_TRUE(host.logged("Nobody knows whether the part \"a\" of this message went"));
  }
}

TEST(MessageProgress, WhatSurelyDidNotGoIsSentAgainWhateverRepeatSays) {
  kit::FakeHost host;
  const auto refused = deliver(host, [&](const Host& services) {
    Progress(services, "key", Repeat::at_most_once).once("a", []() -> std::string {
      throw NotSent("The channel is archived.", GLEANER_DENIED, "/channel");
    });
  });
  EXPECT_EQ(refused.status, GLEANER_DENIED);
  EXPECT_EQ(refused.option, "/channel");
  EXPECT_EQ(host.get("sender", "message/key/a"), std::nullopt);
  std::string answer;
  EXPECT_TRUE(deliver(host, [&](const Host& services) {
                answer = Progress(services, "key", Repeat::at_most_once).once("a", give_one);
              }).ok());
  EXPECT_EQ(answer, "1");
}

TEST(MessageProgress, IsForgottenAfterNinetyDays) {
  kit::FakeHost host;
  int sent = 0;
  const auto work = [&](const Host& services) {
    Progress(services, "key", Repeat::at_least_once).once("a", [&] { return ++sent, std::string(); });
  };
  EXPECT_TRUE(deliver(host, work).ok());
  host.clock().advance(std::int64_t{89} * 24 * 3600 * 1000);
  EXPECT_TRUE(deliver(host, work).ok());
  EXPECT_EQ(sent, 1);
  host.clock().advance(std::int64_t{2} * 24 * 3600 * 1000);
  EXPECT_TRUE(deliver(host, work).ok());
  EXPECT_EQ(sent, 2);
}

TEST(MessageProgress, TheOptionHasTwoWords) {
  EXPECT_EQ(repeat_of("at-most-once"), Repeat::at_most_once);
  EXPECT_EQ(repeat_of("at-least-once"), Repeat::at_least_once);
}

}  // namespace
}  // namespace gleaner::message
