#include "host/services/plugin_host.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/clock.h>
#include <gleaner/ext/file.h>
#include <gleaner/ext/log.h>
#include <gleaner/ext/mail.h>
#include <gleaner/ext/secret.h>
#include <gleaner/ext/store.h>

namespace gleaner::host {
namespace {

using testing::ElementsAre;

// The services as a plugin sees them: through the C tables alone.
class PluginHostTest : public testing::Test {
 protected:
  template <class Table>
  const Table* service(std::string_view id) const {
    return static_cast<const Table*>(host.raw()->service(host.raw(), text(id)));
  }
  static std::int32_t fail(const gleaner_call* call, std::int32_t status, gleaner_str, gleaner_str message) {
    *static_cast<std::string*>(call->context) = std::string(view(message));
    return status;
  }
  static void receive(void* to, gleaner_str value) {
    *static_cast<std::string*>(to) = std::string(view(value));
  }
  gleaner_call call() {
    gleaner_call out{};
    out.size = sizeof out;
    out.context = &said;
    out.fail = &fail;
    out.cancelled = [](const gleaner_call*) -> std::int32_t { return 0; };
    return out;
  }
  static InstanceSettings settings(const std::string& name, bool ordered) {
    InstanceSettings out;
    out.name = name;
    out.space = "stage/" + name;
    out.warns_in_order = ordered;
    return out;
  }

