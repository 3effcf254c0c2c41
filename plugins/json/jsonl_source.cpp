// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/jsonl_source.hpp"

#include "plugins/json/line_reader.hpp"

namespace gleaner::json {
namespace {

constexpr std::size_t kBetweenQuestions = 64;  // lines between two looks whether the run is interrupted
constexpr std::uint64_t kWarnings = 5;         // bad lines that are named; the rest is only counted

std::string count_of(std::uint64_t lines) {
  return std::to_string(lines) + (lines == 1 ? " line" : " lines");
}

}  // namespace

void JsonlSource::fetch(const Day&, Sink& sink) {
  LineReader lines(options.file.text, sink.call());
  PaperLineReader reader;
  std::uint64_t fetched = 0;
  std::uint64_t skipped = 0;
  while (const auto line = lines.next()) {
    if (lines.number() % kBetweenQuestions == 0) {
      sink.call().stop_if_cancelled();
      sink.call().progress(fetched, 0, "papers");
    }
    if (is_blank(*line)) continue;
    if (const PaperLine* paper = reader.read(*line)) {
      push(*paper, sink);
      ++fetched;
      continue;
    }
    bad_line(lines.name() + ":" + std::to_string(lines.number()) + ": " + reader.problem() + ".", skipped);
  }
  host.count(GLEANER_COUNT_FETCHED, "file", fetched);
  if (skipped == 0) return;
  host.count(GLEANER_COUNT_SKIPPED, "unreadable", skipped);
  if (skipped > kWarnings)
    host.warn(lines.name() + ": " + count_of(skipped) + " in all could not be read and were passed over.");
}

void JsonlSource::bad_line(const std::string& sentence, std::uint64_t& skipped) const {
  if (options.on_bad_line != "skip") throw Error(sentence, GLEANER_MALFORMED);
  if (++skipped <= kWarnings) host.warn(sentence);
}

void JsonlSource::health(const Call& call) const {
  if (!options.file.is_standard_stream()) LineReader(options.file.text, call);
}

void JsonlSource::push(const PaperLine& paper, Sink& sink) {
  canonical_id(paper.id, id_);
  texts_.clear();
  texts_.reserve(paper.authors.size() + paper.affiliations.size() + paper.categories.size());
  const auto list = [this](const std::vector<std::string_view>& items) {
    const gleaner_str* first = texts_.data() + texts_.size();  // stays valid: reserved above
    for (const std::string_view item : items)
      texts_.push_back(text(item));
    return first;
  };
  extras_.clear();
  for (const auto& [key, value] : paper.extras)
    extras_.push_back({text(key), text(value)});

  gleaner_paper out{};
  out.size = sizeof out;
  out.id = text(id_.id);
  out.title = text(paper.title);
  out.abstract = text(paper.abstract);
  out.url = text(paper.url.empty() ? std::string_view(id_.url) : paper.url);
  out.doi = text(paper.doi.empty() ? std::string_view(id_.doi) : paper.doi);
  out.published = text(paper.published);
  out.journal = text(paper.journal);
  out.license = text(paper.license);
  out.authors = list(paper.authors);
  out.author_count = paper.authors.size();
  if (!paper.affiliations.empty() && paper.affiliations.size() == paper.authors.size())
    out.affiliations = list(paper.affiliations);
  out.categories = list(paper.categories);
  out.category_count = paper.categories.size();
  out.extras = extras_.data();
  out.extra_count = extras_.size();
  out.version = paper.version > 0 ? paper.version : id_.version;
  out.announce = paper.announce;
  sink.push(out);
}

}  // namespace gleaner::json
