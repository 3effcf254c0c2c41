// SPDX-License-Identifier: Apache-2.0
// A digest for an output under test. Single thread.
#pragma once

#include <cmath>
#include <locale>
#include <sstream>
#include <string>
#include <vector>

#include <gleaner/testkit/borrow.hpp>
#include <gleaner/testkit/toml.hpp>
#include <gleaner/testkit/values.hpp>

namespace gleaner::testkit {

namespace detail {

[[nodiscard]] inline std::string json_list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const auto& item : items)
    out += (out.size() > 1 ? "," : "") + json_string(item);
  return out + "]";
}

[[nodiscard]] inline std::string json_number(double value) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  out.precision(15);
  out << value;
  return out.str();
}

[[nodiscard]] inline std::string json_paper(const DigestEntry& entry) {
  const auto& paper = entry.paper;
  std::string out = "{\"id\":" + json_string(paper.id) + ",\"title\":" + json_string(paper.title);
  const auto add = [&](const char* key, const std::string& words) {
    if (!words.empty()) out += std::string(",\"") + key + "\":" + json_string(words);
  };
  add("url", paper.url);
  add("abstract", paper.abstract);
  add("doi", paper.doi);
  add("published", paper.published);
  out += ",\"authors\":" + json_list(paper.authors) + ",\"categories\":" + json_list(paper.categories);
  std::string scores;
  for (const auto& [axis, value] : entry.scores)
    scores += (scores.empty() ? "" : ",") + json_string(axis) + ":" + json_number(value);
  if (!scores.empty()) out += ",\"scores\":{" + scores + "}";
  if (!std::isnan(entry.total)) out += ",\"total\":" + json_number(entry.total);
  add("comment", entry.comment);
  add("summary", entry.summary);
  add("flag", entry.flag);
  add("decided_by", entry.decided_by);
  return out + "}";
}

}  // namespace detail

/// The page as JSON of schema gleaner.digest/1, without usage, receipt and prompt: write those yourself into
/// DigestPage::json where the output reads them.
[[nodiscard]] inline std::string digest_json(const DigestPage& page) {
  const auto papers = [](const std::vector<DigestEntry>& entries) {
    std::string out;
    for (const auto& entry : entries)
      out += (out.empty() ? "" : ",") + detail::json_paper(entry);
    return "[" + out + "]";
  };
  return "{\"schema\":\"gleaner.digest/1\",\"pipeline\":" + detail::json_string(page.pipeline) +
         ",\"title\":" + detail::json_string(page.title) + ",\"date\":" + detail::json_string(page.date) +
         ",\"counts\":{\"announced\":" + std::to_string(page.announced) +
         ",\"scanned\":" + std::to_string(page.scanned) +
         ",\"selected\":" + std::to_string(page.papers.size()) +
         ",\"unscored\":" + std::to_string(page.unscored.size()) + "},\"papers\":" + papers(page.papers) +
         ",\"unscored\":" + papers(page.unscored) + "}";
}

namespace detail {

/// Borrows the page, which must outlive it. Immovable.
class BorrowedDigest {
 public:
  explicit BorrowedDigest(const DigestPage& page)
      : json_(page.json.empty() ? digest_json(page) : page.json),
        papers_(borrowed_.add(page.papers)),
        unscored_(borrowed_.add(page.unscored)) {
    raw_.size = sizeof raw_;
    raw_.title = text(page.title);
    raw_.date = text(page.date);
    raw_.pipeline = text(page.pipeline);
    raw_.json = text(json_);
    raw_.papers = papers_.data();
    raw_.paper_count = papers_.size();
    raw_.unscored = unscored_.data();
    raw_.unscored_count = unscored_.size();
    raw_.key = text(page.key);
    raw_.announced = page.announced;
    raw_.scanned = page.scanned;
    raw_.complete = page.complete ? 1 : 0;
    raw_.attempt = page.attempt;
  }
  BorrowedDigest(const BorrowedDigest&) = delete;
  BorrowedDigest& operator=(const BorrowedDigest&) = delete;

  [[nodiscard]] const gleaner_digest& whole() const { return raw_; }
  /// As `begin` gets it: no papers, no JSON.
  [[nodiscard]] gleaner_digest head() const {
    gleaner_digest out = raw_;
    out.json = {};
    out.papers = out.unscored = nullptr;
    out.paper_count = out.unscored_count = 0;
    return out;
  }
  [[nodiscard]] const std::vector<const gleaner_entry*>& papers() const { return papers_; }

 private:
  BorrowedPapers borrowed_;
  std::string json_;
  std::vector<const gleaner_entry*> papers_, unscored_;
  gleaner_digest raw_{};
};

}  // namespace detail
}  // namespace gleaner::testkit
