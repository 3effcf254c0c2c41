// Messages: sent once, and late rather than never.
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "host/pipeline/outbox.hpp"
#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// The output "post" writes a line into the folder's mailbox for each message, and refuses while a file
// "mailbox.closed" lies beside it.
class Outbox : public PipelineRun {
 protected:
  Outbox() {
    static const Clock clock;
    static Redactor redactor;
    static const Log quiet(LogLevel::error, redactor, [](LogLevel, std::string_view) {});
    state = state::State::open_copy(file("none.db"), clock, quiet);
  }
  [[nodiscard]] std::string pipeline(const std::string& more = {}) const {
    return fmt::format(
        "[[source]]\nuse = \"given\"\npapers = [\"a|A\", \"b|B\"]\n{}[[output]]\nuse = \"post\"\n"
        "mailbox = \"{}\"\n{}",
        dump, file("mailbox").string(), more);
  }
  RunResult on(const std::string& date, const std::string& more = {}) {
    options.date = date;
    return run(pipeline(more));
  }
  void close_mailbox() const { std::ofstream(file("mailbox.closed")) << "closed"; }
  void open_mailbox() const { std::filesystem::remove(file("mailbox.closed")); }
  [[nodiscard]] state::Delivery post_of(const std::string& date) const {
    for (const auto& each : state->deliveries(date))
      if (each.output == "post") return each;
    return {};
  }
  std::vector<Redelivery> deliver(const OutboxFilter& filter = {}) {
    return deliver_outbox(pipeline(), filter);
  }
};

TEST_F(Outbox, AMessageIsSentOnceHoweverOftenItsDateIsRun) {
  EXPECT_EQ(on("2025-05-06").exit, exit_complete);
  const auto again = on("2025-05-06");
  EXPECT_EQ(again.exit, exit_complete);
  EXPECT_THAT(read("mailbox"), HasSubstr("2025-05-06 attempt 1 papers 2\n"));
  EXPECT_EQ(std::ranges::count(read("mailbox"), '\n'), 1);
  ASSERT_EQ(again.outputs.size(), 2u);
  EXPECT_TRUE(again.outputs[1].held_back);
  EXPECT_TRUE(again.outputs[1].delivered);
  EXPECT_THAT(log(), HasSubstr("post: this digest was sent before; it is not sent again."));
}

TEST_F(Outbox, EveryDateHasItsOwn) {
  (void)on("2025-05-06");
  (void)on("2025-05-07");
  EXPECT_EQ(std::ranges::count(read("mailbox"), '\n'), 2);
}

TEST_F(Outbox, WithoutAStateNothingIsRemembered) {
  state.reset();
  (void)on("2025-05-06");
  (void)on("2025-05-06");
  EXPECT_EQ(std::ranges::count(read("mailbox"), '\n'), 2);
}

TEST_F(Outbox, AReplaySendsNothing) {
  options.replay = true;
  const auto result = on("2025-05-06");
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_EQ(read("mailbox"), "(absent)");
  EXPECT_TRUE(result.outputs[1].held_back);
  EXPECT_FALSE(result.outputs[1].delivered);
}

TEST_F(Outbox, ADryRunSendsNothing) {
  options.dry_run = true;
  (void)on("2025-05-06");
  EXPECT_EQ(read("mailbox"), "(absent)");
  EXPECT_THAT(state->due_deliveries(), IsEmpty());
}

TEST_F(Outbox, ADryRunSaysWhetherAMessageWouldBeSent) {
  options.dry_run = true;
  EXPECT_THAT(on("2025-05-06").plan, testing::Contains("output post: would be sent"));
  options.dry_run = false;
  (void)on("2025-05-06");
  options.dry_run = true;
  EXPECT_THAT(on("2025-05-06").plan, testing::Contains("output post: was sent before"));
}

TEST_F(Outbox, WhenThatDoesNotHoldOwesNothing) {
  (void)on("2025-05-06", "when = \"incomplete\"\n");
  EXPECT_THAT(state->due_deliveries(), IsEmpty());
}

TEST_F(Outbox, ARefusedMessageIsDueAndTheDayIsStillComplete) {
  close_mailbox();
  EXPECT_EQ(on("2025-05-06").exit, exit_incomplete);
  const auto post = post_of("2025-05-06");
  EXPECT_EQ(post.outcome, state::Outcome::failed);
  EXPECT_EQ(post.attempts, 1u);
  EXPECT_THAT(post.error, StartsWith("post: The mailbox is closed."));
  const auto run = state->standing_run("2025-05-06");
  ASSERT_TRUE(run);
  EXPECT_TRUE(run->complete) << "the outbox sends it; nobody has to make the day again";
}

TEST_F(Outbox, APipelineOfMessagesAloneLosesNothingWhereAllFail) {
  close_mailbox();
  options.date = "2025-05-06";
  const auto result =
      run(fmt::format("[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n[[output]]\nuse = "
                      "\"post\"\nmailbox = \"{}\"\n",
                      file("mailbox").string()));
  EXPECT_EQ(result.exit, exit_incomplete) << "there is a digest: in the outbox";
  EXPECT_THAT(result.errors,
              ElementsAre("post: The mailbox is closed. It stays due: the next run sends it, or "
                          "gleaner deliver."));
}

