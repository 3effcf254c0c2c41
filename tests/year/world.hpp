// What arXiv announces in a made-up time: papers out of a seed, new, cross-listed later, and in new versions.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace gleaner::year {

/// The word of the tests' keyword scorer; about half of the papers have it in their title.
inline const std::string kWantedWord = "glacier";

struct Paper {
  std::string id;
  std::string title;
  std::string abstract;
  std::vector<std::string> authors;
  std::vector<std::string> categories;  ///< the primary one first; later cross-lists at the end
  bool wanted = false;                  ///< has the word
};

/// What happened to a paper on a day.
struct Event {
  std::size_t paper = 0;
  unsigned version = 1;
  enum class Kind : std::uint8_t { fresh, crossed, replaced } kind = Kind::fresh;
  std::string category;              ///< that a paper was cross-listed to later
  std::size_t known_categories = 0;  ///< how many of its categories it had on that day
};

/// A line of a listing: "new", "cross", "replace" or "replace-cross".
struct Entry {
  std::size_t paper = 0;
  unsigned version = 1;
  std::string announce;
  std::size_t known_categories = 0;
};

/// Immutable once made.
class World {
 public:
  /// `days` calendar days from `first` on; nothing is announced on weekends and on `quiet` days.
  World(std::uint32_t seed, std::string first, int days, std::set<std::string> quiet);

  [[nodiscard]] const std::vector<std::string>& categories() const { return categories_; }
  [[nodiscard]] const std::vector<Paper>& papers() const { return papers_; }
  [[nodiscard]] const std::vector<std::string>& calendar() const { return calendar_; }
  [[nodiscard]] bool announces(const std::string& date) const { return days_.contains(date); }
  /// The last day with an announcement that is no later than `date`; empty where there is none.
  [[nodiscard]] std::string last_announcement(const std::string& date) const;
  /// The last one before `date`.
  [[nodiscard]] std::string announcement_before(const std::string& date) const;

  /// One category's listing of a day, in the order new, cross, replace and by identifier.
  [[nodiscard]] std::vector<Entry> listing(const std::string& category, const std::string& date) const;
  /// The listings of some categories as one: each paper once, under the best of its kinds. `stale` is a
  /// category whose part is that of the announcement before; empty: none.
  [[nodiscard]] std::vector<Entry> feed(const std::vector<std::string>& categories, const std::string& date,
                                        const std::string& stale = {}) const;

 private:
  void make_day(const std::string& date);
  Paper make_paper(const std::string& date);
  [[nodiscard]] std::size_t some(std::size_t below) { return below == 0 ? 0 : random_() % below; }
  void add_event(const std::string& date, Event event);

  std::mt19937 random_;
  std::vector<std::string> categories_{"cs.LG", "cs.AI", "stat.ML"};
  std::vector<std::string> foreign_{"math.OC", "physics.data-an"};
  std::vector<std::string> calendar_;
  std::vector<Paper> papers_;
  std::vector<unsigned> versions_;
  std::map<std::string, std::vector<Event>> days_;
  std::string month_;
  unsigned in_month_ = 0;
};

}  // namespace gleaner::year
