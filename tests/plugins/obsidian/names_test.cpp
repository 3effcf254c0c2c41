// File names every system takes.
#include "plugins/obsidian/names.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "plugins/common/ascii.hpp"

namespace gleaner::obsidian {
namespace {

TEST(NoteName, IdentifierAndTitleInAscii) {
  EXPECT_EQ(note_name("2611.01557", "Étale: a \"study\" of Œuvres?"),
            "2611.01557 Etale a study of OEuvres.md");
  EXPECT_EQ(note_name("math/0309136", "中文"), "math-0309136.md");
  EXPECT_EQ(note_name("2611.01557", "Ends in dots ..."), "2611.01557 Ends in dots.md");
}

TEST(NoteName, IsSafeEverywhereWhateverComes) {
  const std::string evil = "/\\:*?\"<>|#^[]\x01\x7F..\u202E%$ CON ";
  for (const std::string& id :
       {std::string("doi:10.1/") + evil, evil, std::string("CON"), std::string("url:https://x/../y"),
        std::string(500, 'x'), std::string("-rf"), std::string(".hidden"), std::string("2611.01557")})
    for (const std::string& title :
         {evil, std::string(10000, 'w'), std::string("a/../../b"), std::string(200, '.')}) {
      const std::string name = note_name(id, title);
      EXPECT_LE(name.size(), 120u);
      EXPECT_EQ(name.find_first_of("/\\:*?\"<>|#^[]%$"), std::string::npos) << name;
      EXPECT_TRUE(std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c < 0x7F; }))
          << name;
      EXPECT_NE(name.front(), '.') << name;
      EXPECT_NE(name.front(), '-') << name;
      EXPECT_NE(name.front(), ' ') << name;
      EXPECT_NE(name[name.size() - 4], ' ') << name;
      EXPECT_TRUE(is_note_of(name, id)) << name;
      const std::string stem = name.substr(0, name.find('.'));
      EXPECT_NE(stem, "CON");
    }
}

TEST(NoteName, TwoIdentifiersNeverMeet) {
  std::set<std::string> names;
  for (const char* id : {"doi:10.1/a:b", "doi:10.1/a/b", "doi:10.1/a-b", "openreview:aB", "openreview:Ab",
                         "hep-th/0309136", "math/0309136", "2611.0155", "2611.01557"}) {
    std::string name = id_part(id);
    name = common::lower_case(name);
    EXPECT_TRUE(names.insert(name).second) << id;
  }
  EXPECT_FALSE(is_note_of("2611.01557 x.md", "2611.0155"));
  EXPECT_FALSE(is_note_of("2611.01557 x.txt", "2611.01557"));
}

TEST(DayName, IsNotADailyNote) {
  EXPECT_EQ(day_name("ml", "2026-11-22"), "ml 2026-11-22.md");
  EXPECT_EQ(day_name("../x", "2026-11-22"), "x 2026-11-22.md");
  EXPECT_EQ(day_name("中", "2026-11-22"), "Papers 2026-11-22.md");
}

TEST(Tag, IsOneObsidianTakes) {
  EXPECT_EQ(tag_of("cs.LG"), "cs/LG");
  EXPECT_EQ(tag_of("Neural Nets & more"), "Neural-Nets-more");
  EXPECT_EQ(tag_of("../x"), "x");
  EXPECT_EQ(tag_of("1234"), "");
  EXPECT_EQ(tag_of("#a]] b"), "a-b");
}

}  // namespace
}  // namespace gleaner::obsidian
