// The schema is judged by another program: Python's jsonschema on what Python's own TOML reader makes of a
// file.
#include "host/config/schema.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/config/sample.hpp"
#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

json::value schema() {
  return json::parse(pipeline_schema(test_components()));
}

const json::value& definition(const json::value& schema, std::string_view name) {
  return schema.at("$defs").at(name);
}

TEST(Schema, EveryComponentHasADefinitionWithItsOptions) {
  const json::value all = schema();
  for (const ComponentInfo* info : test_components()) {
    const std::string name =
        std::string(is_stage(info->kind) ? "stage" : to_word(info->kind)) + "." + info->name;
    const json::object& properties = definition(all, name).at("properties").as_object();
    EXPECT_EQ(properties.at("use").at("const"), json::value(info->name));
    for (const OptionInfo& option : info->options)
      EXPECT_TRUE(properties.contains(option.name)) << name << " " << option.name;
    EXPECT_EQ(properties.contains("when"), info->kind == Kind::output) << name;
    EXPECT_TRUE(properties.contains("timeout")) << name;
  }
}

TEST(Schema, OptionsCarryDocsDefaultsBoundsAndWords) {
  const json::value all = schema();
  const json::value& openai = definition(all, "stage.openai").at("properties");
  EXPECT_EQ(
      json::serialize(openai.at("concurrency")),
      R"({"description":"What concurrency is for","anyOf":[{"type":"integer","minimum":1,"maximum":64},)"
      R"({"type":"string","pattern":"\\$\\{(env|file):"}],"default":4})");
  EXPECT_EQ(json::serialize(openai.at("engine")),
            R"({"type":"string","description":"use model instead","deprecated":true})");
  EXPECT_EQ(json::serialize(definition(all, "source.arxiv").at("properties").at("via").at("anyOf").at(0)),
            R"({"enum":["auto","rss","atom","list","api","oai"]})");
  EXPECT_EQ(json::serialize(definition(all, "source.arxiv").at("required")), R"(["use","categories"])");
  EXPECT_EQ(json::serialize(definition(all, "source.arxiv").at("properties").at("categories").at("examples")),
            R"([["cs.LG","cs.AI"]])");
}

TEST(Schema, WithNothingInstalledIsStillOne) {
  EXPECT_EQ(json::parse(pipeline_schema({})).at("type"), json::value("object"));
}

bool python_has_jsonschema() {
  return std::system("python3 -c 'import jsonschema, tomllib' >/dev/null 2>&1") == 0;
}

/// 0: the file fits the schema; 1: it does not; others: the check could not be made.
int judge(const Folder& folder, std::string_view toml) {
  const auto schema_file = folder.write("schema.json", pipeline_schema(test_components()));
  const auto toml_file = folder.write("p.toml", toml);
  const auto script =
      folder.write("judge.py",
                   "import json, sys, tomllib, jsonschema\n"
                   "schema = json.load(open(sys.argv[1]))\n"
                   "jsonschema.Draft202012Validator.check_schema(schema)\n"
                   "data = tomllib.load(open(sys.argv[2], 'rb'))\n"
                   "sys.exit(0 if jsonschema.Draft202012Validator(schema).is_valid(data) else 1)\n");
  const int status = std::system(
      ("python3 " + script.string() + " " + schema_file.string() + " " + toml_file.string()).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Schema, AcceptsWhatLintAccepts) {
  if (!python_has_jsonschema()) GTEST_SKIP() << "python3 with jsonschema and tomllib is not installed";
  const Folder folder;
  EXPECT_EQ(judge(folder, sample_pipeline(std::vector<std::string>{"arxiv", "keyword", "openai", "markdown"},
                                          test_components())
                              .text),
            0);
  EXPECT_EQ(
      judge(folder,
            around(
                "[[stage]]\nuse = \"openai\"\nmodel = \"m\"\nconcurrency = \"${env:N}\"\ntimeout = \"1.5m\"\n"
                "[select]\nmin = { relevance = 8, openai.novelty = 2 }\norder = [\"total\"]\n[run]\nseen = "
                "false\n")),
      0);
  EXPECT_EQ(judge(folder, around("") + "when = \"weekday:mon,thu\"\nlimit = 3\non_error = \"stop\"\n"), 0);
}

TEST(Schema, RefusesWhatLintRefuses) {
  if (!python_has_jsonschema()) GTEST_SKIP() << "python3 with jsonschema and tomllib is not installed";
  const Folder folder;
  for (const std::string& text :
       {"titel = \"x\"\n" + around(""), around("[[stage]]\nuse = \"openai\"\nmodle = \"m\"\n"),
        around("[[stage]]\nuse = \"openai\"\n"), around("[[stage]]\nuse = \"nobody\"\n"),
        around("[[stage]]\nuse = \"openai\"\nmodel = \"m\"\nconcurrency = 65\n"),
        around("[[stage]]\nuse = \"keyword\"\nwords = \"x\"\n"),
        around("[[stage]]\nuse = \"keyword\"\nwhen = \"always\"\n"),
        around("[[stage]]\nuse = \"keyword\"\ntimeout = 3\n"), around("[select]\nlimit = 0\n"),
        around("") + "on_error = \"keep\"\n", std::string(markdown_output)}) {
    EXPECT_EQ(judge(folder, text), 1) << text;
    EXPECT_FALSE(Loading()(text).ok) << text;
  }
}

}  // namespace
}  // namespace gleaner::host