  std::string said, lines;
  Clock clock{"2025-05-07T03:30:00Z"};
  Redactor redactor;
  Log log{LogLevel::debug, redactor,
          [this](LogLevel, std::string_view line) { lines += std::string(line) + "\n"; }};
  Secrets secrets{{}, redactor};
  MemoryStore store{clock};
  Account account{{}, clock};
  Files files;
  http::Client client{{}};
  Services services{clock, log, secrets, store, account, files, client};
  PluginHost host{services, settings("first", true)};
};

TEST_F(PluginHostTest, AnUnknownServiceIsNull) {
  EXPECT_EQ(service<void>("gleaner.weather/1"), nullptr);
  EXPECT_EQ(service<void>("gleaner.log/2"), nullptr);
  EXPECT_EQ(service<void>(""), nullptr);
  EXPECT_EQ(service<void>("gleaner.mail/2"), nullptr);
}

TEST_F(PluginHostTest, EveryTableSaysItsSize) {
  EXPECT_EQ(service<gleaner_log>(GLEANER_LOG)->size, sizeof(gleaner_log));
  EXPECT_EQ(service<gleaner_store>(GLEANER_STORE)->size, sizeof(gleaner_store));
  EXPECT_EQ(service<gleaner_file>(GLEANER_FILE)->size, sizeof(gleaner_file));
  EXPECT_EQ(service<gleaner_clock>(GLEANER_CLOCK)->size, sizeof(gleaner_clock));
}

TEST_F(PluginHostTest, LinesNameTheInstanceAndWarningsAreKeptOnce) {
  const auto* table = service<gleaner_log>(GLEANER_LOG);
  table->write(host.raw(), GLEANER_LOG_INFO, text("hello"));
  for (const char* words : {"zebra", "apple", "zebra"})
    table->write(host.raw(), GLEANER_LOG_WARNING, text(words));
  table->write(host.raw(), 99, text("of an unknown level"));
  EXPECT_EQ(lines, "first: hello\nfirst: zebra\nfirst: apple\nfirst: of an unknown level\n");
  EXPECT_THAT(host.warnings(), ElementsAre("zebra", "apple"));
}

TEST_F(PluginHostTest, WarningsOfAConcurrentComponentAreSorted) {
  PluginHost many{services, settings("many", false)};
  for (const char* words : {"zebra", "apple"})
    many.warn(words);
  EXPECT_THAT(many.warnings(), ElementsAre("apple", "zebra"));
}

TEST_F(PluginHostTest, OfManyWarningsTwentyAreKeptAndTheRestCounted) {
  {
    PluginHost many{services, settings("many", false)};
    for (int i = 99; i >= 0; --i)
      many.warn(std::to_string(100 + i));
    ASSERT_EQ(many.warnings().size(), 21u);
    EXPECT_EQ(many.warnings().front(), "100");  // of a concurrent component: the first of the alphabet
    EXPECT_EQ(many.warnings().back(), "… and 80 more.");
    EXPECT_EQ(lines.find("many: 179"), std::string::npos);
  }
  EXPECT_TRUE(lines.ends_with("many: 180\nmany: … and 80 more.\n")) << lines;
}

TEST_F(PluginHostTest, ASecretThatIsNotSetIsSaidByTheFailureOrElseAsAWarning) {
  const auto handle = secrets.handle(SecretText({{"GLEANER_TEST_UNSET", true}}), host.settings().space);
  const auto* table = service<gleaner_secret>(GLEANER_SECRET);
  std::string got;
  const std::string words =
      "The secret GLEANER_TEST_UNSET is not set: put it into the environment, or name a file or command "
      "under "
      "[secrets].";
  EXPECT_EQ(table->reveal(host.raw(), text(handle), &receive, &got), GLEANER_NOT_FOUND);
  EXPECT_THAT(host.warnings(), ElementsAre(words));
  EXPECT_EQ(host.take_secret_problem(), words);
  EXPECT_EQ(host.take_secret_problem(), "");
  EXPECT_THAT(host.warnings(), testing::IsEmpty());
  EXPECT_EQ(lines, "");
}

TEST_F(PluginHostTest, EveryInstanceHasItsOwnStore) {
  PluginHost second{services, settings("second", true)};
  const auto* table = service<gleaner_store>(GLEANER_STORE);
  std::string got;
  EXPECT_EQ(table->put(host.raw(), text("k"), text("v"), 0), GLEANER_OK);
  EXPECT_EQ(table->get(host.raw(), text("k"), &receive, &got), GLEANER_OK);
  EXPECT_EQ(got, "v");
  EXPECT_EQ(table->get(second.raw(), text("k"), &receive, &got), GLEANER_NOT_FOUND);
  EXPECT_EQ(table->put(host.raw(), text(std::string(GLEANER_STORE_KEY_MAX + 1, 'k')), text("v"), 0),
            GLEANER_INVALID);
}

TEST_F(PluginHostTest, ASecretOpensWithItsHandleAlone) {
  ::setenv("GLEANER_TEST_KEY", "open-sesame", 1);
  const auto handle = secrets.handle(SecretText({{"GLEANER_TEST_KEY", true}}), host.settings().space);
  ::unsetenv("GLEANER_TEST_KEY");
  const auto* table = service<gleaner_secret>(GLEANER_SECRET);
  std::string got = "untouched";
  EXPECT_EQ(table->reveal(host.raw(), text(handle), &receive, &got), GLEANER_NOT_FOUND);
  EXPECT_EQ(got, "untouched");
  ::setenv("GLEANER_TEST_KEY", "open-sesame", 1);
  EXPECT_EQ(table->reveal(host.raw(), text(handle), &receive, &got), GLEANER_OK);
  ::unsetenv("GLEANER_TEST_KEY");
  EXPECT_EQ(got, "open-sesame");
}

TEST_F(PluginHostTest, ASecretOfAnotherComponentStaysClosed) {
  ::setenv("GLEANER_TEST_KEY", "open-sesame", 1);
  const auto handle = secrets.handle(SecretText({{"GLEANER_TEST_KEY", true}}), "stage/model");
  std::string got = "untouched";
  EXPECT_EQ(service<gleaner_secret>(GLEANER_SECRET)->reveal(host.raw(), text(handle), &receive, &got),
            GLEANER_NOT_FOUND);
  ::unsetenv("GLEANER_TEST_KEY");
  EXPECT_EQ(got, "untouched");
  EXPECT_EQ(host.take_secret_problem(), "The component asked for a secret that no option of it names.");
}

TEST_F(PluginHostTest, TheClockKnowsTheZones) {
  const auto* table = service<gleaner_clock>(GLEANER_CLOCK);
  std::string day(10, '?');
  EXPECT_EQ(table->date_in(host.raw(), table->now_ms(host.raw()), text("America/New_York"), day.data()),
            GLEANER_OK);
  EXPECT_EQ(day, "2025-05-06");
  EXPECT_EQ(table->date_in(host.raw(), 0, text("Mars/Olympus"), day.data()), GLEANER_INVALID);
}

TEST_F(PluginHostTest, ADryRunWritesNoFile) {
  const auto path = std::filesystem::temp_directory_path() / "gleaner-dry-run.md";
  auto dry = call();
  dry.dry_run = 1;
  std::uint64_t handle = 0;
  EXPECT_EQ(service<gleaner_file>(GLEANER_FILE)->open(host.raw(), &dry, text(path.string()), &handle),
            GLEANER_UNSUPPORTED);
  EXPECT_EQ(said, "A dry run writes no files.");
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(PluginHostTest, AFileThatIsNotOpenIsSaid) {
  const auto now = call();
  const auto* table = service<gleaner_file>(GLEANER_FILE);
  EXPECT_EQ(table->write(host.raw(), &now, 7, text("x")), GLEANER_FAILED);
  EXPECT_EQ(said, "The component wrote to a file that is not open.");
  EXPECT_EQ(table->commit(host.raw(), &now, 7), GLEANER_FAILED);
  table->abandon(host.raw(), 7);
}

TEST_F(PluginHostTest, NothingInFlightIsNotFound) {
  const auto now = call();
  const auto* table = service<gleaner_http>(GLEANER_HTTP);
  EXPECT_EQ(table->wait_any(host.raw(), &now, 1000), GLEANER_NOT_FOUND);
  table->cancel(host.raw(), 12345);
}

}  // namespace
}  // namespace gleaner::host
