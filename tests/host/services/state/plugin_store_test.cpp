// gleaner.store/1 as a plugin sees it when the file behind it fails.
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/store.h>

#include "host/services/plugin_host.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

class FailingStore final : public ComponentStore {
 public:
  bool put(std::string_view, std::string_view, std::string_view, std::uint64_t) override { fail("put"); }
  bool put_many(std::string_view, std::span<const Row>, std::uint64_t) override { fail("put"); }
  std::optional<std::string> get(std::string_view, std::string_view) override { fail("get"); }
  void erase(std::string_view, std::string_view) override { fail("erase"); }

 private:
  [[noreturn]] static void fail(const std::string& what) {
    throw StateError(StateError::Kind::full, "there is no room to " + what);
  }
};

class PluginStore : public StateTest {
 protected:
  static const gleaner_store& table(const PluginHost& host) {
    return *static_cast<const gleaner_store*>(host.raw()->service(host.raw(), text(GLEANER_STORE)));
  }
  static void receive(void* to, gleaner_str value) {
    *static_cast<std::string*>(to) = std::string(view(value));
  }
  static InstanceSettings settings() {
    InstanceSettings out;
    out.name = "first";
    out.space = "stage/first";
    return out;
  }
  Secrets secrets{{}, redactor};
  Account account{{}, clock};
  Files files;
  http::Client client{{}};
};

TEST_F(PluginStore, KeepsWhatAComponentPutsForTheNextRun) {
  std::string got;
  {
    const auto state = open();
    const Services services{clock, log, secrets, state->components(), account, files, client};
    const PluginHost host(services, settings());
    EXPECT_EQ(table(host).put(host.raw(), text("k"), text("v"), 0), GLEANER_OK);
    EXPECT_EQ(table(host).put(host.raw(), text(std::string(GLEANER_STORE_KEY_MAX + 1, 'k')), text("v"), 0),
              GLEANER_INVALID);
  }
  const auto state = open();
  const Services services{clock, log, secrets, state->components(), account, files, client};
  const PluginHost host(services, settings());
  EXPECT_EQ(table(host).get(host.raw(), text("k"), &receive, &got), GLEANER_OK);
  EXPECT_EQ(got, "v");
  EXPECT_EQ(table(host).erase(host.raw(), text("k")), GLEANER_OK);
  EXPECT_EQ(table(host).get(host.raw(), text("k"), &receive, &got), GLEANER_NOT_FOUND);
}

TEST_F(PluginStore, AFileThatFailsIsAFailureAndAWarningOfTheComponent) {
  FailingStore store;
  const Services services{clock, log, secrets, store, account, files, client};
  const PluginHost host(services, settings());
  std::string got;
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(table(host).put(host.raw(), text("k"), text("v"), 0), GLEANER_FAILED);
  EXPECT_EQ(table(host).get(host.raw(), text("k"), &receive, &got), GLEANER_FAILED);
  EXPECT_EQ(table(host).erase(host.raw(), text("k")), GLEANER_FAILED);
  EXPECT_THAT(host.warnings(), testing::ElementsAre("there is no room to put", "there is no room to get",
                                                    "there is no room to erase"));
}

}  // namespace
}  // namespace gleaner::host::state
