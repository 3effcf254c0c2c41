#include "tests/year/world.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "tests/year/dates.hpp"

namespace gleaner::year {
namespace {

constexpr std::array kWords{"sparse", "robust", "causal", "linear", "latent", "online", "convex", "neural",
                            "graph",  "random", "deep",   "simple", "mixed",  "stable", "exact",  "quick"};

std::string five_digits(unsigned number) {
  const std::string digits = std::to_string(number);
  return std::string(5 - digits.size(), '0') + digits;
}

// new before cross before replace before replace-cross, as arXiv orders a feed.
int rank(const std::string& announce) {
  if (announce == "new") return 0;
  if (announce == "cross") return 1;
  return announce == "replace" ? 2 : 3;
}

}  // namespace

World::World(std::uint32_t seed, std::string first, int days, std::set<std::string> quiet) : random_(seed) {
  for (int i = 0; i < days; ++i) {
    const std::string date = days_after(first, i);
    calendar_.push_back(date);
    if (weekday(date) < 5 && !quiet.contains(date)) make_day(date);
  }
}

Paper World::make_paper(const std::string& date) {
  const std::string month = date.substr(2, 2) + date.substr(5, 2);
  if (month != month_) in_month_ = 0;
  month_ = month;
  Paper paper;
  paper.id = month + "." + five_digits(++in_month_);
  const auto word = [this] { return std::string(kWords.at(some(kWords.size()))); };
  paper.wanted = some(2) == 0;
  paper.title =
      "A " + word() + " " + (paper.wanted ? kWantedWord : word()) + " of " + word() + " sets " + paper.id;
  paper.abstract = "It is " + word() + " & " + word() + ", where $a < b$.";
  paper.authors = {"Ann " + word(), "Bo " + word()};
  const bool is_foreign = some(5) == 0;
  const auto& home = is_foreign ? foreign_ : categories_;
  paper.categories.push_back(home.at(some(home.size())));
  if (some(3) == 0) {
    const std::string& other = categories_.at(some(categories_.size()));
    if (other != paper.categories.front()) paper.categories.push_back(other);
  }
  return paper;
}

void World::add_event(const std::string& date, Event event) {
  event.known_categories = papers_.at(event.paper).categories.size();
  days_[date].push_back(std::move(event));
}

void World::make_day(const std::string& date) {
  days_[date];
  const std::size_t known = papers_.size();
  for (std::size_t i = 0, count = 12 + some(8); i < count; ++i) {
    papers_.push_back(make_paper(date));
    versions_.push_back(1);
    add_event(date, {papers_.size() - 1, 1, Event::Kind::fresh, {}});
  }
  // The most recent ones are cross-listed, often those of the day before.
  std::set<std::size_t> touched;
  for (std::size_t i = 0; i < 3 && known > 0; ++i) {
    const std::size_t at = known - 1 - some(std::min<std::size_t>(known, 25));
    auto& own = papers_[at].categories;
    const std::string& other = categories_.at(some(categories_.size()));
    if (std::find(own.begin(), own.end(), other) != own.end() || !touched.insert(at).second) continue;
    own.push_back(other);
    add_event(date, {at, versions_[at], Event::Kind::crossed, other});
  }
  for (std::size_t i = 0; i < 4 && known > 0; ++i) {
    const std::size_t at = known - 1 - some(std::min<std::size_t>(known, 400));
    if (versions_[at] >= 5 || !touched.insert(at).second) continue;
    add_event(date, {at, ++versions_[at], Event::Kind::replaced, {}});
  }
}

std::string World::last_announcement(const std::string& date) const {
  const auto after = days_.upper_bound(date);
  return after == days_.begin() ? std::string() : std::prev(after)->first;
}

std::string World::announcement_before(const std::string& date) const {
  const auto at = days_.lower_bound(date);
  return at == days_.begin() ? std::string() : std::prev(at)->first;
}

std::vector<Entry> World::listing(const std::string& category, const std::string& date) const {
  std::vector<Entry> out;
  const auto day = days_.find(date);
  if (day == days_.end()) return out;
  for (const Event& event : day->second) {
    const auto& all = papers_.at(event.paper).categories;
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(event.known_categories);
    if (std::find(all.begin(), end, category) == end) continue;
    const bool is_primary = all.front() == category;
    Entry entry{event.paper, event.version, {}, event.known_categories};
    switch (event.kind) {
      case Event::Kind::fresh:
        entry.announce = is_primary ? "new" : "cross";
        break;
      case Event::Kind::crossed:
        if (event.category != category) continue;
        entry.announce = "cross";
        break;
      case Event::Kind::replaced:
        entry.announce = is_primary ? "replace" : "replace-cross";
        break;
    }
    out.push_back(std::move(entry));
  }
  std::ranges::stable_sort(out, [](const Entry& a, const Entry& b) {
    return std::pair(rank(a.announce), a.paper) < std::pair(rank(b.announce), b.paper);
  });
  return out;
}

std::vector<Entry> World::feed(const std::vector<std::string>& categories, const std::string& date,
                               const std::string& stale) const {
  std::map<std::size_t, Entry> best;
  for (const std::string& category : categories) {
    for (Entry& entry : listing(category, category == stale ? announcement_before(date) : date)) {
      const auto at = best.find(entry.paper);
      if (at == best.end() || rank(entry.announce) < rank(at->second.announce))
        best.insert_or_assign(entry.paper, std::move(entry));
    }
  }
  std::vector<Entry> out;
  for (auto& [paper, entry] : best)
    out.push_back(std::move(entry));
  std::ranges::stable_sort(out, [](const Entry& a, const Entry& b) {
    return std::pair(rank(a.announce), a.paper) < std::pair(rank(b.announce), b.paper);
  });
  return out;
}

}  // namespace gleaner::year
