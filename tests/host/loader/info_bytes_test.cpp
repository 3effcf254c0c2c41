// Descriptions as bytes: what goes in comes out, and what is not believable does not.
#include "host/loader/info_bytes.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/host/loader/support.hpp"

namespace gleaner::host::test {
namespace {

/// Every field has a value of its own.
ComponentInfo everything() {
  ComponentInfo info;
  info.kind = Kind::scorer;
  info.name = "every-thing";
  info.version = "1.2";
  info.summary = "Has it all";
  info.documentation = "Two\n\tlines, é.";
  info.homepage = "https://example.org";
  info.options = {{"weight", "doc", "2", "3", {"a", "b"}, {{-1.5, 1e300}}, OptionType::number, false, true},
                  {"word", "", "", "", {}, {}, OptionType::string, true, false}};
  info.axes = {{"relevance", "How much", 1, 10}};
  info.needs = {{"example.org", "to ask", GLEANER_NEEDS_HOST}};
  info.politeness = {"group", {"wrong"}, {429, 503}, 3000, 2, {"final"}};
  info.calendar = {"Europe/Berlin", {"2026-12-24"}, 31};
  info.capabilities = GLEANER_CONCURRENT | GLEANER_PAID;
  info.batch = 7;
  info.plugin_name = "plugin";
  info.plugin_version = "9";
  return info;
}

TEST(InfoBytes, WhatGoesInComesOut) {
  ComponentInfo plain;
  plain.name = "plain";
  const std::vector<ComponentInfo> both{everything(), plain};
  EXPECT_EQ(components_from(to_bytes(both)), both);
}

TEST(InfoBytes, EveryFieldOfRealPluginsIsKept) {
  const Catalog catalog = Catalog::open(built / "good/four.so");
  ASSERT_EQ(catalog.components().size(), 4U);
  for (const Component& each : catalog.components()) {
    ComponentInfo without_file = each.info;
    without_file.plugin_file.clear();
    const auto back = components_from(to_bytes({each.info}));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->front(), without_file);
  }
}

TEST(InfoBytes, NothingComesOfBytesThatAreCutOffAnywhereOrTooLong) {
  const std::string bytes = to_bytes({everything()});
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(components_from(std::string_view(bytes).substr(0, size))) << size << " bytes";
  EXPECT_FALSE(components_from(bytes + '\0'));
}

TEST(InfoBytes, AChangedByteIsReadOrRefusedButNeverHarms) {
  const std::string bytes = to_bytes({everything()});
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char to : {'\0', '\x01', '\x7f', '\x80', '\xff'}) {
      std::string changed = bytes;
      changed[i] = to;
      const auto read = components_from(changed);
      if (read) {
        EXPECT_LE(to_bytes(*read).size(), bytes.size());
      }
    }
  }
}

TEST(InfoBytes, NothingComesOfACountThatWouldFillTheMemory) {
  EXPECT_FALSE(components_from(std::string("\xff\xff\xff\xff", 4)));
  EXPECT_FALSE(components_from(std::string("\xff\xff\xff\x7f", 4) + std::string(1000, '\0')));
}

bool is_refused(const std::function<void(ComponentInfo&)>& change) {
  ComponentInfo info = everything();
  change(info);
  return !components_from(to_bytes({info}));
}

TEST(InfoBytes, WhatNoDescriptorMaySayIsNotBelieved) {
  EXPECT_FALSE(is_refused([](ComponentInfo&) {}));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.kind = static_cast<Kind>(9); }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.name = "../../etc"; }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.name.clear(); }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.summary = "\033[2J"; }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.summary = "one\ntwo"; }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.documentation = "caf\xe9"; }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.options[0].name = "a b"; }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.options[0].type = static_cast<OptionType>(77); }));
  EXPECT_TRUE(is_refused([](ComponentInfo& info) { info.politeness->group = "../x"; }));
  EXPECT_FALSE(components_from(to_bytes({}))) << "a plugin has a component";
}

}  // namespace
}  // namespace gleaner::host::test
