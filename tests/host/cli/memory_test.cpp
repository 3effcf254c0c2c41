// why and history: what a pipeline remembers, told to a person and to a program.
#include <chrono>
#include <csignal>
#include <thread>

#include <boost/json.hpp>
#include <sys/stat.h>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

namespace json = boost::json;

/// Two days of the garden: 2505.00002 is below the cut-off on the first, 2505.00001 comes again on the
/// second, in two sources.
class Memory : public Gleaner {
 protected:
  void run_two_days() {
    ASSERT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
    const std::string again = R"({"id": "2505.00001", "title": "Pruning hedges", "version": 2})"
                              "\n"
                              R"({"id": "2505.00004", "title": "Pruning apple trees", "version": 1})"
                              "\n";
    write("papers.jsonl", again);
    write("more.jsonl", R"({"id": "2505.00004", "title": "Pruning apple trees", "version": 1})"
                        "\n");
    write("garden.toml",
          pipeline + "\n[[source]]\nuse = \"jsonl\"\nname = \"more\"\nfile = \"more.jsonl\"\n");
    ASSERT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-20"}).exit, 0);
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder / name).string(); }
  [[nodiscard]] std::string why(const std::string& id) const {
    const ChildResult result = gleaner({"why", id, "garden.toml"});
    EXPECT_EQ(result.exit, 0) << result.err;
    return result.out;
  }
};

TEST_F(Memory, WhyTellsWhatKeptAPaper) {
  run_two_days();
  const std::string told = why("2505.00001");
  EXPECT_THAT(told, StartsWith("2505.00001: Pruning hedges\n2025-05-19: selected by keyword\n"));
  EXPECT_THAT(told, HasSubstr("  scores   relevance "));
  EXPECT_THAT(told, HasSubstr("  comment  "));
}

TEST_F(Memory, WhyTellsThatItWasSeenBefore) {
  run_two_days();
  EXPECT_THAT(why("2505.00001"), HasSubstr("2025-05-20: seen before: judged under 2025-05-19\n"));
}

TEST_F(Memory, WhyTellsWhichCutOffAPaperWasUnder) {
  run_two_days();
  EXPECT_THAT(why("2505.00002"), HasSubstr("2025-05-19: below a cut-off by keyword: relevance 1 < 2\n"));
}

TEST_F(Memory, WhyTellsFromWhichSourcesAPaperWasMerged) {
  run_two_days();
  EXPECT_THAT(why("2505.00004"), HasSubstr("  from     jsonl,more (merged into one paper)\n"));
}

TEST_F(Memory, WhyTellsWhichRuleDroppedAPaper) {
  write("garden.toml", pipeline + "\n[[stage]]\nuse = \"terms\"\nwhere = \"NOT title:roses\"\n");
  ASSERT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
  EXPECT_THAT(why("2505.00002"), HasSubstr("2025-05-19: dropped by terms: not met: NOT title:roses\n"));
  EXPECT_THAT(why("2505.00002"), StartsWith("2505.00002: ")) << "and its title";
}

TEST_F(Memory, WhyTakesAnAddressAndAVersion) {
  run_two_days();
  EXPECT_THAT(why("https://example.org/abs/2505.00001v2"), StartsWith("2505.00001: "));
}

TEST_F(Memory, WhySaysThatAPaperIsUnknownAndSinceWhen) {
  EXPECT_EQ(why("2505.09999"), "2505.09999: unknown; there was no run yet with this state.\n");
  run_two_days();
  EXPECT_THAT(
      why("2505.09999"),
      StartsWith("2505.09999: unknown; no run from 2025-05-19 to 2025-05-20 was shown it by a source."));
}

TEST_F(Memory, WhyIsDataForAProgram) {
  run_two_days();
  const auto told = json::parse(gleaner({"why", "2505.00001", "garden.toml", "--json"}).out).as_object();
  EXPECT_TRUE(told.at("known").as_bool());
  ASSERT_EQ(told.at("judgements").as_array().size(), 2u);
  EXPECT_EQ(told.at("judgements").at(0).at("end").as_string(), "selected");
  EXPECT_EQ(told.at("judgements").at(1).at("end").as_string(), "seen before");
}

TEST_F(Memory, WhyTellsWhichOutputsShowedAPaper) {
  run_two_days();
  EXPECT_THAT(why("2505.00001"), HasSubstr("  shown in json (" + path("out/2025-05-19.json") +
                                           ")\n           markdown (" + path("out/2025-05-19.md") + ")\n"));
  EXPECT_THAT(why("2505.00002"), Not(HasSubstr("shown in")));
  const auto told = json::parse(gleaner({"why", "2505.00001", "garden.toml", "--json"}).out);
  EXPECT_EQ(told.at_pointer("/judgements/0/delivered/1/output"), "markdown");
  EXPECT_EQ(told.at_pointer("/judgements/0/delivered/1/written/0").as_string(), path("out/2025-05-19.md"));
  EXPECT_EQ(told.at_pointer("/judgements/0/delivered/1/when"), "2025-05-20T12:00:00Z");
  EXPECT_TRUE(told.at_pointer("/judgements/1/delivered").as_array().empty());
}

