// What new plugins are called, and what of the templates is left in their files.
#include "host/cli/scaffold/names.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/cli/scaffold/plan.hpp"

namespace gleaner::host::cli::scaffold {
namespace {

constexpr Language all_languages[] = {Language::cpp, Language::c, Language::rust, Language::python};

TEST(NewPluginName, IsOneTheHostTakes) {
  EXPECT_TRUE(is_component_name_of_plugin("title-words"));
  EXPECT_TRUE(is_component_name_of_plugin("3d_papers"));
  EXPECT_TRUE(is_component_name_of_plugin(std::string(64, 'a')));
  for (const std::string wrong : {"", "Words", "-words", "_words", "my words", "a/b", "..", "wörter"})
    EXPECT_FALSE(is_component_name_of_plugin(wrong)) << wrong;
  EXPECT_FALSE(is_component_name_of_plugin(std::string(65, 'a')));
}

TEST(NewPluginName, IsAWordInFileNamesAndATypeInTheSource) {
  for (const Language language : all_languages)
    EXPECT_EQ(file_word("title-words", "scorer", language), "title_words");
  EXPECT_EQ(type_word("title_words"), "TitleWords");
  EXPECT_EQ(type_word("w"), "W");
  EXPECT_EQ(type_word("a__b_"), "AB");
}

TEST(NewPluginName, ThatALanguageKeepsForItselfGetsItsKindInFileNames) {
  EXPECT_EQ(file_word("json", "source", Language::python), "json_source");
  EXPECT_EQ(file_word("json", "source", Language::cpp), "json");
  EXPECT_EQ(file_word("test", "filter", Language::c), "test_filter");
  EXPECT_EQ(file_word("match", "filter", Language::rust), "match_filter");
  for (const Language language : all_languages)
    EXPECT_EQ(file_word("3d", "output", language), "output_3d");
}

TEST(NewPluginName, ThatTheTemplatesUseForATypeIsAnotherType) {
  EXPECT_EQ(type_word("options"), "OptionsComponent");
  EXPECT_EQ(type_word("score"), "ScoreComponent");
}

TEST(NewPluginPlan, HasAtMostSixFilesAReadmeAndThreeCommands) {
  for (const std::string& kind : kind_words()) {
    for (const Language language : all_languages) {
      const Plan plan = plan_of({kind, "title-words", language});
      EXPECT_LE(plan.files.size(), 6u);
      EXPECT_EQ(plan.next.size(), 3u);
      EXPECT_TRUE(std::any_of(plan.files.begin(), plan.files.end(),
                              [](const NewFile& file) { return file.path == "README.md"; }));
    }
  }
}

TEST(NewPluginPlan, NoPlaceholderIsLeft) {
  for (const std::string& kind : kind_words())
    for (const Language language : all_languages)
      for (const NewFile& file : plan_of({kind, "title-words", language}).files)
        for (const char* word : {"@NAME@", "@FILE@", "@CLASS@", "@KIND@", "@PAPERS@", "@ABOUT@"})
          EXPECT_EQ((file.path + file.text).find(word), std::string::npos) << file.path << ": " << word;
}

TEST(NewPluginPlan, NothingButAProgramCanBeStarted) {
  for (const Language language : all_languages)
    for (const NewFile& file : plan_of({"scorer", "title-words", language}).files)
      EXPECT_EQ(file.runs, file.path == "title_words.py") << file.path;
}

}  // namespace
}  // namespace gleaner::host::cli::scaffold
