// Semantic Scholar's answers: made here in the shape of its documentation, and recorded ones where they are
// at hand.
#include "plugins/authors/s2/answers.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>

namespace gleaner::authors {

void PrintTo(const PaperAuthor& author, std::ostream* out) {
  *out << author.id << "|" << author.name << "|" << author.h_index.value_or(-1);
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

PaperAuthor author(std::string id, std::string name, std::optional<int> h_index = std::nullopt) {
  return {std::move(id), std::move(name), h_index};
}

template <class F>
std::string problem(F&& read) {
  try {
    (void)read();
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), GLEANER_MALFORMED);
    return error.what();
  }
  return "";
}

TEST(Answers, PapersComeInTheOrderAskedWithNullForUnknownOnes) {
  const auto papers = read_papers(
      R"([null, {"paperId": "a", "authors": [{"authorId": "7", "name": "Ada Lovelace", "hIndex": 12},
          {"authorId": null, "name": "C. Babbage", "hIndex": null}], "new": {}}, {"paperId": "b"}])",
      3);
  ASSERT_EQ(papers.size(), 3U);
  EXPECT_FALSE(papers[0]);
  EXPECT_THAT(*papers[1], ElementsAre(author("7", "Ada Lovelace", 12), author("", "C. Babbage")));
  EXPECT_THAT(*papers[2], IsEmpty());
}

TEST(Answers, NumbersMayComeAsTextAndIdsAsNumbers) {
  const auto papers = read_papers(R"([{"authors": [{"authorId": 7, "name": "A", "hIndex": "12"}]}])", 1);
  EXPECT_THAT(*papers[0], ElementsAre(author("7", "A", 12)));
}

