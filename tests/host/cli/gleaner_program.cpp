#include "gleaner_program.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace gleaner::host::cli::test {

const std::string papers =
    R"({"id": "2505.00001", "title": "Pruning hedges", "abstract": "On pruning.", "categories": ["cs.LG"], "published": "2025-05-20"}
{"id": "2505.00002", "title": "Watering roses", "abstract": "On water.", "categories": ["cs.LG"], "published": "2025-05-20"}
{"id": "2505.00003", "title": "Tools", "abstract": "Shears, for pruning.", "categories": ["cs.AI"], "published": "2025-05-20"}
)";

const std::string pipeline = R"(title   = "Garden papers"
contact = "you@example.org"

[[source]]
use  = "jsonl"
file = "papers.jsonl"

[[stage]]
use      = "keyword"
positive = { pruning = 4 }

[select]
min = { relevance = 2 }

[[output]]
use  = "markdown"
path = "out/{date}.md"

[[output]]
use  = "json"
path = "out/{date}.json"
)";

Gleaner::Gleaner() {
  std::string name = (std::filesystem::temp_directory_path() / "gleaner-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder = name;
  write("papers.jsonl", papers);
  write("garden.toml", pipeline);
}

Gleaner::~Gleaner() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

std::string Gleaner::executable() {
  return std::string(GLEANER_BINARY_DIR) + "/bin/gleaner";
}

ChildOptions Gleaner::options() const {
  ChildOptions out;
  out.environment = {{"HOME", folder.string()},
                     {"XDG_DATA_HOME", std::nullopt},
                     {"XDG_STATE_HOME", std::nullopt},
                     {"XDG_CACHE_HOME", std::nullopt},
                     {"NO_COLOR", std::nullopt},
                     {"GLEANER_PLUGIN_PATH", std::nullopt},
                     {"TERM", "xterm"},
                     {"GLEANER_NOW", "2025-05-20T12:00:00Z"}};
  out.folder = folder;
  return out;
}

ChildResult Gleaner::gleaner(std::vector<std::string> words, std::string input) const {
  words.insert(words.begin(), executable());
  ChildOptions all = options();
  all.input = std::move(input);
  return gleaner::test::run_child(words, all);
}

void Gleaner::write(const std::filesystem::path& name, std::string_view text) const {
  std::filesystem::create_directories((folder / name).parent_path());
  std::ofstream(folder / name, std::ios::binary) << text;
}

std::string Gleaner::read(const std::filesystem::path& name) const {
  std::ifstream in(folder / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void expect(const ChildResult& result, int exit, std::string_view out, std::string_view err) {
  EXPECT_EQ(result.exit, exit);
  EXPECT_EQ(result.out, out);
  EXPECT_EQ(result.err, err);
}

}  // namespace gleaner::host::cli::test
