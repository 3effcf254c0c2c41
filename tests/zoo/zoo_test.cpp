// What becomes of a run with a plugin that misbehaves, in the host's own process and apart: each row of the
// tables of docs/isolation.md is run, and has to be true.
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "tests/e2e/desk.hpp"
#include "tests/e2e/files.hpp"

namespace gleaner::e2e {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view heading = "| animal | exit | digest | what is said |";

/// A row of a table: "| segfault, as a source | 139 | none | … |", and whether it is of the isolated ones.
struct Row {
  std::string animal;  ///< "segfault"
  std::string as = "scorer";
  std::string where = "call";
  bool isolated = false;
  std::string title;  ///< the first cell as it stands
  std::string told;   ///< the whole row as it stands
};

std::string first_cell(const std::string& line) {
  const auto end = line.find(" |", 2);
  return line.substr(2, end - 2);
}

Row read_row(const std::string& line, bool isolated) {
  Row out;
  out.isolated = isolated;
  out.told = line;
  out.title = first_cell(line);
  out.animal = out.title.substr(0, out.title.find(','));
  for (const char* kind : {"source", "output"})
    if (contains(out.title, std::string(", as ") + (*kind == 's' ? "a " : "an ") + kind)) out.as = kind;
  if (contains(out.title, ", when it is made")) out.where = "create";
  if (contains(out.title, ", when it is destroyed")) out.where = "destroy";
  return out;
}

/// The first table is of plugins in the host's process, the second of isolated ones.
std::vector<Row> rows() {
  std::vector<Row> out;
  int tables = 0;
  bool inside = false;
  for (const auto& line : lines_of(read_file(fs::path(GLEANER_SOURCE_DIR) / "docs/isolation.md"))) {
    if (line == heading) ++tables;
    inside = line == heading || (inside && line.starts_with("|"));
    if (inside && line != heading && !line.starts_with("| ---")) out.push_back(read_row(line, tables == 2));
  }
  return out;
}

std::string test_name(const Row& row) {
  std::string out = row.isolated ? "Isolated_" : "InProcess_";
  for (const char c : row.title)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) out += c;
  return out;
}

void PrintTo(const Row& row, std::ostream* out) {
  *out << test_name(row);
}

std::string shown(const fs::path& path) {
  return fs::exists(path) ? read_file(path) : std::string();
}

