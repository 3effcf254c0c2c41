// A provider is a small file: those that come with Gleaner, and one that was built outside of its tree.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/paid/ledger.hpp"

namespace gleaner::chat_test {
namespace {

namespace json = boost::json;
using e2e::contains;

/// Lines that are neither blank nor a comment of their own.
std::size_t code_lines(const std::filesystem::path& file) {
  const auto lines = e2e::lines_of(e2e::read_file(file));
  return static_cast<std::size_t>(std::ranges::count_if(lines, [](const std::string& line) {
    const auto first = line.find_first_not_of(" \t\r\n");
    return first != std::string::npos && line.compare(first, 2, "//") != 0;
  }));
}

class ProviderFile : public testing::TestWithParam<const char*> {};

TEST_P(ProviderFile, HasEightyLinesAtMost) {
  const auto lines = code_lines(std::filesystem::path(GLEANER_SOURCE_DIR) / GetParam());
  EXPECT_LE(lines, 80U);
  EXPECT_GE(lines, 20U) << "a file that was counted wrongly proves nothing";
}

INSTANTIATE_TEST_SUITE_P(All, ProviderFile,
                         testing::Values("plugins/openai/plugin.cpp", "plugins/anthropic/plugin.cpp",
                                         "plugins/gemini/plugin.cpp", "plugins/ollama/plugin.cpp",
                                         "examples/provider/cohere.cpp"));

/// A server that speaks Cohere's protocol, version 2 of its chat: strict in what it takes.
class CohereServer {
 public:
  CohereServer() {
    server_.otherwise([this](const test::Recorded& request) { return reply(request); });
  }
  [[nodiscard]] std::string url() const { return server_.url(""); }
  [[nodiscard]] std::vector<test::Recorded> requests() const { return server_.requests(); }

 private:
  test::Reply reply(const test::Recorded& request) {
    const auto refuse = [](std::string_view why) {
      return test::Reply{.status = 400, .body = json::serialize(json::object{{"message", why}})};
    };
    if (request.header("authorization") != "Bearer " + std::string(FakeModel::key))
      return {.status = 401, .body = R"({"message":"invalid api token"})"};
    if (request.target != "/v2/chat" || request.method != "POST") return refuse("path");
    const auto body = json::parse(request.body).as_object();
    const std::string user(body.at("messages").as_array().back().at("content").as_string());
    if (body.at("model").as_string() != "command-test") return refuse("model");
    std::vector<std::string> ids;
    const std::string opening = "<paper id=\"";
    for (auto at = user.find("\n" + opening + "2"); at != std::string::npos;
         at = user.find("\n" + opening + "2", at + 1)) {
      const auto from = at + 1 + opening.size();
      ids.push_back(user.substr(from, user.find('"', from) - from));
    }
    return {.headers = {{"Content-Type", "application/json"}}, .body = said_of(body, ids)};
  }

  static std::string said_of(const json::object& body, const std::vector<std::string>& ids) {
    std::string text = "It is about " + (ids.empty() ? "nothing" : ids.front()) + ".";
    if (const auto* format = body.if_contains("response_format")) {
      const auto& schema = format->at("json_schema").at("properties").as_object();
      json::array papers;
      for (const auto& id : ids) {
        if (schema.contains("papers"))
          papers.emplace_back(json::object{{"id", id},
                                           {"comment", "Criterion 1 matches."},
                                           {"relevance", score_of(id, "relevance")},
                                           {"novelty", score_of(id, "novelty")}});
        else if (is_dropped(id))
          papers.emplace_back(json::object{{"id", id}, {"reason", "of another field"}});
      }
      text = json::serialize(json::object{{schema.contains("papers") ? "papers" : "drop", papers}});
    }
    const json::object message{{"role", "assistant"},
                               {"content", {json::object{{"type", "text"}, {"text", text}}}}};
    const json::object tokens{{"input_tokens", 300}, {"output_tokens", 40}};
    return json::serialize(json::object{
        {"id", "1"}, {"finish_reason", "COMPLETE"}, {"message", message}, {"usage", {{"tokens", tokens}}}});
  }

  test::LoopbackServer server_;
};

// The library was built by the test example_provider_builds_out_of_tree against an installed SDK.
TEST(ExampleProvider, RunsThreeStagesOfAPipeline) {
  const std::filesystem::path plugins(EXAMPLE_PROVIDER);
  if (!std::filesystem::exists(plugins / "cohere.so"))
    GTEST_SKIP() << "example_provider_builds_out_of_tree has not run";
  CohereServer server;
  ChatDesk desk(5);
  const auto table = [&](std::string_view name, std::string_view lines) {
    return "[[stage]]\nuse = \"" + std::string(name) + "\"\nmodel = \"command-test\"\nbase_url = \"" +
           server.url() + "\"\napi_key = \"${secret:MODEL_KEY}\"\nprice = { input = 2, output = 8 }\n" +
           std::string(lines);
  };
  desk.pipeline(table("cohere-triage", "prompt = \"criteria.txt\"\n") +
                table("cohere", "prompt = \"criteria.txt\"\nbatch = 2\n") + table("cohere-summary", ""));
  const auto ending = desk.run({"--plugin-path", plugins.string()});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  const auto digest = desk.digest();
  // 3 is dropped by its title; four are left, in twos, and get a sentence each.
  EXPECT_THAT(digest.scored(),
              testing::UnorderedElementsAre(paper_id(1), paper_id(2), paper_id(4), paper_id(5)));
  for (const auto& id : digest.scored())
    EXPECT_EQ(digest.score(id, "novelty"), score_of(id, "novelty"));
  EXPECT_TRUE(contains(desk.get("day.json"), "It is about " + paper_id(4) + "."));
  EXPECT_EQ(server.requests().size(), 1U + 2U + 4U);
  EXPECT_EQ(digest.used("prompt_tokens"), 7 * 300);
  EXPECT_NEAR(digest.used("total_cost"), 7 * (300 * 2e-6 + 40 * 8e-6), 1e-9);

  const auto described =
      desk.start(desk.gleaner({"describe", "cohere", "--plugin-path", plugins.string()}))->wait();
  EXPECT_TRUE(contains(described.out, "COHERE_API_KEY")) << described.out << described.err;
  EXPECT_EQ(desk.run({"--plugin-path", plugins.string()}).exit, 0);
  EXPECT_EQ(server.requests().size(), 7U) << "paid once";
}

}  // namespace
}  // namespace gleaner::chat_test
