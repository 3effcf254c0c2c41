// list, describe, new and schema: what is installed.
#include <boost/json.hpp>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

namespace json = boost::json;
using Components = Gleaner;

const std::string plugins = CLI_PLUGINS;

TEST_F(Components, AreListedByKindAndName) {
  const ChildResult result = gleaner({"list"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith("KIND    NAME "));
  const std::size_t source = result.out.find("\nsource  arxiv ");
  const std::size_t scorer = result.out.find("\nscorer  keyword ");
  const std::size_t output = result.out.find("\noutput  markdown ");
  EXPECT_LT(source, scorer);
  EXPECT_LT(scorer, output);
  EXPECT_NE(output, std::string::npos);
}

TEST_F(Components, AreListedWithFilesAxesAndAbilities) {
  const std::string out = gleaner({"list", "-v"}).out;
  EXPECT_THAT(out, HasSubstr("\n    file: " GLEANER_BINARY_DIR "/lib/gleaner/keyword.so\n"));
  EXPECT_THAT(out, HasSubstr("\n    axes: relevance (1 to 10)\n"));
  EXPECT_THAT(out, HasSubstr("talks to a server"));
  EXPECT_THAT(out, HasSubstr("Looked in, the first that has a name wins:\n    " + folder.string() +
                             "/.local/share/gleaner/plugins  (the user's folder, is not there)\n"
                             "    " GLEANER_BINARY_DIR "/lib/gleaner  (the system's folder)\n"));
}

TEST_F(Components, AreListedAsJson) {
  const json::object list = json::parse(gleaner({"list", "--json"}).out).as_object();
  bool found = false;
  for (const json::value& each : list.at("components").as_array()) {
    if (each.at("name") != "keyword") continue;
    found = true;
    EXPECT_EQ(each.at("kind"), "scorer");
    EXPECT_EQ(each.at("axes").at(0).at("name"), "relevance");
    EXPECT_EQ(each.at("shadowed"), false);
  }
  EXPECT_TRUE(found);
  EXPECT_TRUE(list.at("refused").as_array().empty());
}

TEST_F(Components, ABadFileIsNamedAndHidesNothing) {
  write("plugins/notes.so", "not a plugin");
  const ChildResult result = gleaner({"list", "--plugin-path", "plugins"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.err,
              StartsWith("gleaner: warning: " + (folder / "plugins/notes.so").string() + " is not used: "));
  EXPECT_THAT(result.out, HasSubstr("keyword"));
  const json::object list = json::parse(gleaner({"list", "--json", "--plugin-path=plugins"}).out).as_object();
  EXPECT_EQ(list.at("refused").at(0).at("file").as_string(), (folder / "plugins/notes.so").string());
}

TEST_F(Components, AnEarlierFolderShadowsALaterOne) {
  const ChildResult result = gleaner({"--plugin-path", plugins + "/other_keyword", "list", "-v"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, HasSubstr("filter keyword 1.0.0  (other-keyword 9.0.0)\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("scorer keyword")));
  EXPECT_THAT(result.out,
              HasSubstr("Shadowed:\n    The scorer \"keyword\" of " GLEANER_BINARY_DIR
                        "/lib/gleaner/keyword.so is not used: " +
                        plugins + "/other_keyword/cli-other_keyword.so comes earlier in the search path.\n"));
}

TEST_F(Components, TheEnvironmentNamesPluginFoldersToo) {
  ChildOptions with = options();
  with.environment.emplace_back("GLEANER_PLUGIN_PATH", plugins + "/other_keyword");
  EXPECT_THAT(gleaner::test::run_child({executable(), "list"}, with).out,
              HasSubstr("Not the keyword scorer you know"));
}

TEST_F(Components, NoneAtAllIsSaid) {
  const std::filesystem::path alone = folder / "alone/bin/gleaner";
  std::filesystem::create_directories(alone.parent_path());
  std::filesystem::copy_file(executable(), alone);
  expect(gleaner::test::run_child({alone.string(), "list"}, options()), 0, "",
         "gleaner: no plugin was found; --plugin-path DIR names a folder of them, \"gleaner list -v\" says "
         "where was looked.\n");
}

TEST_F(Components, AreDescribedWithOptionsAndLinesToCopy) {
  const ChildResult result = gleaner({"describe", "keyword"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, StartsWith("scorer keyword "));
  EXPECT_THAT(result.out, HasSubstr("\nOPTIONS\n    positive "));
  EXPECT_THAT(result.out, HasSubstr("default { title = 3, abstract = 1 }"));
  EXPECT_THAT(result.out, HasSubstr("\nAXES\n    relevance (1 to 10)\n"));
  EXPECT_THAT(result.out, HasSubstr("\nIN A PIPELINE FILE\n"));
  EXPECT_THAT(result.out, HasSubstr("[[stage]]\nuse = \"keyword\"\n"));
}

TEST_F(Components, SayTheirMannersAndDays) {
  const std::string out = gleaner({"describe", "arxiv"}).out;
  EXPECT_THAT(out, HasSubstr("\nMANNERS\n    one request every 3s"));
  EXPECT_THAT(out, HasSubstr("\nANNOUNCES ON\n    Monday to Friday, America/New_York"));
}

TEST_F(Components, AllOfANameAreDescribedOrTheOneThatIsMeant) {
  const std::string both = gleaner({"describe", "jsonl"}).out;
  EXPECT_THAT(both, StartsWith("source jsonl "));
  EXPECT_THAT(both, HasSubstr("\n\n\noutput jsonl "));
  const std::string one = gleaner({"describe", "output.jsonl"}).out;
  EXPECT_THAT(one, StartsWith("output jsonl "));
  EXPECT_THAT(one, Not(HasSubstr("source jsonl")));
}

TEST_F(Components, AreDescribedAsJson) {
  const json::array all = json::parse(gleaner({"describe", "keyword", "--json"}).out).as_array();
  ASSERT_EQ(all.size(), 1U);
  const json::array& options = all[0].at("options").as_array();
  EXPECT_EQ(options.at(0).at("name"), "positive");
  EXPECT_EQ(options.at(0).at("type"), "map of numbers");
  EXPECT_THAT(std::string(all[0].at("sample").as_string()), HasSubstr("[[stage]]"));
}

TEST_F(Components, MakeANewPipelineThatLints) {
  const ChildResult one_word = gleaner({"new", "jsonl keyword markdown"});
  EXPECT_EQ(one_word.exit, 0);
  EXPECT_EQ(one_word.out, gleaner({"new", "jsonl", "keyword,markdown"}).out);
  write("new.toml", one_word.out);
  const ChildResult linted = gleaner({"lint", "new.toml"});
  EXPECT_EQ(linted.exit, 0) << linted.out;
}

TEST_F(Components, ASchemaKnowsThem) {
  const ChildResult result = gleaner({"schema"});
  EXPECT_EQ(result.exit, 0);
  const json::object schema = json::parse(result.out).as_object();
  EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_THAT(result.out, HasSubstr("keyword"));
}

}  // namespace
}  // namespace gleaner::host::cli::test
