// Files of `bibtex` and `ris` as other programs read them; each test skips where its program is not
// installed.
#include <map>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/references/bibtex.hpp"
#include "plugins/references/ris.hpp"
#include "tests/plugins/references/bibliography.hpp"
#include "tests/support/child_process.hpp"

namespace gleaner::references {
namespace {

namespace kit = gleaner::testkit;
namespace json = boost::json;
using ::testing::ElementsAre;
using testing::entry;
using testing::Folder;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Debian's modules are Debian's Python's.
constexpr const char* kPython = "/usr/bin/python3";

bool runs(const std::vector<std::string>& words) {
  return std::system((words.at(0) + " " + words.at(1) + " >/dev/null 2>&1").c_str()) == 0;
}

std::vector<kit::DigestEntry> day() {
  auto papers = testing::hostile_papers();
  auto good = entry("2611.01557", "Müller's 50% rule & $O(n^2)$ bounds",
                    {"Anna van der Berg", "José Núñez", "The ATLAS Collaboration", "Martin Luther King Jr."});
  good.paper.published = "2026-11-20";
  good.paper.doi = "10.1145/3.4";
  papers.push_back(good);
  return papers;
}

template <class Output>
std::string written(const kit::Settings& more = {}) {
  kit::Settings settings = more;
  settings.push_back({"path", "out"});
  kit::FakeHost host;
  auto output = kit::make<Output>(host, settings);
  return testing::delivered(output, day());
}

json::value read_by(const std::string& program, const std::string& file) {
  const auto result = test::run_child({kPython, "-c", program, file});
  EXPECT_EQ(result.exit, 0) << result.err;
  return result.exit == 0 ? json::parse(result.out) : json::value();
}

TEST(OtherPrograms, PybtexReadsEveryEntry) {
  if (!runs({kPython, "-c 'import pybtex.database'"})) GTEST_SKIP() << "python3-pybtex is not installed";
  const Folder folder("gleaner-pybtex");
  for (const char* encoding : {"utf8", "ascii"}) {
    folder.write("x.bib", written<Bibtex>({{"encoding", encoding}, {"abstract", true}}));
    const json::value read = read_by(
        "import sys,json\nfrom pybtex.database import parse_file\nb=parse_file(sys.argv[1])\n"
        "print(json.dumps([[k,e.type,[[' '.join(p.prelast_names),' '.join(p.last_names),' "
        "'.join(p.lineage_names),"
        "' '.join(p.first_names+p.middle_names)] for p in e.persons.get('author',[])],dict(e.fields)]"
        " for k,e in b.entries.items()]))",
        folder.path("x.bib"));
    const json::array& entries = read.as_array();
    ASSERT_THAT(entries, SizeIs(4)) << encoding;
    const json::array& good = entries[3].as_array();
    EXPECT_EQ(good[0], "berg2026mullers");
    EXPECT_EQ(good[1], "misc");
    const json::array& people = good[2].as_array();
    ASSERT_THAT(people, SizeIs(4));
    EXPECT_EQ(people[0], json::value({"van der", "Berg", "", "Anna"}));
    EXPECT_EQ(people[2], json::value({"", "{The ATLAS Collaboration}", "", ""}));
    EXPECT_EQ(people[3], json::value({"", "King", "Jr.", "Martin Luther"}));
    EXPECT_EQ(good[3].at("eprint"), "2611.01557");
    EXPECT_EQ(good[3].at("doi"), "10.1145/3.4");
    EXPECT_THAT(std::string(good[3].at("title").as_string()), HasSubstr("$O(n^2)$"));
    // Seven names of the hostile paper, one of them empty.
    EXPECT_THAT(entries[0].as_array()[2].as_array(), SizeIs(7));
    EXPECT_EQ(entries[1].as_array()[1], "article");
  }
}

TEST(OtherPrograms, PybtexMakesATitleOfTheAccents) {
  if (!runs({kPython, "-c 'import pybtex.richtext'"})) GTEST_SKIP() << "python3-pybtex is not installed";
  const auto result = test::run_child({kPython, "-c",
                                       "import sys\nfrom pybtex.richtext import Text\n"
                                       "print(Text.from_latex(sys.argv[1]).render_as('text'))",
                                       tex_text("Müller Núñez Erdős Čapek Łukasz", Encoding::ascii)});
  EXPECT_EQ(result.out, "Müller Núñez Erdős Čapek Łukasz\n") << result.err;
}

TEST(OtherPrograms, BibtexparserReadsEveryEntry) {
  if (!runs({kPython, "-c 'import bibtexparser'"})) GTEST_SKIP() << "python3-bibtexparser is not installed";
  const Folder folder("gleaner-bibtexparser");
  folder.write("x.bib", written<Bibtex>());
  const json::value read = read_by(
      "import sys,json,bibtexparser\nb=bibtexparser.load(open(sys.argv[1],encoding='utf-8'))\n"
      "print(json.dumps([[e['ID'],e['ENTRYTYPE'],e['url']] for e in b.entries]))",
      folder.path("x.bib"));
  ASSERT_THAT(read.as_array(), SizeIs(4));
  EXPECT_EQ(read.as_array()[3], json::value({"berg2026mullers", "misc", "https://arxiv.org/abs/2611.01557"}));
}

TEST(OtherPrograms, BibutilsReadsBoth) {
  if (!runs({"bib2xml", "--version"}) || !runs({"ris2xml", "--version"}))
    GTEST_SKIP() << "bibutils is not installed";
  const Folder folder("gleaner-bibutils");
  folder.write("x.bib", written<Bibtex>());
  folder.write("x.ris", written<Ris>());
  for (const auto& [program, file] :
       std::map<std::string, std::string>{{"bib2xml", "x.bib"}, {"ris2xml", "x.ris"}}) {
    const auto result = test::run_child({program, folder.path(file)});
    EXPECT_EQ(result.exit, 0);
    EXPECT_THAT(result.err, HasSubstr("Processed 4 references")) << program;
    EXPECT_THAT(result.out, HasSubstr("<namePart type=\"family\">van der Berg</namePart>")) << program;
    EXPECT_THAT(result.out, HasSubstr("https://arxiv.org/abs/2611.01557")) << program;
  }
}

}  // namespace
}  // namespace gleaner::references
