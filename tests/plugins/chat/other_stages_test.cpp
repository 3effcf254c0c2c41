// Triage and summary, when the model does not say what it should.
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/chat_desk.hpp"

namespace gleaner::chat_test {
namespace {

using testing::Combine;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;
using testing::Values;
using testing::ValuesIn;

enum class Nonsense { prose, cut_off, declined, error, id_not_sent };

std::string_view name_of(Nonsense nonsense) {
  constexpr std::array<std::string_view, 5> names{"prose", "cut_off", "declined", "error", "id_not_sent"};
  return names[static_cast<std::size_t>(nonsense)];
}

void PrintTo(Nonsense nonsense, std::ostream* out) {
  *out << name_of(nonsense);
}

constexpr Usage kUsage{.prompt = 100, .completion = 10};

test::Reply nonsense_of(Protocol protocol, Nonsense nonsense) {
  switch (nonsense) {
    case Nonsense::prose:
      return answer(protocol, "I would drop 2511.00003 and 2511.00001.", End::stop, kUsage);
    case Nonsense::cut_off:
      return answer(protocol, R"({"drop": [{"id": "2511.00003", "reason": "of anoth)", End::length, kUsage);
    case Nonsense::declined:
      return answer(protocol, "", End::declined, kUsage);
    case Nonsense::error:
      return error(protocol, Trouble::server_error);
    case Nonsense::id_not_sent:
      return answer(protocol, R"({"drop": [{"id": "2511.99999", "reason": "of another field"}]})", End::stop,
                    kUsage);
  }
  return {};
}

class TriageOf : public testing::TestWithParam<std::tuple<Protocol, Nonsense>> {};

TEST_P(TriageOf, KeepsEverythingWithoutAClearAnswer) {
  const auto [protocol, nonsense] = GetParam();
  FakeModel model(protocol);
  model.objects([protocol = protocol, nonsense = nonsense](const Question& question) {
    return question.wanted == Wanted::drops ? std::optional(nonsense_of(protocol, nonsense)) : std::nullopt;
  });
  ChatDesk desk(4);
  const std::string common = "prompt = \"criteria.txt\"\nretry = 0\n";
  desk.pipeline(ChatDesk::table(model, common, "-triage") + ChatDesk::table(model, common));
  const e2e::Ending ending = desk.run();
  EXPECT_THAT(desk.digest().scored(), UnorderedElementsAreArray(desk.sent())) << ending.err;
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(model.complaints(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Nonsense, TriageOf,
                         Combine(ValuesIn(all_protocols),
                                 Values(Nonsense::prose, Nonsense::cut_off, Nonsense::declined,
                                        Nonsense::error, Nonsense::id_not_sent)),
                         [](const auto& info) {
                           return std::string(name_of(std::get<0>(info.param))) + "_" +
                                  std::string(name_of(std::get<1>(info.param)));
                         });

class SummaryOf : public testing::TestWithParam<Protocol> {};

TEST_P(SummaryOf, OnePaperMayBeMissing) {
  const Protocol protocol = GetParam();
  FakeModel model(protocol);
  model.objects([protocol](const Question& question) -> std::optional<test::Reply> {
    if (question.wanted != Wanted::sentence || question.ids.front() != paper_id(2)) return std::nullopt;
    return answer(protocol, "", End::filtered, kUsage);
  });
  ChatDesk desk(3);
  desk.pipeline(ChatDesk::table(model, "prompt = \"criteria.txt\"\n") +
                ChatDesk::table(model, "", "-summary"));
  const e2e::Ending ending = desk.run();
  EXPECT_THAT(ending.err, HasSubstr("1 paper got no usable answer: "));
  const DigestRead digest = desk.digest();
  for (const auto& paper : digest.root().at("papers").as_array()) {
    const std::string id(paper.at("id").as_string());
    EXPECT_EQ(paper.as_object().contains("summary"), id != paper_id(2)) << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Nonsense, SummaryOf, ValuesIn(all_protocols),
                         [](const auto& info) { return std::string(name_of(info.param)); });

}  // namespace
}  // namespace gleaner::chat_test