class Zoo : public testing::TestWithParam<Row> {
 protected:
  static void SetUpTestSuite() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);  // a crash is what is asked for here
  }

  void SetUp() override {
    fs::create_directories(folder());
    desk.put("papers.jsonl",
             R"({"id": "2611.00001", "title": "A study of tigers"}
{"id": "2611.00002", "title": "Tigers again"}
{"id": "2611.00003", "title": "On lions and tigers"}
{"id": "2611.00004", "title": "The tiger and its keeper"}
)");
  }

  [[nodiscard]] fs::path folder() const { return desk.work() / "plugins"; }

  /// The animal, and around it a source, a scorer and an output that are well.
  void put_pipeline(const Row& row) const {
    const bool waits = row.animal == "loop" || row.animal == "deadlock";
    const std::string apart = waits ? "isolate = { deadline = \"1s\" }\n" : "isolate = \"process\"\n";
    const std::string table = "use = \"zoo-" + row.animal + "\"\nwhere = \"" + row.where + "\"\n" +
                              (row.isolated ? apart
                               : waits      ? "timeout = \"1s\"\n"
                                            : "");
    std::string text = "state = \"none\"\n[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n";
    if (row.as == "source") text += "[[source]]\n" + table;
    if (row.as == "scorer") text += "[[stage]]\n" + table;
    text += "[[stage]]\nuse = \"keyword\"\npositive = { tiger = 4 }\n[select]\norder = []\n";
    if (row.as == "output") text += "[[output]]\n" + table;
    desk.put("zoo.toml", text + "[[output]]\nuse = \"json\"\npath = \"day.json\"\n");
  }

  [[nodiscard]] Command command(const Row& row) const {
    Command out = desk.gleaner(
        {"run", "zoo.toml", "--date", "2026-11-18", "--threads", "2", "--plugin-path", folder().string()});
    // So that it does not matter how much the machine has.
    if (row.animal == "memory" && !row.isolated)
      out.words.insert(out.words.begin(), {"/bin/sh", "-c", "ulimit -v 1500000; exec \"$0\" \"$@\""});
    return out;
  }

  /// A run that may hang is interrupted, twice, as a person would.
  Ending end(const Row& row) {
    const auto process = desk.start(command(row));
    if ((row.animal == "loop" || row.animal == "deadlock") && !row.isolated) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2600));  // the timeout, and the watch's patience
      process->send(SIGINT);
      std::this_thread::sleep_for(std::chrono::milliseconds(2600));
      process->send(SIGINT);
    }
    return process->wait(std::chrono::seconds(40));
  }

  /// What the host says, without what differs from run to run.
  [[nodiscard]] std::string said(const Ending& ending) const {
    std::string out;
    for (auto line : lines_of(ending.err)) {
      if (!line.starts_with("gleaner: error: ") && !line.starts_with("gleaner: warning: ")) continue;
      line = replaced(line.substr(9), folder().string() + "/zoo-" + GetParam().animal + ".so", "FILE");
      line = std::regex_replace(line, std::regex("working for [0-9]+ s"), "working for N s");
      // It may have come to its end by then, or not.
      line = std::regex_replace(line, std::regex("the source \"jsonl\" \\([^)]*\\), "), "");
      line = std::regex_replace(line, std::regex(", the source \"jsonl\" \\([^)]*\\)"), "");
      line = replaced(std::move(line), "|", "\\|");
      out += (out.empty() ? "" : "<br>") + line;
    }
    if (!ending.out.empty() && contains(ending.out, "zoo"))
      out += (out.empty() ? "" : "<br>") + std::string("On standard output: ") + lines_of(ending.out)[0];
    return out.empty() ? "nothing" : out;
  }

  /// "none", or how many of the four papers have a score of the stage that is well.
  [[nodiscard]] std::string digest() const {
    const std::string text = shown(desk.work() / "day.json");
    if (text.empty()) return "none";
    std::size_t scored = 0;
    std::size_t spoilt = 0;
    const auto digest = json::parse(text);
    for (const char* list : {"papers", "unscored"})
      if (const auto* papers = digest.as_object().if_contains(list))
        for (const auto& paper : papers->as_array()) {
          const auto* scores = paper.as_object().if_contains("scores");
          scored += scores != nullptr && scores->as_object().contains("relevance") ? 1U : 0U;
          spoilt += contains(paper.at("title").as_string(), "XXX") ? 1U : 0U;
        }
    return "yes, " + std::to_string(scored) + " scored" +
           (spoilt > 0 ? ", " + std::to_string(spoilt) + " spoilt" : "");
  }

  Desk desk;
};

// GLEANER_ZOO_ROWS=FILE: rows that are not true are added to it as they would be.
void keep_row(const std::string& row) {
  if (const char* file = std::getenv("GLEANER_ZOO_ROWS")) std::ofstream(file, std::ios::app) << row << "\n";
}

TEST_P(Zoo, ComesToWhatTheTableSays) {
  const Row& row = GetParam();
  const fs::path library = "zoo-" + row.animal + ".so";
  fs::copy_file(fs::path(ZOO) / library, folder() / library);
  put_pipeline(row);
  const Ending ending = end(row);
  if (row.told.ends_with("| anything | anything | undefined: anything may follow |")) return;
  const int exit = ending.signal != 0 ? 128 + ending.signal : ending.exit;
  const std::string told =
      "| " + row.title + " | " + std::to_string(exit) + " | " + digest() + " | " + said(ending) + " |";
  if (told != row.told) keep_row((row.isolated ? "isolated " : "in process ") + told);
  EXPECT_EQ(told, row.told) << ending.err;
}

INSTANTIATE_TEST_SUITE_P(Table, Zoo, testing::ValuesIn(rows()),
                         [](const auto& row) { return test_name(row.param); });

TEST(ZooTable, HasEveryAnimalInProcessAndIsolated) {
  std::vector<std::string> animals;
  for (const auto& entry : fs::directory_iterator(ZOO))
    if (entry.path().extension() == ".so") animals.push_back(entry.path().stem().string().substr(4));
  for (const bool isolated : {false, true}) {
    std::vector<std::string> told;
    for (const auto& row : rows())
      if (row.isolated == isolated && row.title == row.animal) told.push_back(row.animal);
    EXPECT_THAT(told, testing::UnorderedElementsAreArray(animals)) << isolated;
  }
}

}  // namespace
}  // namespace gleaner::e2e