TEST_F(Memory, WhyNamesNoOutputThatHadNoRoomForThePaper) {
  std::string short_page = pipeline;
  short_page.replace(short_page.find("[[output]]"), 10, "[[output]]\ntop = 1");
  write("garden.toml", short_page);
  ASSERT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
  EXPECT_THAT(read("out/2025-05-19.md"), Not(HasSubstr("2505.00003")));
  EXPECT_THAT(why("2505.00001"), HasSubstr("markdown ("));
  EXPECT_THAT(why("2505.00003"), Not(HasSubstr("markdown (")));
  EXPECT_THAT(why("2505.00003"), HasSubstr("  shown in json ("));
}

/// The garden judged by a stage that says its prompt, after one that says none.
class Prompted : public Memory {
 protected:
  Prompted() {
    std::string judged = pipeline;
    const std::string keyword = "use      = \"keyword\"\npositive = { pruning = 4 }\n";
    judged.replace(judged.find(keyword), keyword.size(),
                   "use   = \"terms\"\nwhere = \"NOT title:roses\"\n\n[[stage]]\nuse = \"probe-account\"\n");
    write("garden.toml", judged);
  }
  [[nodiscard]] ChildResult with_probes(std::vector<std::string> words) const {
    words.insert(words.end(), {"--plugin-path", GLEANER_BINARY_DIR "/tests/probes"});
    return gleaner(words);
  }
};

