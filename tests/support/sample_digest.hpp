// Digests for outputs that send messages: an ordinary day, a long one, and one in which every text attacks.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <gleaner/testkit.hpp>

namespace gleaner::test {

inline testkit::DigestEntry sample_entry(std::size_t number) {
  testkit::DigestEntry out;
  const std::string digits = std::to_string(10000 + number);
  out.paper = testkit::paper("2505." + digits, "Pruning experts, part " + std::to_string(number));
  out.paper.url = "https://arxiv.org/abs/2505." + digits;
  out.paper.authors = {"Ada Lovelace", "Bo Chen", "Cy Dale", "Di Ek", "Ed Fox"};
  out.scores = {{"relevance", 9}, {"novelty", 7.5}};
  out.total = 16.5;
  out.comment = "It prunes experts while it trains them, for number " + std::to_string(number) + ".";
  return out;
}

/// `count` papers of the ordinary kind.
inline testkit::DigestPage sample_digest(std::size_t count, const std::string& key = "day-1") {
  testkit::DigestPage out;
  out.title = "Daily papers";
  out.date = "2025-05-20";
  out.key = key;
  out.announced = 526;
  out.scanned = 312;
  for (std::size_t i = 1; i <= count; ++i)
    out.papers.push_back(sample_entry(i));
  return out;
}

/// What no text may do to a chat: markup of every service, links of other schemes, marks that turn the
/// direction of reading, words of ten kilobytes, control characters, line breaks, mentions.
inline std::vector<std::string> hostile_texts() {
  return {
      "<script>alert(1)</script><img src=x onerror=alert(2)>",
      "</a></b></i></blockquote><b>unclosed <a href=\"javascript:alert(3)\">x",
      "*bold* _it_ __u__ ~s~ ~~d~~ `code` ```pre``` ||spoiler|| > quote # head - item 1. one",
      "[click](javascript:alert(4)) ![i](https://evil.example/i.png) <https://evil.example|label>",
      "@everyone @here <@123456789> <@&1> <#2> @some_user @room <!channel> :smile: <t:1:R>",
      "&lt;b&gt; &amp; &#60;b&#62; & \"quoted\" 'single' \\ \\\\ \\* \\[",
      "right\u202Eto\u2066left\u2069 zero\u200Bwidth \uFEFF",
      std::string(10000, 'W'),
      "line\r\nbreak\n\n\n\nand\ttab \x01\x02\x1b[31mred\x7f",
      "emoji \U0001F469\u200D\U0001F52C\U0001F9EA $x_i^2 < 3$ \u00e9\u0301\u0301",
      "https://evil.example/ javascript:alert(5) tg://resolve?domain=x mailto:a@b.example",
      "",
      "   ",
  };
}

/// Every hostile text in every place.
inline testkit::DigestPage hostile_digest(const std::string& key = "day-x") {
  const auto texts = hostile_texts();
  testkit::DigestPage out = sample_digest(0, key);
  out.title = texts[1] + texts[2] + texts[4] + texts[7];
  for (std::size_t i = 0; i < texts.size(); ++i) {
    testkit::DigestEntry entry = sample_entry(i + 1);
    entry.paper.title = texts[i];
    entry.paper.authors = texts;
    entry.comment = texts[(i + 1) % texts.size()] + " " + texts[i];
    entry.summary = texts[(i + 2) % texts.size()];
    entry.flag = texts[(i + 3) % texts.size()];
    if (i % 4 == 1) entry.paper.url = "javascript:alert(6)";
    if (i % 4 == 2) entry.paper.url = "https://x.example/\"><b>&a=)('" + std::string(i == 2 ? 0 : 3000, 'p');
    if (i % 4 == 3) entry.paper.url = "http://y.example/a b\n_*[c](d)";
    out.papers.push_back(entry);
    entry.paper.id += "u";
    out.unscored.push_back(entry);
  }
  // Long in every unit: four bytes, two of UTF-16, one character.
  std::string wide;
  for (int i = 0; i < 3000; ++i)
    wide += i % 7 == 6 ? " " : "\U0001D4B3";
  testkit::DigestEntry entry = sample_entry(90);
  entry.paper.title = entry.comment = entry.summary = wide;
  out.papers.push_back(entry);
  return out;
}

}  // namespace gleaner::test
