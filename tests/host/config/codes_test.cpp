// Every code can be provoked, and every one is explained.
#include "host/config/codes.hpp"

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::HasSubstr;

std::string a_stage(std::string_view lines) {
  return around("[[stage]]\n" + std::string(lines) + "\n");
}

struct Provocation {
  int code;
  std::string text;
  std::vector<std::pair<std::string, std::string>> sets = {};
};

const std::vector<Provocation>& provocations() {
  static const std::vector<Provocation> all{
      {102, "a = \"\xFF\""},
      {103, "a = "},
      {104, a_stage("use = \"keyword\"\nwrods = []")},
      {105, "[source]\nuse = \"jsonl\"\nfile = \"-\"\n"},
      {106, "a = " + std::string(1000, '[')},
      {107, a_stage("use = \"keyword\"\nlimit = 3")},
      {108, around(""), {{"nobody.x", "1"}}},
      {109, "[[source]]\nuse = \"jsonl\"\n[[output]]\nuse = \"jsonl\"\n", {{"jsonl.x", "1"}}},
      {110, around(""), {{"a..b", "1"}}},
      {111, ""},
      {201, a_stage("use = \"keyword\"\nwords = 3")},
      {202, a_stage("use = \"keyword\"\non_error = \"panic\"")},
      {203, "[select]\nlimit = 0\n"},
      {204, a_stage("use = \"keyword\"\ntimeout = 3")},
      {205, a_stage("use = \"openai\"")},
      {206, "[[output]]\nuse = \"markdown\"\nwhen = \"never\"\n"},
      {207, "name = \"a/b\"\n"},
      {208, a_stage("use = \"keyword\"\nname = \"a\"\n[[stage]]\nuse = \"keyword\"\nname = \"a\"")},
      {209, "title = \"a\\nb\"\n"},
      {210, around("") + std::string(markdown_output)},
      {212, around("[run]\nholidays = [\"26/11/2026\"]\n")},
      {211, around("[[output]]\nuse = \"markdown\"\npath = \"{dat}.md\"\n")},
      {213, a_stage("use = \"keyword\"\nisolate = { memory = 512 }")},
      {301, "title = \"${x}\"\n"},
      {302, "title = \"${env:x\"\n"},
      {303, "title = \"${env:NOPE}\"\n"},
      {304, "title = \"${file:nope}\"\n"},
      {305, "title = \"${secret:A}\"\n"},
      {306, "title = \"${env:}\"\n"},
      {307, "[secrets]\nfile = \"p.toml\"\n"},
      {308, "[secrets]\ncommand = [\"pass\"]\n"},
      {401, a_stage("use = \"nobody\"")},
      {402, a_stage("use = \"broken\"")},
      {403, a_stage("")},
      {405, "[[source]]\nuse = \"arxiv\"\ninterval = \"1ms\"\n"},
      {501, "[select]\norder = [\"beauty\"]\n"},
      {502, a_stage("use = \"openai\"\naxes = []")},
      {503, "[budget]\nfallback = \"x\"\n"},
      {504, a_stage("use = \"openai\"\n[budget]\nfallback = \"openai\"")},
      {505, "[select]\nweights = { total = 1 }\n"},
      {506, a_stage("use = \"authors\"\nfollow = \"a.txt\"\n[budget]\nfallback = \"authors\"")},
      {601, a_stage("use = \"openai\"\napi_key = \"${secret:NOPE}\"")},
      {602, a_stage("use = \"openai\"\napi_key = \"sk-1\"")},
      {603, "[[source]]\nuse = \"arxiv\"\n"},
      {604, a_stage("use = \"openai\"\nengine = \"x\"")},
      {605, "[secrets]\nfile = \"nope\"\n"},
      {606, a_stage("use = \"keyword\"\n[select]\nmin = { relevance = 11 }")},
      {607, a_stage("use = \"authors\"\nfollow = \"gone.txt\"")},
  };
  return all;
}

std::set<int> codes_of(const Provocation& provocation) {
  Loading load;
  load.sets = provocation.sets;
  std::set<int> out;
  const LoadResult result = load(provocation.text);
  for (const Diagnostic& each : result.diagnostics) {
    out.insert(each.code);
    EXPECT_EQ(each.severity == Severity::warning, is_warning(static_cast<Code>(each.code)));
  }
  return out;
}

TEST(Codes, EachCanBeProvoked) {
  for (const Provocation& each : provocations())
    EXPECT_THAT(codes_of(each), testing::Contains(each.code)) << each.text;
}

TEST(Codes, NoneIsWithoutAProvocation) {
  // 101: no file at all, provoked in hostile_test. 406, 608, 609: said by components, in
  // tests/host/cli/lint_trial_test. 409: of a library that has gone bad, in tests/host/cli/scan_test. 407,
  // 408: of a lock file, in tests/host/cli/plugin_lock_test.
  std::set<int> provoked{101, 406, 407, 408, 409, 608, 609};
  for (const Provocation& each : provocations())
    provoked.insert(each.code);
  std::set<int> known;
  for (const CodeInfo& each : all_codes())
    known.insert(static_cast<int>(each.code));
  EXPECT_EQ(provoked, known);
}

TEST(Codes, TheTableHoldsEveryCodeOfTheHeaderInOrder) {
  std::ifstream header(std::string(GLEANER_SOURCE_DIR) + "/host/config/codes.hpp");
  std::stringstream text;
  text << header.rdbuf();
  const std::string all = text.str();
  std::vector<int> declared;
  const std::regex enumerator("  [a-z_0-9]+ = ([0-9]{3}),");
  for (std::sregex_iterator each(all.begin(), all.end(), enumerator), end; each != end; ++each)
    declared.push_back(std::stoi((*each)[1]));
  std::vector<int> listed;
  for (const CodeInfo& each : all_codes())
    listed.push_back(static_cast<int>(each.code));
  EXPECT_GT(declared.size(), 40U);
  EXPECT_EQ(listed, declared);
}

TEST(Explain, SaysWhatItMeansWithAnExampleAndHowToMendIt) {
  EXPECT_EQ(explain(104),
            "G104: unknown key\n\n"
            "This table has no such key. Options belong to the component that `use` names; `gleaner describe "
            "NAME` lists them. A "
            "top-level key must stand above the first [table].\n\n"
            "For example:\n\n"
            "    [[source]]\n    use        = \"arxiv\"\n    categoires = [\"cs.LG\"]\n\n"
            "To mend it:\n\n"
            "    [[source]]\n    use        = \"arxiv\"\n    categories = [\"cs.LG\"]\n");
  EXPECT_THAT(explain(601).value_or(""), HasSubstr("G601 (warning): a secret is not set"));
  for (const CodeInfo& each : all_codes())
    EXPECT_GT(explain(static_cast<int>(each.code)).value_or("").size(), 100U);
}

TEST(Explain, KnowsNoOtherNumbers) {
  EXPECT_EQ(explain(0), std::nullopt);
  EXPECT_EQ(explain(999), std::nullopt);
}

TEST(Explain, ReadsACodeInEverySpelling) {
  EXPECT_EQ(parse_code("G104"), 104);
  EXPECT_EQ(parse_code("g104"), 104);
  EXPECT_EQ(parse_code("104"), 104);
  for (const char* bad : {"", "G", "G104x", "-104", "X104", "99999999999999"})
    EXPECT_EQ(parse_code(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace gleaner::host
