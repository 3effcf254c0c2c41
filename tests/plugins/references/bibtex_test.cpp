// The output `bibtex`.
#include "plugins/references/bibtex.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/references/bibliography.hpp"

namespace gleaner::references {
namespace {

namespace kit = gleaner::testkit;
using testing::delivered;
using testing::entry;
using testing::Folder;
using ::testing::HasSubstr;
using ::testing::Not;

std::string bibliography(std::vector<kit::DigestEntry> papers, kit::Settings settings = {}) {
  settings.push_back({"path", "out"});
  kit::FakeHost host;
  auto output = kit::make<Bibtex>(host, settings);
  return delivered(output, std::move(papers));
}

TEST(BibtexOutput, APreprintIsMisc) {
  auto paper =
      entry("2611.01557", "Bounds for $O(n^2)$ & more", {"Anna van der Berg", "The ATLAS Collaboration"});
  paper.paper.published = "2026-11-20";
  EXPECT_EQ(bibliography({paper}),
            "@misc{berg2026bounds,\n"
            "  title         = {{Bounds for $O(n^2)$ \\& more}},\n"
            "  author        = {van der Berg, Anna and {The ATLAS Collaboration}},\n"
            "  year          = {2026},\n"
            "  eprint        = {2611.01557},\n"
            "  archivePrefix = {arXiv},\n"
            "  primaryClass  = {cs.LG},\n"
            "  url           = {https://arxiv.org/abs/2611.01557},\n"
            "}\n");
}

TEST(BibtexOutput, APaperWithAJournalIsAnArticle) {
  auto paper = entry("doi:10.1038/s41586_1", "A title", {"King, Jr., Martin Luther"});
  paper.paper.url = "https://doi.org/10.1038/s41586_1";
  paper.paper.journal = "Nature & Co.";
  paper.paper.published = "2025-01-02";
  EXPECT_EQ(bibliography({paper}, {{"abstract", true}}),
            "@article{king2025title,\n"
            "  title         = {{A title}},\n"
            "  author        = {King, Jr., Martin Luther},\n"
            "  year          = {2025},\n"
            "  journal       = {Nature \\& Co.},\n"
            "  doi           = {10.1038/s41586_1},\n"
            "  url           = {https://doi.org/10.1038/s41586_1},\n"
            "  abstract      = {About it.},\n"
            "}\n");
}

TEST(BibtexOutput, TheYearIsThatOfTheIdentifierWhereNoneIsTold) {
  EXPECT_THAT(bibliography({entry("hep-th/9901001", "T")}), HasSubstr("year          = {1999}"));
  EXPECT_THAT(bibliography({entry("math/0309136", "T")}), HasSubstr("year          = {2003}"));
  EXPECT_THAT(bibliography({entry("openreview:aB", "T")}), HasSubstr("year          = {2026}"));
}

TEST(BibtexKeys, TheFirstWordThatSaysSomething) {
  EXPECT_THAT(bibliography({entry("2611.1", "On the Émergence of Étale", {"José Núñez"})}),
              HasSubstr("{nunez2026emergence,"));
  EXPECT_THAT(bibliography({entry("2611.00001", "中文", {"李明"})}), HasSubstr("{anonymous2026,"));
  EXPECT_THAT(bibliography({entry("2611.1", "On the $\\mathcal{O}(n)$ cost of routing", {"Ada Berg"})}),
              HasSubstr("{berg2026cost,"))
      << "a formula is no word";
  EXPECT_THAT(bibliography({entry("2611.00001", "T")}, {{"key", "{id}"}}), HasSubstr("{2611.00001,"));
  EXPECT_THAT(bibliography({entry("2611.00001", "T")}, {{"key", "x:{year}-{name}"}}),
              HasSubstr("{x:2026-berg,"));
}

TEST(BibtexKeys, TwoPapersNeverShareOneWhateverTheirOrder) {
  const auto a = entry("2611.00001", "Deep one");
  const auto b = entry("2611.00002", "Deep two");
  const std::string one = bibliography({a, b});
  const std::string other = bibliography({b, a});
  for (const std::string& text : {one, other}) {
    EXPECT_THAT(text, HasSubstr("{berg2026deep,\n  title         = {{Deep one}}"));
    EXPECT_THAT(text, HasSubstr("{berg2026deep-2611.00002,\n  title         = {{Deep two}}"));
  }
}

TEST(BibtexOptions, AKeyOfUnknownPartsIsRefused) {
  kit::FakeHost host;
  EXPECT_THROW((void)kit::make<Bibtex>(host, {{"path", "x"}, {"key", "{author}"}}), Error);
  EXPECT_THROW((void)kit::make<Bibtex>(host, {{"path", "-"}, {"append", true}}), Error);
}

TEST(BibtexAppend, WhatTheFileHoldsStaysToTheByte) {
  const Folder folder("gleaner-bib");
  const std::string mine =
      "% mine\r\n@Comment{jabref}\n@article{Berg2026Deep ,\n TITLE=\"My {own}\", note = {see 2611.00009} }\n"
      "@misc{renamed, eprint = {2611.00001v2}}\n@misc{b, doi = \"10.1145/3.X\" }\n@broken{ {";
  folder.write("all.bib", mine);
  kit::FakeHost host;
  auto output = kit::make<Bibtex>(host, {{"path", folder.path("all.bib")}, {"append", true}});
  auto published = entry("2611.00003", "T");
  published.paper.doi = "10.1145/3.x";
  const std::string text = delivered(output,
                                     {entry("2611.00001", "There"), published, entry("2611.00002", "Deep"),
                                      entry("2611.00009", "Only mentioned")},
                                     folder.path("all.bib"));
  EXPECT_EQ(text.substr(0, mine.size()), mine);
  const std::string added = text.substr(mine.size());
  EXPECT_THAT(added, HasSubstr("\n\n@misc{berg2026deep-2611.00002,"));
  EXPECT_THAT(added, HasSubstr("eprint        = {2611.00009}"));
  EXPECT_THAT(added, Not(HasSubstr("2611.00001")));
  EXPECT_THAT(added, Not(HasSubstr("2611.00003")));
}

TEST(BibtexAppend, APaperIsThereUnderItsNamesOnly) {
  const Folder folder("gleaner-bib");
  const auto is_added = [&folder](const std::string& there, const kit::DigestEntry& paper) {
    folder.write("all.bib", "@misc{k, " + there + "}\n");
    kit::FakeHost host;
    auto output = kit::make<Bibtex>(host, {{"path", folder.path("all.bib")}, {"append", true}});
    return delivered(output, {paper}, folder.path("all.bib")) != "nothing was written";
  };
  auto paper = entry("2611.01557", "T");
  paper.paper.doi = "10.1145/a_b.c";
  for (const char* same : {"eprint={2611.01557}", "Eprint = \"arXiv:2611.01557v2\"",
                           "doi = {10.1145/A\\_B.C}", "url = {\\url{http://arxiv.org/abs/2611.01557}}",
                           "eprint = 2611.01557", "DOI\t=\n{https://doi.org/10.1145/a_b.c}"})
    EXPECT_FALSE(is_added(same, paper)) << same;
  for (const char* other :
       {"eprint={2611.015570}", "eprint={12611.01557}", "doi={10.1145/a_b.c.2}", "doi={10.1145/a_b.cd}",
        "note={2611.01557}", "abstract={we extend 10.1145/a_b.c}", "url={https://x.org/?q=1}"})
    EXPECT_TRUE(is_added(other, paper)) << other;
}

TEST(BibtexAppend, ASecondRunAddsNothingAndDoesNotTouchTheFile) {
  const Folder folder("gleaner-bib");
  kit::FakeHost host;
  auto output = kit::make<Bibtex>(host, {{"path", folder.path("all.bib")}, {"append", true}});
  const std::string text = delivered(output, testing::hostile_papers(), folder.path("all.bib"));
  folder.write("all.bib", text);
  EXPECT_EQ(delivered(output, testing::hostile_papers(), folder.path("all.bib")), "nothing was written");
}

TEST(BibtexAppend, AFileThatCannotBeReadIsNotWrittenOver) {
  const Folder folder("gleaner-bib");
  std::filesystem::create_directories(folder.path("all.bib"));
  kit::FakeHost host;
  auto output = kit::make<Bibtex>(host, {{"path", folder.path("all.bib")}, {"append", true}});
  const auto result = output.deliver(kit::DigestPage{});
  EXPECT_EQ(result.error.option, "/path");
  EXPECT_EQ(result.error.message,
            folder.path("all.bib") + " is there and cannot be read: Is a directory. It was left as it is.");
  EXPECT_TRUE(result.files.empty());
}

}  // namespace
}  // namespace gleaner::references
