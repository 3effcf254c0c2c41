#include "host/cli/conformance/papers.hpp"

#include <array>

#include <fmt/format.h>

namespace gleaner::host::cli::conformance {
namespace {

NewPaper paper(std::string id, std::string title, std::string abstract, std::vector<std::string> authors,
               std::vector<std::string> categories) {
  NewPaper out = testkit::paper(std::move(id), std::move(title), std::move(abstract));
  out.authors = std::move(authors);
  out.categories = std::move(categories);
  out.published = checked_date;
  out.announce = GLEANER_ANNOUNCE_NEW;
  out.version = 1;
  return out;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    out += piece;
  return out;
}

NewPaper with_title(std::string title) {
  return paper("2505.00100", std::move(title), "An abstract.", {"Ada Lovelace"}, {"cs.LG"});
}

NewPaper with_abstract(std::string abstract) {
  return paper("2505.00101", "A title", std::move(abstract), {"Ada Lovelace"}, {"cs.LG"});
}

}  // namespace

Papers ordinary_papers() {
  Papers out{
      paper("2505.00001", "Pruning mixtures of experts without retraining",
            "We remove experts of a trained language model and show that most of them are not missed.",
            {"Ada Lovelace", "Grace Hopper"}, {"cs.LG", "cs.CL"}),
      paper("2505.00002", "A survey of state space models",
            "Large language models are surveyed; scaling and attention are compared.", {"Alan Turing"},
            {"cs.LG"}),
      paper("2505.00003", "Spin glasses at low temperature",
            "We measure the susceptibility of CuMn below 10 K.", {"Lise Meitner", "Chien-Shiung Wu"},
            {"cond-mat.dis-nn"}),
      paper("math/0309136", "On a conjecture about primes", "We prove a bound on gaps between primes.",
            {"Sophie Germain"}, {"math.NT"}),
      paper("doi:10.1038/s41586-025-00001-1", "Gut microbiome and sleep",
            "In mice, the microbiome changes the phases of sleep.", {"Barbara McClintock"}, {"neuroscience"}),
      paper("pmid:40000001", "Transport of oxygen in diving mammals", "Seals were followed for a year.",
            {"Rachel Carson", "Jane Goodall"}, {"q-bio.QM"}),
      paper("openreview:aBcD1234", "Reinforcement learning with fewer samples",
            "A policy is learned from 100 trials instead of 10,000.", {"Claude Shannon"},
            {"cs.LG", "stat.ML"}),
      paper("url:https://example.org/papers/8", "Über die Dichte von Neutronensternen",
            "Wir bestimmen die Dichte im Innern aus den Signalen zweier Detektoren.", {"Emmy Noether"},
            {"astro-ph.HE"}),
      paper("2505.00009", "Efficient diffusion for video", "Video diffusion in $O(n \\log n)$ memory.",
            {"Katherine Johnson"}, {"cs.CV"}),
      paper("2505.00010", "Formal verification of compilers", "", {"Barbara Liskov"}, {"cs.PL", "cs.LO"}),
      paper("2505.00011", "Retraction: pruning experts", "This paper is withdrawn.", {"Ada Lovelace"},
            {"cs.LG"}),
      paper("2505.00012", "量子コンピュータの誤り訂正", "誤り訂正符号を調べる。", {"Maria Goeppert Mayer"},
            {"quant-ph"})};
  out[4].doi = "10.1038/s41586-025-00001-1";
  out[4].journal = "Nature";
  out[4].license = "CC-BY-4.0";
  out[1].announce = GLEANER_ANNOUNCE_CROSS;
  out[2].extras = {{"upvotes", "12"}};
  out[0].affiliations = {"University of London", "Yale University"};
  return out;
}

Papers other_papers() {
  return {paper("2504.10001", "Sparse attention is enough", "Attention that looks at few words.",
                {"Grace Hopper"}, {"cs.CL"}),
          paper("2504.10002", "Weather from pressure alone", "A forecast from one barometer.",
                {"Lewis Fry Richardson"}, {"physics.ao-ph"}),
          paper("2504.10003", "Pruning fruit trees by robot", "A robot prunes apple trees.", {"Ada Lovelace"},
                {"cs.RO"})};
}

NewPaper bare_paper() {
  NewPaper out;
  out.id = "2505.00099";
  out.title = "Only a title";
  return out;
}

std::vector<Hostile> hostile_papers() {
  std::vector<Hostile> out{
      {"a title of 10,000 bytes without a space", with_title(repeated("x", 10'000))},
      {"an abstract of 1 MB", with_abstract(repeated("word ", 200'000))},
      {"a title written from right to left", with_title("\u202Eأبجد\u202C and \u05D0\u05D1")},
      {"NUL bytes in the title", with_title(std::string("before\0after\0", 13))},
      {"control characters", with_title("tab\there \x01\x02\x1B[31mred\x7F")},
      {"markup", with_title("<script>alert(1)</script> **b** [x](javascript:1) | & \" ' ` $ \\ %s %n {}")},
      {"characters outside the first plane", with_title("𝔘𝔫𝔦 👩‍🔬🇩🇪 e\u0301")},
      {"backslashes and quotes", with_abstract(repeated("\\\"'", 2'000))},
      {"open brackets", with_abstract(repeated("[({<", 5'000))},
      {"nothing but spaces", with_title("   ")},
      {"a regular expression's worst case", with_abstract(repeated("a", 30'000) + "!")},
      {"a comma and a line end in every field", with_abstract("a,b\r\nc\u2028d\u2029e")}};
  NewPaper crowd = with_title("By five thousand people");
  for (int i = 0; i < 5'000; ++i)
    crowd.authors.push_back(fmt::format("Author Number-{} de la Véryløng", i));
  out.emplace_back("5,000 authors", std::move(crowd));
  NewPaper nobody = with_title("By nobody, in no category");
  nobody.authors.clear();
  nobody.categories.clear();
  out.emplace_back("no author and no category", std::move(nobody));
  NewPaper blank = with_title("Empty names");
  blank.authors = {"", " ", ","};
  blank.categories = {"", "."};
  blank.extras = {{"", ""}};
  out.emplace_back("empty names", std::move(blank));
  NewPaper dated = with_title("From the year zero");
  dated.published = "0001-01-01";
  dated.version = 4'294'967'295U;
  out.emplace_back("a date of the year 1", std::move(dated));
  return out;
}

std::string random_text(Random& random, std::size_t most_characters) {
  static constexpr std::array<std::string_view, 24> pieces{
      "a",  "the", " ", "pruning", "expert", "é",  "ß",  "中", "👩‍🔬", "\u202E", "\u0301", "\u00A0",
      "\\", "\"",  "<", "&amp;",   "]]>",    "\n", "%s", "{}", "$x^2$",       "|",      "-",      "0"};
  std::string out;
  for (std::size_t count = random.below(most_characters + 1); count > 0; --count) {
    if (random.once_in(4)) {
      out += pieces[random.below(pieces.size())];
    } else if (random.once_in(20)) {
      out += static_cast<char>(random.below(0x20));  // a control character, NUL among them
    } else {
      out += static_cast<char>(' ' + random.below(0x5F));
    }
  }
  return out;
}

NewPaper random_paper(Random& random) {
  NewPaper out;
  out.id = fmt::format("25{:02}.{:05}", 1 + random.below(12), random.below(100'000));
  out.title = "T" + random_text(random, random.once_in(30) ? 3'000 : 90);
  if (!random.once_in(5)) out.abstract = random_text(random, random.once_in(20) ? 20'000 : 1'200);
  if (random.once_in(2)) out.url = "https://example.org/" + out.id;
  if (random.once_in(4)) out.doi = "10.1234/" + std::to_string(random.below(100'000));
  if (!random.once_in(3))
    out.published =
        fmt::format("20{:02}-{:02}-{:02}", random.below(30), 1 + random.below(12), 1 + random.below(28));
  for (std::size_t n = random.below(random.once_in(20) ? 400 : 6); n > 0; --n)
    out.authors.push_back(random_text(random, 30));
  for (std::size_t n = random.below(4); n > 0; --n)
    out.categories.push_back(random.once_in(2) ? "cs.LG" : random_text(random, 12));
  for (std::size_t n = random.below(3); n > 0; --n)
    out.extras.emplace_back(random_text(random, 10), random_text(random, 20));
  out.version = static_cast<std::uint32_t>(random.below(5));
  out.announce = static_cast<std::uint32_t>(random.below(GLEANER_ANNOUNCE_REPLACE_CROSS + 1));
  return out;
}

Papers random_papers(Random& random, std::size_t count) {
  Papers out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(random_paper(random));
  return out;
}

}  // namespace gleaner::host::cli::conformance
