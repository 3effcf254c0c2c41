#include "host/pipeline/deliver.hpp"

#include <gtest/gtest.h>

#include "tests/host/pipeline/paper_builder.hpp"

namespace gleaner::host {
namespace {

When when(When::Rule rule, std::uint32_t weekdays = 0) {
  return {rule, weekdays};
}

TEST(When, SelectedAsksForPapers) {
  Digest digest;
  EXPECT_FALSE(is_due(when(When::Rule::selected), digest));
  EXPECT_TRUE(is_due(when(When::Rule::always), digest));
  digest.papers.push_back({make_paper("a"), {}, unscored, {}, {}, {}, {}});
  EXPECT_TRUE(is_due(when(When::Rule::selected), digest));
}

TEST(When, IncompleteAsksForSomethingMissing) {
  Digest digest;
  EXPECT_FALSE(is_due(when(When::Rule::incomplete), digest));
  digest.complete = false;
  EXPECT_TRUE(is_due(when(When::Rule::incomplete), digest));
}

// 2025-05-05 was a Monday.
TEST(When, WeekdaysAreThoseOfTheAnnouncementDate) {
  const auto monday_and_sunday = when(When::Rule::weekday, 0b100'0001);
  const bool due[] = {true, false, false, false, false, false, true};
  for (int i = 0; i < 7; ++i) {
    Digest digest;
    digest.date = "2025-05-" + std::string(i < 5 ? "0" : "") + std::to_string(5 + i);
    EXPECT_EQ(is_due(monday_and_sunday, digest), due[i]) << digest.date;
  }
}

TEST(DeliveryKey, IsTheSameForEveryAttemptAndAnotherForAnythingElse) {
  Digest digest;
  digest.pipeline = "ml";
  digest.date = "2025-05-05";
  ComponentConfig mail;
  mail.name = "mail";
  const auto key = delivery_key(digest, mail);
  EXPECT_EQ(delivery_key(digest, mail), key);
  Digest later = Digest{};
  later.pipeline = "ml";
  later.date = "2025-05-06";
  EXPECT_NE(delivery_key(later, mail), key);
  ComponentConfig chat;
  chat.name = "chat";
  EXPECT_NE(delivery_key(digest, chat), key);
  digest.pipeline = "mlm";
  EXPECT_NE(delivery_key(digest, mail), key);
}

TEST(DeliveryKey, PartsDoNotRunTogether) {
  Digest one;
  one.pipeline = "ab";
  one.date = "2025-05-05";
  ComponentConfig output;
  output.name = "cd";
  const auto key = delivery_key(one, output);
  one.pipeline = "a";
  output.name = "bcd";
  EXPECT_NE(delivery_key(one, output), key);
}

// A key goes into file names, mail headers and URLs.
TEST(DeliveryKey, IsPlainText) {
  Digest digest;
  digest.pipeline = "my papers";
  digest.date = "2025-05-05";
  ComponentConfig output;
  output.name = "mail";
  EXPECT_TRUE(delivery_key(digest, output).starts_with("gleaner-2025-05-05-mail-"));
}

}  // namespace
}  // namespace gleaner::host
