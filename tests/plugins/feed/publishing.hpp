// What tests of the output `feed` share: an invented digest and the component on a fake host.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include <gleaner/testkit.hpp>

#include "plugins/feed/output/feed_output.hpp"

namespace gleaner::feed::publishing {

/// Four papers: arXiv's with everything, a journal's, one of PubMed without abstract, one known by its page.
inline constexpr const char* kFourPapers = R"json(
  {"id": "2505.01557", "version": 2, "url": "https://arxiv.org/abs/2505.01557",
   "title": "Pruning R&D: when $x<y$ & <b>bold</b> ideas &amp; shrink", "doi": "10.5555/phys.7",
   "authors": ["Jane Doe", "Robert Smith, Jr.", "Bo Øster and Sons Collaboration", "李明"],
   "abstract": "We show p < 0.05 for H<sub>2</sub>O & more.\n\nA second paragraph ]]> ends.",
   "categories": ["cs.LG", "stat.ML"], "announce": "new", "published": "2025-05-06", "sources": ["arxiv"],
   "scores": {"relevance": 10, "novelty": 7.5}, "total": 17.5, "comment": "Fits <your> topic.",
   "summary": "In one sentence.", "decided_by": "openai"},
  {"id": "doi:10.5555/jour(20)30183-5", "url": "https://journal.example.org/a/1", "doi": "10.5555/jour(20)30183-5",
   "title": "Über Wasser", "authors": ["A. B. See"], "abstract": "Nasse Sätze.", "categories": ["Hydrology"],
   "published": "2025-05-07", "scores": {"relevance": 8}, "total": 8},
  {"id": "pmid:123456", "url": "https://hospital.example.org/x?a=1&b=2", "doi": "10.5555/med.9", "title": "A case",
   "authors": [], "categories": [], "published": "2025-06-01", "comment": "Author match", "total": 20},
  {"id": "url:https://blog.example.org/posts/7", "title": "A post", "authors": ["Q"], "abstract": "Short.",
   "categories": ["blog"], "published": "2025-05-01", "total": 3})json";

inline testkit::DigestPage page_of(const std::string& date, const std::string& papers = kFourPapers,
                                   const std::string& more = "") {
  testkit::DigestPage page;
  page.date = date;
  page.json = R"({"schema": "gleaner.digest/1", "pipeline": "ml", "title": "Daily Papers", "date": ")" +
              date + R"(", "generated": ")" + date +
              R"(T06:00:00Z", "counts": {"announced": 526, "scanned": 312},)" + more +
              R"("prompt": "secret words", "papers": [)" + papers + "]}";
  return page;
}

inline std::string paper_json(const std::string& id, const std::string& title) {
  return R"({"id": ")" + id + R"(", "title": ")" + title +
         R"(", "authors": ["N. N."], "abstract": "Words."})";
}

/// The output with `path` and, where RSS needs it, a site.
class Publisher {
 public:
  explicit Publisher(std::string file, testkit::Settings settings = {}) : file_(std::move(file)) {
    settings.push_back({"path", file_});
    if (file_.ends_with(".rss")) settings.push_back({"site", "https://example.org/"});
    output_.emplace(host, testkit::descriptor<FeedOutput>(), settings);
  }
  /// The file, or "error: …".
  std::string publish(const testkit::DigestPage& page) {
    const auto delivered = output_->deliver(page);
    if (!delivered.error.ok()) return "error: " + delivered.error.message;
    if (!delivered.violations.empty()) return "error: " + delivered.violations.front();
    return delivered.files.at("/testkit/" + file_);
  }
  std::string publish(const std::string& date, const std::string& papers = kFourPapers) {
    return publish(page_of(date, papers));
  }

  testkit::FakeHost host;

 private:
  std::string file_;
  std::optional<testkit::Component> output_;
};

inline std::string published(const std::string& file, const testkit::DigestPage& page,
                             const testkit::Settings& settings = {}) {
  Publisher publisher(file, settings);
  return publisher.publish(page);
}

}  // namespace gleaner::feed::publishing
