// The message as Python's email module reads it.
#include "plugins/email/letter.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/services/mail/smtp_server.hpp"

namespace gleaner::email {
namespace {

namespace json = boost::json;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

digest::Page page_of(std::size_t papers) {
  digest::Page page;
  page.title = "Personal papers";
  page.pipeline = "ml";
  page.date = std::chrono::year{2025} / 5 / 20;
  page.generated = "2025-05-20T23:30:05.25-02:00";
  page.counts.announced = 526;
  page.counts.scanned = 312;
  for (std::size_t i = 0; i < papers; ++i) {
    digest::Paper paper;
    paper.id = "2505." + std::to_string(10001 + i);
    paper.title = "Pruning experts, part " + std::to_string(i + 1);
    paper.authors = {"Ada Lovelace", "Bo Chen"};
    paper.abstract = "We show that $x^2$ is more than x for the papers we have. It is.";
    paper.scores = {{"relevance", 9}, {"novelty", 7}};
    paper.total = 16;
    paper.comment = "Close to what you do.";
    page.papers.push_back(paper);
  }
  return page;
}

LetterOptions from(const std::string& mailbox = "Papers <me@example.org>") {
  LetterOptions out;
  out.from = read_mailbox(mailbox, "from");
  return out;
}

struct Facts {
  json::object all;
  [[nodiscard]] std::string header(const char* name) const {
    const auto* found = all.at("headers").as_object().if_contains(name);
    return found == nullptr ? "(none)" : std::string(found->as_string());
  }
  [[nodiscard]] std::string part(std::size_t i, const char* what = "text") const {
    return std::string(all.at("parts").as_array().at(i).at(what).as_string());
  }
  [[nodiscard]] std::vector<std::string> list(const char* name) const {
    std::vector<std::string> out;
    for (const auto& each : all.at(name).as_array())
      out.emplace_back(each.as_string());
    return out;
  }
  [[nodiscard]] std::int64_t number(const char* name) const { return all.at(name).as_int64(); }
};

Facts facts(const std::string& message) {
  return {test::facts_of(message)};
}

Facts facts(const digest::Page& page, const LetterOptions& options = from()) {
  return facts(letter(page, "gleaner-2025-05-20-mail-0123456789abcdef", options));
}

/// What every message keeps, whatever is in it.
void expect_sound(const Facts& read) {
  EXPECT_EQ(read.all.at("type").as_string(), "multipart/alternative");
  ASSERT_EQ(read.all.at("parts").as_array().size(), 2U);
  EXPECT_EQ(read.part(0, "type"), "text/plain");
  EXPECT_EQ(read.part(1, "type"), "text/html");
  EXPECT_EQ(read.part(0, "charset"), "utf-8");
  EXPECT_THAT(read.list("defects"), testing::IsEmpty());
  EXPECT_LE(read.number("longest_line"), 76);
  EXPECT_LE(read.number("longest_word"), 75);
  EXPECT_EQ(read.number("bare"), 0);
  EXPECT_TRUE(read.all.at("ascii").as_bool());
  EXPECT_THAT(read.list("torn"), testing::IsEmpty());
  EXPECT_LT(read.part(1).size(), 100'000U);
  EXPECT_THAT(read.list("tags"), testing::IsSubsetOf({"html", "head", "meta", "title", "body", "div", "table",
                                                      "tr", "td", "h1", "h2", "p", "a"}));
  EXPECT_THAT(read.list("attributes"),
              testing::IsSubsetOf({"lang", "charset", "name", "content", "style", "role", "width",
                                   "cellpadding", "cellspacing", "border", "align", "href"}));
  EXPECT_THAT(read.list("links"), testing::Each(StartsWith("http")));
  EXPECT_THAT(read.list("names"),
              testing::ElementsAre("Date", "From", "To", "Subject", "Message-ID", "List-Id", "Auto-Submitted",
                                   "MIME-Version", "Content-Type"));
}

TEST(Letter, IsReadByAnotherProgramAsItWasMeant) {
  const auto read = facts(page_of(2));
  expect_sound(read);
  EXPECT_EQ(read.header("from"), "Papers <me@example.org>");
  EXPECT_EQ(read.header("to"), "undisclosed-recipients:;");
  EXPECT_EQ(read.header("subject"), "Personal papers 2025-05-20 (2)");
  EXPECT_EQ(read.header("message-id"), "<gleaner-2025-05-20-mail-0123456789abcdef@example.org>");
  EXPECT_EQ(read.header("list-id"), "<ml.gleaner.example.org>");
  EXPECT_EQ(read.header("auto-submitted"), "auto-generated");
  EXPECT_EQ(read.header("in-reply-to"), "(none)");
  EXPECT_EQ(read.all.at("date").as_string(), "2025-05-21T01:30:05+00:00");
  EXPECT_THAT(read.part(0), HasSubstr("1. Pruning experts, part 1\n   Ada Lovelace, Bo Chen\n"
                                      "   Relevance 9 \u00b7 Novelty 7 \u00b7 Total 16\n"
                                      "   https://arxiv.org/abs/2505.10001\n"));
  EXPECT_THAT(read.part(0), HasSubstr("$x^2$"));
  EXPECT_THAT(read.part(1), HasSubstr("$x^2$"));
  EXPECT_THAT(read.list("links"), Contains("https://arxiv.org/abs/2505.10002"));
}

TEST(Letter, ASecondTryIsTheSameMessage) {
  EXPECT_EQ(letter(page_of(3), "k", from()), letter(page_of(3), "k", from()));
  EXPECT_NE(letter(page_of(3), "k", from()), letter(page_of(3), "l", from()));
}

TEST(Letter, WithoutATimeItIsOfTheDigestsDay) {
  auto page = page_of(1);
  for (const char* text : {"", "yesterday", "2025-05-20T25:00:00Z", "2025-05-20T10:00:00"}) {
    page.generated = text;
    EXPECT_EQ(facts(page).all.at("date").as_string(), "2025-05-20T00:00:00+00:00") << text;
  }
}

TEST(Letter, AThreadIsMadeOnlyWhereItIsWanted) {
  auto options = from();
  options.thread = true;
  auto page = page_of(1);
  const auto first = facts(page, options);
  page.date = std::chrono::year{2025} / 5 / 21;
  const auto second = facts(page, options);
  EXPECT_THAT(first.header("in-reply-to"), StartsWith("<gleaner-"));
  EXPECT_EQ(first.header("in-reply-to"), second.header("in-reply-to"));
  EXPECT_EQ(first.header("references"), first.header("in-reply-to"));
}

TEST(Letter, NamesAndTitlesOfAnyScriptAreEncodedInWords) {
  auto page = page_of(1);
  page.title = "Статьи дня für Ärzte 日本語の論文 🎉";
  for (int i = 0; i < 3; ++i)
    page.title += " Zusammenhänge überall";
  const auto read = facts(page, from("\"Müller, \\\"Jo\\\"\" <me@example.org>"));
  expect_sound(read);
  EXPECT_EQ(read.header("subject"), page.title + " 2025-05-20 (1)");
  EXPECT_EQ(read.header("from"), "\"Müller, \\\"Jo\\\"\" <me@example.org>");
  EXPECT_EQ(facts(page, from("Doe, Jane <me@example.org>")).header("from"), "\"Doe, Jane\" <me@example.org>");
  page.title = "=?UTF-8?B?aGFja2Vk?= (really)";
  EXPECT_EQ(facts(page).header("subject"), "=?UTF-8?B?aGFja2Vk?= (really) 2025-05-20 (1)");
}

TEST(Letter, NoTextOfAStrangerBecomesAHeaderOrMarkup) {
  const std::vector<std::string> hostile{
      "x\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>",
      "\r\n.\r\nMAIL FROM:<x@example.org>\r\n",
      "</td></table><img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">y</a>",
      "\xE2\x80\xAEright to left\xE2\x80\xAC \x1b[31m \x01\x02 \xE2\x80\xA8 line",
      std::string(10'000, 'W'),
      "--=_gleaner_0123456789abcdef--",
      "*_`[x](javascript:1)`_* \\ $\\alpha$ = =3D",
      std::string("nul\0byte", 8),
      "&lt;b&gt; &amp; \" ' <!-- ]]> -->",
      "From me\n.\n..\nFrom you"};
  auto page = page_of(0);
  for (const auto& text : hostile) {
    digest::Paper paper;
    paper.id = text;
    paper.title = text;
    paper.url = "javascript:alert(1)//" + text;
    paper.authors = {text, text};
    paper.abstract = text;
    paper.comment = text;
    paper.summary = text;
    paper.flag = text;
    paper.scores = {{text, 3}};
    page.papers.push_back(paper);
    page.unscored.push_back(paper);
    page.warnings.push_back(text);
    page.title = text;
    page.pipeline = text;
    page.generated = text;
    const auto read = facts(letter(page, text, from()));
    expect_sound(read);
    EXPECT_THAT(read.header("subject"), Not(HasSubstr("\n")));
    EXPECT_THAT(read.part(0), Not(HasSubstr("\xE2\x80\xAE")));
    EXPECT_THAT(read.part(1), Not(HasSubstr("\xE2\x80\xAE")));
    EXPECT_THAT(read.part(1), Not(HasSubstr(std::string(1, '\x1b'))));
    EXPECT_THAT(read.header("message-id"), EndsWith("@example.org>"));
    EXPECT_THAT(read.header("message-id"), testing::MatchesRegex("<[-._a-zA-Z0-9]+@example[.]org>"));
  }
}

TEST(Letter, GmailShowsItWhole) {
  auto page = page_of(40);
  for (auto& paper : page.papers)
    paper.abstract = std::string(300, 'a') + " " + [] {
      std::string out;
      for (int i = 0; i < 250; ++i)
        out += "ünïcode ";
      return out;
    }();
  const auto shortened = facts(page);
  expect_sound(shortened);
  EXPECT_GT(shortened.part(1).size(), 40'000U);
  EXPECT_THAT(shortened.part(1), HasSubstr("40. Pruning experts, part 40"));
  EXPECT_THAT(shortened.part(1), Not(HasSubstr("did not fit")));

  const auto all = page_of(900);
  const auto cut = facts(all);
  expect_sound(cut);
  EXPECT_GT(cut.part(1).size(), 90'000U);
  std::size_t shown = 0;
  while (cut.part(1).find(">" + std::to_string(shown + 1) + ". Pruning") != std::string::npos)
    ++shown;
  const std::string line = std::to_string(900 - shown) + " more papers did not fit into this mail.";
  EXPECT_THAT(cut.part(1), HasSubstr(line));
  EXPECT_THAT(cut.part(0), HasSubstr(line));
  EXPECT_THAT(cut.part(0), HasSubstr("\n" + std::to_string(shown) + ". Pruning"));
  EXPECT_THAT(cut.part(0), Not(HasSubstr("\n" + std::to_string(shown + 1) + ". Pruning")));
}

TEST(Letter, AnEmptyOrIncompleteDayIsSaid) {
  auto page = page_of(0);
  EXPECT_THAT(facts(page).part(0), HasSubstr("No papers selected"));
  page.unscored = page_of(1).papers;
  const auto read = facts(page);
  EXPECT_THAT(read.part(0), HasSubstr("! 1 paper was not scored"));
  EXPECT_THAT(read.part(1), HasSubstr("Unscored papers"));
}

}  // namespace
}  // namespace gleaner::email
