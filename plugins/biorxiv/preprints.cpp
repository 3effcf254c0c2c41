// SPDX-License-Identifier: Apache-2.0
#include "plugins/biorxiv/preprints.hpp"

#include <algorithm>
#include <utility>

#include "plugins/biorxiv/categories.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/lists.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::biorxiv {
namespace {

using common::holds;

constexpr std::uint64_t kLargestAnswer = 32ull << 20;  // bytes; a page of 100 has some 250 kB
constexpr std::uint64_t kMostPages = 2000;  // at 30 rows a page, more than a year's window could have

std::string display_name(const std::string& server) {
  return server == "medrxiv" ? "medRxiv" : "bioRxiv";
}

NewPaper paper_of(const Posting& posting, const std::string& server) {
  NewPaper paper;
  paper.id = "doi:" + posting.doi;
  paper.doi = posting.doi;
  paper.url = "https://www." + server + ".org/content/" + posting.doi + "v" + std::to_string(posting.version);
  paper.title = posting.title;
  paper.abstract = posting.abstract;
  paper.published = posting.date;
  paper.journal = display_name(server);
  paper.license = posting.license;
  paper.authors = posting.authors;
  if (!posting.category.empty()) paper.categories.push_back(posting.category);
  if (!posting.published_doi.empty()) paper.extras.emplace_back("published_doi", posting.published_doi);
  paper.version = posting.version;
  paper.announce = posting.version == 1 ? GLEANER_ANNOUNCE_NEW : GLEANER_ANNOUNCE_REPLACE;
  return paper;
}

}  // namespace

void Preprints::start() {
  for (const std::string& server : options.server)
    if (!holds(servers_, server)) servers_.push_back(server);
  if (servers_.empty())
    throw invalid_option(
        "server", "`server` is empty, so that nobody would be asked; it can name biorxiv and medrxiv.");
  for (std::size_t i = 0; i < options.categories.size(); ++i) {
    const std::string category = category_key(options.categories[i]);
    if (category.empty())
      throw invalid_option("categories/" + std::to_string(i),
                           "An empty category takes no paper; take it out.");
    if (!holds(categories_, category)) categories_.push_back(category);
  }
  takes_new_ = holds(options.type, std::string("new"));
  takes_revised_ = holds(options.type, std::string("revised"));
  if (!takes_new_ && !takes_revised_)
    throw invalid_option("type",
                         "`type` is empty, so that no paper could pass; the types are new and revised.");
  common::check_address(options.base_url, "base_url");
}

void Preprints::fetch(const Day& day, Sink& sink) {
  const std::string last(day.date().empty() ? day.today() : day.date());
  const int back = day.is_explicit() ? 0 : static_cast<int>(options.window / std::chrono::hours(24));
  const std::string interval = common::add_days(last, -back) + "/" + last;
  std::vector<Gathered> found;
  for (const std::string& server : servers_)
    found.push_back(gather(server, interval, sink.call()));
  if (day.is_explicit()) sink.dated(last, url_of(servers_.front(), interval, 0));
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    for (const Posting& posting : found[i].postings)
      sink.push(paper_of(posting, servers_[i]));
    account(servers_[i], found[i]);
  }
  check_categories(found);
}

void Preprints::health(const Call& call) {
  for (const std::string& server : servers_)
    (void)ask(url_of(server, "1", 0), call);  // the latest posting
}

std::string Preprints::url_of(const std::string& server, const std::string& interval,
                              std::uint64_t cursor) const {
  return common::with_path(options.base_url, "/details") + "/" + server + "/" + interval + "/" +
         std::to_string(cursor) + "/json";
}

Page Preprints::ask(const std::string& url, const Call& call) const {
  const Response answer =
      common::download(host, call, url, "json", kLargestAnswer, {{"Accept", "application/json"}});
  return read_page(answer.body, url);
}

Preprints::Gathered Preprints::gather(const std::string& server, const std::string& interval,
                                      const Call& call) const {
  Gathered gathered;
  std::uint64_t cursor = 0;
  for (std::uint64_t pages = 0; pages < kMostPages; ++pages) {
    call.stop_if_cancelled();
    Page page = ask(url_of(server, interval, cursor), call);
    const std::uint64_t rows = page.rows;
    cursor += page.step;  // pages had 100 rows once and 30 now: only the answer knows
    if (page.total) gathered.total = *page.total;
    const bool says_total = page.total.has_value();
    take_page(std::move(page), server, gathered);
    call.progress(gathered.rows, gathered.total, "papers");
    if (rows == 0 || (says_total && cursor >= gathered.total)) break;
  }
  if (gathered.rows < gathered.total)
    host.warn(display_name(server) + " gave " + std::to_string(gathered.rows) + " of the " +
              std::to_string(gathered.total) + " postings it said it has; run again later.");
  return gathered;
}

void Preprints::take_page(Page page, const std::string& server, Gathered& gathered) const {
  gathered.rows += page.rows;
  for (const std::string& row : page.unreadable)
    if (++gathered.unreadable <= 3)
      host.warn(display_name(server) + ": a posting without " +
                (row.starts_with("10.") ? "title, " + row + "," : std::string("DOI")) + " was passed over.");
  for (Posting& posting : page.postings)
    take(std::move(posting), gathered);
}

void Preprints::take(Posting posting, Gathered& gathered) const {
  gathered.categories.insert(posting.category);
  const bool is_wanted_type = posting.version == 1 ? takes_new_ : takes_revised_;
  if (!is_wanted_type) {
    ++gathered.left_out_type;
    return;
  }
  if (!categories_.empty() && !holds(categories_, posting.category)) {
    ++gathered.left_out_category;
    return;
  }
  const auto [at, is_first] = gathered.by_doi.emplace(posting.doi, gathered.postings.size());
  if (is_first) {
    gathered.postings.push_back(std::move(posting));
    return;
  }
  // Versions of one preprint are rows of their own; the same version twice is a page that moved on meanwhile.
  Posting& other = gathered.postings[at->second];
  if (posting.version == other.version) {
    ++gathered.repeated;
    return;
  }
  ++gathered.superseded;
  if (posting.version > other.version) other = std::move(posting);
}

/// A slip in a category's name would look like a field in which nothing happens.
void Preprints::check_categories(const std::vector<Gathered>& found) const {
  for (const std::string& category : categories_) {
    const bool is_used = std::any_of(found.begin(), found.end(), [&category](const Gathered& gathered) {
      return gathered.categories.contains(category);
    });
    if (is_used || is_known_category(category)) continue;
    const std::string nearest = nearest_category(category);
    host.warn("No posting is in \"" + category + "\", and no category of that name is known" +
              (nearest.empty() ? "." : "; did you mean \"" + nearest + "\"?"));
  }
}

void Preprints::account(const std::string& server, const Gathered& gathered) const {
  const std::uint64_t distinct = gathered.rows - gathered.repeated;
  host.count(GLEANER_COUNT_ANNOUNCED, server, std::max(gathered.total, distinct));
  host.count(GLEANER_COUNT_FETCHED, server, distinct);
  const std::pair<std::string_view, std::uint64_t> reasons[] = {{"type", gathered.left_out_type},
                                                                {"categories", gathered.left_out_category},
                                                                {"superseded", gathered.superseded},
                                                                {"unreadable", gathered.unreadable}};
  for (const auto& [reason, count] : reasons)
    if (count > 0) host.count(GLEANER_COUNT_SKIPPED, reason, count);
}

}  // namespace gleaner::biorxiv
