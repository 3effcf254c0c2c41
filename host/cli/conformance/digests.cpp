// Digests and server answers to check components with.
#include <array>

#include <fmt/format.h>

#include "host/cli/conformance/papers.hpp"

namespace gleaner::host::cli::conformance {
namespace {

using testkit::DigestEntry;
using testkit::DigestPage;

DigestEntry entry(NewPaper paper, double total) {
  DigestEntry out;
  out.paper = std::move(paper);
  out.total = total;
  out.scores = {{"relevance", total / 2}, {"novelty", total / 2}};
  out.comment = "Close to what you read.";
  out.decided_by = "words";
  return out;
}

std::string nested(std::string_view open, std::size_t depth) {
  std::string out;
  for (std::size_t i = 0; i < depth; ++i)
    out += open;
  return out;
}

constexpr std::string_view atom_page =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Papers</title><updated>2025-05-07T00:00:00Z</updated>"
    "<entry><id>https://example.org/1</id><title>Pruning "
    "experts</title><updated>2025-05-07T00:00:00Z</updated>"
    "<published>2025-05-07T00:00:00Z</published><link href=\"https://example.org/1\"/>"
    "<author><name>Ada Lovelace</name></author><summary>We prune.</summary></entry></feed>\n";

constexpr std::string_view rss_page =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>Papers</title>"
    "<link>https://example.org/</link><description>d</description><pubDate>Wed, 07 May 2025 00:00:00 "
    "+0000</pubDate>"
    "<item><title>Pruning experts</title><link>https://example.org/1</link><guid>https://example.org/1</guid>"
    "<description>We prune.</description><pubDate>Wed, 07 May 2025 00:00:00 "
    "+0000</pubDate></item></channel></rss>\n";

}  // namespace

// A key of its own for each: a message output sends no key twice.
DigestPage ordinary_digest() {
  DigestPage page;
  page.key = "check-ordinary";
  page.date = checked_date;
  double total = 20;
  for (NewPaper& paper : ordinary_papers())
    page.papers.push_back(entry(std::move(paper), total--));
  page.papers[1].summary = "Everything about state space models in one place.";
  page.papers[2].flag = "cross-listed";
  page.announced = 40;
  page.scanned = 30;
  return page;
}

DigestPage empty_digest() {
  DigestPage page;
  page.key = "check-empty";
  page.date = checked_date;
  page.announced = 40;
  page.scanned = 40;
  return page;
}

DigestPage unscored_digest() {
  DigestPage page = empty_digest();
  page.key = "check-unscored";
  for (NewPaper& paper : other_papers()) {
    DigestEntry& one = page.unscored.emplace_back();
    one.paper = std::move(paper);
    one.flag = "unscored: the server did not answer";
  }
  page.complete = false;
  page.attempt = 2;
  return page;
}

DigestPage hostile_digest() {
  DigestPage page = empty_digest();
  page.key = "check-hostile";
  page.title = "<b>Digest</b> | \"of\" # the * day_\n\u202E";
  for (auto& [how, paper] : hostile_papers()) {
    DigestEntry one = entry(std::move(paper), 1e300);
    one.comment = "| `x` <img src=x onerror=alert(1)> \n\n# head\n" + std::string("\0nul", 4);
    one.summary = "]]> --> </script> \\end{document}";
    one.scores.emplace_back("a|b", -0.0);
    page.papers.push_back(std::move(one));
  }
  return page;
}

DigestPage random_digest(Random& random) {
  DigestPage page;
  page.date = checked_date;
  page.title = "T" + random_text(random, 60);
  for (std::size_t n = random.below(12); n > 0; --n) {
    DigestEntry one = entry(random_paper(random), static_cast<double>(random.below(2'000)) / 100);
    one.comment = random_text(random, 200);
    one.summary = random_text(random, 200);
    one.flag = random_text(random, 20);
    if (random.once_in(3)) one.scores.clear();
    (random.once_in(4) ? page.unscored : page.papers).push_back(std::move(one));
  }
  page.complete = !random.once_in(3);
  page.announced = random.below(10'000);
  page.scanned = random.below(10'000);
  page.run_length = 1 + random.below(5);
  page.key = "check-" + std::to_string(random.below(1'000'000'000));
  return page;
}

std::vector<std::pair<std::string, std::string>> server_answers() {
  return {{"an empty body", ""},
          {"a line of text", "Service temporarily unavailable\n"},
          {"an HTML page", "<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>"},
          {"an Atom feed", std::string(atom_page)},
          {"an RSS feed", std::string(rss_page)},
          {"half an Atom feed", std::string(atom_page.substr(0, atom_page.size() / 2))},
          {"an empty JSON object", "{}"},
          {"an empty JSON array", "[]"},
          {"JSON of another shape",
           R"({"results":[{"id":null,"title":7,"authors":"x"}],"data":null,"count":-1})"},
          {"a JSON number", "7"},
          {"half a JSON object", R"({"results":[{"id":"1","title":"Pru)"},
          {"100,000 open brackets", nested("[", 100'000)},
          {"50,000 open elements", "<?xml version=\"1.0\"?>" + nested("<a>", 50'000)},
          {"entities within entities",
           "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c "
           "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]><a>&c;&c;&c;</a>"},
          {"bytes that are not UTF-8", "{\"title\":\"\xFF\xFE\xC0\x80\",\"id\":\"\xED\xA0\x80\"}"},
          {"NUL bytes", std::string("\0\0<a>\0</a>{}\0", 13)}};
}

std::string random_answer(Random& random) {
  auto answers = server_answers();
  std::string body = std::move(answers[random.below(answers.size())].second);
  if (body.size() > 4'000) body.resize(4'000);
  for (std::size_t n = random.below(12); n > 0 && !body.empty(); --n) {
    const std::size_t at = random.below(body.size());
    if (random.once_in(3))
      body.insert(at, random_text(random, 20));
    else if (random.once_in(2))
      body.erase(at, random.below(40));
    else
      body[at] = static_cast<char>(random.below(256));
  }
  return body;
}

}  // namespace gleaner::host::cli::conformance