TEST_F(Outbox, WhatIsDueIsSentWithTheDigestOfItsDay) {
  close_mailbox();
  (void)on("2025-05-06");
  open_mailbox();
  const auto done = deliver();
  ASSERT_EQ(done.size(), 1u);
  EXPECT_TRUE(done[0].result.delivered) << done[0].result.problem;
  EXPECT_EQ(read("mailbox"), fmt::format("{} 2025-05-06 attempt 2 papers 2\n", done[0].before.key));
  EXPECT_EQ(post_of("2025-05-06").outcome, state::Outcome::delivered);
  EXPECT_THAT(deliver(), IsEmpty());
}

TEST_F(Outbox, ARerunOfTheDateSendsWhatItsFirstRunCouldNot) {
  close_mailbox();
  (void)on("2025-05-06");
  open_mailbox();
  EXPECT_EQ(on("2025-05-06").exit, exit_complete);
  EXPECT_THAT(read("mailbox"), HasSubstr("2025-05-06 attempt 2 papers 2\n"));
  EXPECT_THAT(state->due_deliveries(), IsEmpty());
}

TEST_F(Outbox, GoesThroughDatesInOrder) {
  close_mailbox();
  (void)on("2025-05-07");
  (void)on("2025-05-06");
  open_mailbox();
  const auto done = deliver();
  ASSERT_EQ(done.size(), 2u);
  EXPECT_EQ(done[0].before.date, "2025-05-06");
  EXPECT_EQ(done[1].before.date, "2025-05-07");
}

TEST_F(Outbox, AFilterLeavesTheOthersDue) {
  close_mailbox();
  (void)on("2025-05-06");
  (void)on("2025-05-07");
  open_mailbox();
  EXPECT_EQ(deliver({.date = "2025-05-07"}).size(), 1u);
  EXPECT_THAT(deliver({.output = "dump"}), IsEmpty());
  EXPECT_THAT(deliver({.tried = {post_of("2025-05-06").key}}), IsEmpty());
  EXPECT_EQ(deliver({.messages_only = true}).size(), 1u);
}

// A kill between the send and the note of it leaves what this makes: begun, and nobody knows.
TEST_F(Outbox, AMessageThatWasBegunIsTriedAgainWithTheSameKey) {
  (void)on("2025-05-06");
  auto post = post_of("2025-05-06");
  post.outcome = state::Outcome::pending;
  state->put_delivery(post);
  ASSERT_EQ(deliver().size(), 1u);
  EXPECT_EQ(read("mailbox"), fmt::format("{0} 2025-05-06 attempt 1 papers 2\n{0} 2025-05-06 attempt 2 papers "
                                         "2\n",
                                         post.key));
}

TEST_F(Outbox, OfAnOutputThatIsGoneNothingIsSent) {
  close_mailbox();
  (void)on("2025-05-06");
  open_mailbox();
  const auto without = "[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n" + std::string(dump);
  EXPECT_THAT(deliver_outbox(without, {}), IsEmpty());
  EXPECT_EQ(due(load(without), *state, {.of_gone_outputs = true}).size(), 1u);
}

TEST_F(Outbox, ADigestThatTheStateLostIsSaid) {
  state->put_delivery({.key = "k", .date = "2025-05-01", .output = "post"});
  const auto done = deliver();
  ASSERT_EQ(done.size(), 1u);
  EXPECT_EQ(done[0].result.problem, "post: the state no longer holds the digest of 2025-05-01.");
}

TEST_F(Outbox, AFileThatCouldNotBeWrittenIsDueToo) {
  std::filesystem::create_directories(file("digest.json"));
  EXPECT_EQ(on("2025-05-06").exit, exit_incomplete);
  std::filesystem::remove(file("digest.json"));
  ASSERT_EQ(deliver().size(), 1u);
  EXPECT_THAT(read("digest.json"), HasSubstr("\"date\":\"2025-05-06\""));
}

TEST_F(Outbox, StopEndsTheRunAndTheOtherMessagesStayDue) {
  close_mailbox();
  const auto second = fmt::format(
      "on_error = \"stop\"\n[[output]]\nuse = \"post\"\nname = \"second\"\nmailbox = "
      "\"{}\"\n",
      file("other").string());
  EXPECT_EQ(on("2025-05-06", second).exit, exit_no_digest);
  EXPECT_EQ(read("other"), "(absent)");
  const auto due = state->due_deliveries();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].output, "post");
  EXPECT_EQ(due[1].output, "second");
  EXPECT_EQ(due[1].attempts, 0u);
}

TEST_F(Outbox, FilesComeBeforeMessages) {
  const auto order = fmt::format(
      "[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n[[output]]\nuse = \"post\"\n"
      "mailbox = \"{}\"\n{}",
      file("mailbox").string(), dump);
  options.date = "2025-05-06";
  const auto result = run(order);
  ASSERT_EQ(result.outputs.size(), 2u);
  EXPECT_EQ(result.outputs[0].name, "dump");
  EXPECT_EQ(result.outputs[1].name, "post");
}

}  // namespace
}  // namespace gleaner::host