// The hash as Python's uuid.uuid5() has it, namespace 1c835f0a-27d4-4b6d-95e2-70b83e19ca46.
TEST_F(Prompted, WhyTellsThePromptAPaperWasJudgedWith) {
  const std::string hash = "92ffa10e-2c9d-5bf9-868a-58f9c2e403fd";
  ASSERT_EQ(with_probes({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
  EXPECT_THAT(with_probes({"why", "2505.00001", "garden.toml"}).out,
              HasSubstr("  prompt   " + hash + "\n    Judge these papers.\n    [PAPER LIST HERE]\n"));
  const auto told = json::parse(with_probes({"why", "2505.00001", "garden.toml", "--json"}).out);
  EXPECT_EQ(told.at_pointer("/judgements/0/prompt_hash").as_string(), hash);
  EXPECT_EQ(told.at_pointer("/judgements/0/prompt"), "Judge these papers.\n[PAPER LIST HERE]\n");
}

TEST_F(Prompted, WhyTellsNoPromptOfAPaperThatNeverCameToIt) {
  ASSERT_EQ(with_probes({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
  const std::string text = with_probes({"why", "2505.00002", "garden.toml"}).out;
  EXPECT_THAT(text, HasSubstr("dropped by terms"));
  EXPECT_THAT(text, Not(HasSubstr("prompt")));
  const auto told = json::parse(with_probes({"why", "2505.00002", "garden.toml", "--json"}).out);
  EXPECT_EQ(told.at_pointer("/judgements/0/prompt_hash"), "");
  EXPECT_EQ(told.at_pointer("/judgements/0/prompt"), "");
}

TEST_F(Memory, HistoryTellsHowTheOutputsStand) {
  write("taken/file", "");
  write("garden.toml", pipeline + "\n[[output]]\nuse = \"jsonl\"\npath = \"taken\"\n");
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 3);
  const std::string problem = "jsonl: " + path("taken") + " is a folder; name a file in it.";
  EXPECT_THAT(gleaner({"history", "garden.toml"}).out,
              HasSubstr("\nnot delivered: Monday 2025-05-19, 2 tries: " + problem + "\n"));
  const auto data = json::parse(gleaner({"history", "garden.toml", "--json"}).out);
  const auto& outputs = data.at_pointer("/runs/0/outputs").as_array();
  ASSERT_EQ(outputs.size(), 3u);
  EXPECT_EQ(outputs[1].at("name"), "jsonl");
  EXPECT_EQ(outputs[1].at("outcome"), "failed");
  EXPECT_EQ(outputs[1].at("attempts"), 2);
  EXPECT_EQ(outputs[1].at("problem").as_string(), problem);
  EXPECT_TRUE(outputs[1].at("written").as_array().empty());
  EXPECT_EQ(outputs[2].at("name"), "markdown");
  EXPECT_EQ(outputs[2].at("outcome"), "delivered");
  EXPECT_EQ(outputs[2].at("papers"), 2);
  EXPECT_EQ(outputs[2].at("written").at(0).as_string(), path("out/2025-05-19.md"));
  EXPECT_THAT(std::string(outputs[2].at("key").as_string()), StartsWith("gleaner-2025-05-19-markdown-"));
  ASSERT_TRUE(std::filesystem::remove_all(folder / "taken") > 0);
  EXPECT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
  EXPECT_THAT(gleaner({"history", "garden.toml"}).out, Not(HasSubstr("not delivered")));
}

// The json output waits for somebody who reads the pipe, and nobody does.
TEST_F(Memory, AKillBetweenTwoOutputsLeavesNoDeliveryAndTheNextRunMakesBoth) {
  std::filesystem::create_directories(folder / "out");
  ASSERT_EQ(mkfifo((folder / "out/2025-05-19.json").c_str(), 0600), 0);
  gleaner::test::Child child({executable(), "run", "garden.toml", "--date", "2025-05-19"}, options());
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!exists("out/2025-05-19.md") && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  child.send(SIGKILL);
  ASSERT_EQ(child.finish().signal, SIGKILL);
  ASSERT_TRUE(exists("out/2025-05-19.md"));
  auto data = json::parse(gleaner({"history", "garden.toml", "--json"}).out);
  EXPECT_EQ(data.at_pointer("/runs/0/finished"), "");
  EXPECT_TRUE(data.at_pointer("/runs/0/outputs").as_array().empty());

  std::filesystem::remove(folder / "out/2025-05-19.json");
  EXPECT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
  data = json::parse(gleaner({"history", "garden.toml", "--json"}).out);
  const auto& outputs = data.at_pointer("/runs/0/outputs").as_array();
  ASSERT_EQ(outputs.size(), 2u);
  for (const auto& output : outputs) {
    EXPECT_EQ(output.at("outcome"), "delivered");
    EXPECT_EQ(output.at("attempts"), 1);
  }
}

TEST_F(Memory, HistoryListsTheDaysAndTheirCounts) {
  EXPECT_THAT(gleaner({"history", "garden.toml"}).out, StartsWith("There was no run yet with the state "));
  run_two_days();
  const std::string table = gleaner({"history", "garden.toml"}).out;
  EXPECT_THAT(table, HasSubstr("Monday 2025-05-19   complete  3          3        2"));
  EXPECT_THAT(table, HasSubstr("2 days, 3 papers selected, 0.00 dollars\n"));
  const auto data = json::parse(gleaner({"history", "garden.toml", "--json"}).out).as_object();
  ASSERT_EQ(data.at("runs").as_array().size(), 2u);
  EXPECT_EQ(data.at("runs").at(1).at("announced"), 3);
}

TEST_F(Memory, HistoryTellsARunUnderWayFromAnInterruptedAndABrokenOne) {
  std::string waiting = pipeline;
  const std::string source = "use  = \"jsonl\"\nfile = \"papers.jsonl\"";
  waiting.replace(waiting.find(source), source.size(), "use = \"slow\"");
  write("waiting.toml", waiting);
  const std::vector<std::string> words{
      executable(), "run",        "waiting.toml", "--plugin-path", CLI_PLUGINS "/slow_source",
      "--date",     "2025-05-19", "--state",      "s.db"};
  const auto told = [this] {
    return gleaner(
               {"history", "waiting.toml", "--plugin-path", CLI_PLUGINS "/slow_source", "--state", "s.db"})
        .out;
  };
  const auto run_until = [&](int signal, const std::string& during) {
    gleaner::test::Child child(words, options());
    ASSERT_TRUE(child.wait_for_error("the third page is slow"));
    EXPECT_THAT(told(), HasSubstr(during));
    child.send(signal);
    (void)child.finish();
  };
  run_until(SIGTERM, "Monday 2025-05-19  under way");
  EXPECT_THAT(told(), HasSubstr("Monday 2025-05-19  interrupted"));
  run_until(SIGKILL, "Monday 2025-05-19  under way");
  EXPECT_THAT(told(), HasSubstr("Monday 2025-05-19  broke off"));
}

TEST_F(Memory, AFileIsAsGoodTheSecondTimeAndLeavesOneLine) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(gleaner({"run", "garden.toml"}).exit, 0);
    EXPECT_THAT(read("out/2025-05-20.md"), HasSubstr("Total relevant papers: 2"));
  }
  const auto data = json::parse(gleaner({"history", "garden.toml", "--json"}).out);
  ASSERT_EQ(data.at("runs").as_array().size(), 1u);
  EXPECT_EQ(data.at_pointer("/runs/0/date"), "2025-05-20");
  EXPECT_EQ(data.at_pointer("/runs/0/run"), "complete");
}

TEST_F(Memory, APipelineThatKeepsNothingHasNeither) {
  for (const std::string verb : {"why", "history"}) {
    std::vector<std::string> words{verb, "garden.toml", "--state", "none"};
    if (verb == "why") words.insert(words.begin() + 1, "2505.00001");
    const ChildResult result = gleaner(words);
    EXPECT_EQ(result.exit, 2);
    EXPECT_THAT(result.err, HasSubstr("the pipeline keeps no state (state = \"none\")"));
  }
}

}  // namespace
}  // namespace gleaner::host::cli::test