TEST(Answers, WhatIsNoAnswerIsSaidInOneSentence) {
  EXPECT_EQ(problem([] { return read_papers(R"([{"authors": [{"auth)", 1); }),
            "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
  EXPECT_EQ(problem([] { return read_papers("", 1); }),
            "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
  EXPECT_EQ(problem([] { return read_papers("[{\"name\": \"Ren\xE9\"}]", 1); }),
            "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
  EXPECT_EQ(problem([] { return read_papers("{}", 1); }),
            "Semantic Scholar's answer cannot be read: it is not a list.");
  EXPECT_EQ(problem([] { return read_papers("[null]", 2); }),
            "Semantic Scholar's answer cannot be read: it has 1 entries where 2 were asked for.");
  EXPECT_EQ(problem([] { return read_search("[]"); }),
            "Semantic Scholar's answer cannot be read: it is not the answer to a search.");
  EXPECT_EQ(problem([] { return read_search(R"({"total": 1, "data": {}})"); }),
            "Semantic Scholar's answer cannot be read: its `data` is not a list.");
  EXPECT_EQ(problem([] { return read_papers(std::string(100'000, '['), 1); }),
            "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
}

TEST(Answers, AnEmptySearchHasNoList) {
  const Namesakes none = read_search(R"({"total": 0, "offset": 0})");
  EXPECT_TRUE(none.all);
  EXPECT_THAT(none.people, IsEmpty());
}

TEST(Answers, ASearchSaysWhetherItIsAllOfThem) {
  EXPECT_TRUE(read_search(R"({"total": 1, "offset": 0, "data": [{"authorId": "1", "name": "A"}]})").all);
  EXPECT_FALSE(
      read_search(R"({"total": 2, "offset": 0, "next": 1, "data": [{"authorId": "1", "name": "A"}]})").all);
  EXPECT_FALSE(read_search(R"({"offset": 0, "data": [{"authorId": "1", "name": "A"}]})").all);
  EXPECT_TRUE(read_search(R"({"total": "1", "data": [{"authorId": "1", "name": "A"}]})").all);
}

TEST(Answers, APersonIsKnownByPapersPlacesAndFields) {
  const auto people = read_people(
      R"([{"authorId": "1", "name": "Ada Lovelace", "hIndex": 12, "affiliations": ["London"],
           "papers": [{"authors": [{"authorId": "1", "name": "A. Lovelace"}, {"authorId": "2", "name": "Charles Babbage"}],
                       "s2FieldsOfStudy": [{"category": "Mathematics", "source": "s2-fos-model"}, {"category": "Mathematics"}]},
                      {"authors": null, "s2FieldsOfStudy": null}]}, null])",
      2);
  ASSERT_TRUE(people[0]);
  EXPECT_FALSE(people[1]);
  EXPECT_EQ(people[0]->h_index, 12);
  EXPECT_THAT(people[0]->co_authors, ElementsAre("charles babbage"));
  EXPECT_THAT(people[0]->fields, ElementsAre("Mathematics"));
  EXPECT_THAT(people[0]->affiliations, ElementsAre("London"));
}

TEST(Answers, TheServersWordsAreKeptShortAndOnOneLine) {
  EXPECT_EQ(words_of_error(R"({"error": "Paper with\nid 0 not found"})"), "Paper with id 0 not found");
  EXPECT_EQ(words_of_error(R"({"message": "Forbidden"})"), "Forbidden");
  EXPECT_EQ(words_of_error("<html>"), "");
  EXPECT_EQ(words_of_error(R"({"error": ")" + std::string(500, 'x') + "\"}"), std::string(200, 'x') + "…");
}

TEST(Answers, WhatIsKeptReadsBack) {
  const PaperRecord record = std::vector{author("7", "Ada \"L\"", 12), author("", "B")};
  EXPECT_EQ(read_paper_record(written(record)).value(), record);
  const auto unknown = read_paper_record(written(PaperRecord()));
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(*unknown);
  EXPECT_EQ(read_paper_record("{"), std::nullopt);
  Namesakes namesakes;
  namesakes.all = true;
  namesakes.people.push_back({"1", "Ada", 3, {"London"}, {"Mathematics"}, {"charles babbage"}});
  const auto back = read_namesakes(written(namesakes));
  ASSERT_TRUE(back);
  EXPECT_EQ(written(*back), written(namesakes));
  EXPECT_EQ(back->people[0].co_authors, namesakes.people[0].co_authors);
  EXPECT_EQ(read_namesakes("[]"), std::nullopt);
}

// Recorded answers, beside the repository.
class Recorded : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder / "s2_paper_batch.json")) GTEST_SKIP() << folder << " is not there";
  }
  [[nodiscard]] std::string sample(const std::string& name) const {
    std::ifstream in(folder / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::filesystem::path folder = std::filesystem::path(GLEANER_SHARED_DIR) / "samples";
};

TEST_F(Recorded, PapersHaveTheirAuthors) {
  const auto papers = read_papers(sample("s2_paper_batch.json"), 3);
  EXPECT_THAT(*papers[0], ElementsAre(author("81141608", "Marianne Bertrand"), author("2259683", "E. Duflo"),
                                      author("2062143", "S. Mullainathan")));
  EXPECT_EQ(papers[1]->size(), 4U);
  EXPECT_EQ(papers[2]->size(), 3U);
}

TEST_F(Recorded, AnUnknownPaperIsNull) {
  const auto papers = read_papers(sample("s2_paper_batch_not_found.json"), 4);
  EXPECT_FALSE(papers[0]);
  ASSERT_TRUE(papers[1]);
  EXPECT_EQ(papers[1]->front(), author("81141608", "Marianne Bertrand"));
}

TEST_F(Recorded, AnUnknownAuthorIsNull) {
  const auto people = read_people(sample("s2_author_batch_with_null.json"), 4);
  EXPECT_FALSE(people[0]);
  EXPECT_EQ(people[1]->name, "E. Dijkstra");
}

TEST_F(Recorded, ASearchFindsManyOfOneName) {
  const Namesakes found = read_search(sample("s2_author_search.json"));
  EXPECT_EQ(found.people.size(), 59U);
  EXPECT_TRUE(found.all);
  Byline turing;
  turing.name = parse_name("Alan Turing");
  EXPECT_FALSE(identify(turing, found)) << "nothing speaks for any of the many Turings";
}

TEST_F(Recorded, ErrorsSayWhy) {
  EXPECT_EQ(words_of_error(sample("s2_error_400.json")), "Unrecognized or unsupported fields: [unknown]");
  EXPECT_EQ(words_of_error(sample("s2_error_404.json")), "Paper with id 0 not found");
}

}  // namespace
}  // namespace gleaner::authors
