#include "host/services/state/deliveries.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <sqlite3.h>

namespace gleaner::host::state::deliveries {
namespace {

// In files, words: a number would change its meaning with the order of the enumeration.
constexpr std::array<std::pair<Outcome, std::string_view>, 3> outcome_words{
    {{Outcome::pending, "pending"}, {Outcome::delivered, "delivered"}, {Outcome::failed, "failed"}}};

std::string_view word_of(Outcome outcome) {
  return std::ranges::find(outcome_words, outcome, &std::pair<Outcome, std::string_view>::first)->second;
}

Outcome outcome_of(std::string_view word) {
  const auto* const found =
      std::ranges::find(outcome_words, word, &std::pair<Outcome, std::string_view>::second);
  if (found == outcome_words.end())
    throw SQLite::Exception("an outcome that no delivery has", SQLITE_CORRUPT);
  return found->first;
}

std::string lines_of(const std::vector<std::string>& paths) {
  std::string out;
  for (const auto& path : paths)
    out += path + "\n";
  return out;
}

std::vector<std::string> paths_of(std::string_view lines) {
  std::vector<std::string> out;
  for (auto end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
    out.emplace_back(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
  return out;
}

Delivery delivery(const Query& row) {
  Delivery out;
  out.key = row.text(0);
  out.date = row.text(1);
  out.output = row.text(2);
  out.outcome = outcome_of(row.text(3));
  out.attempts = static_cast<std::uint32_t>(row.number(4));
  out.papers = static_cast<std::uint64_t>(row.number(5));
  out.tried = row.text(6);
  out.error = row.text(7);
  out.written = paths_of(row.text(8));
  return out;
}

}  // namespace

void put(Connection& open, std::span<const Delivery> deliveries) {
  Query insert(
      open.prepared("INSERT OR REPLACE INTO delivery (key, date, output, outcome, attempts, papers, tried, "
                    "error, written) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const auto& each : deliveries)
    insert
        .bind(each.key, each.date, each.output, word_of(each.outcome), std::int64_t{each.attempts},
              static_cast<std::int64_t>(each.papers), each.tried, each.error, lines_of(each.written))
        .run();
}

void replace(Connection& open, std::string_view date, std::span<const Delivery> deliveries) {
  Query(open.prepared("DELETE FROM delivery WHERE date = ? AND outcome <> 'delivered'")).bind(date).run();
  put(open, deliveries);
}

void erase(Connection& open, std::string_view key) {
  Query(open.prepared("DELETE FROM delivery WHERE key = ?")).bind(key).run();
}

std::vector<Delivery> due(Connection& open) {
  Query found(
      open.prepared("SELECT key, date, output, outcome, attempts, papers, tried, error, written "
                    "FROM delivery WHERE outcome <> 'delivered' ORDER BY date, output, key"));
  std::vector<Delivery> out;
  while (found.next())
    out.push_back(delivery(found));
  return out;
}

std::vector<Delivery> of(Connection& open, std::string_view date) {
  Query found(
      open.prepared("SELECT key, date, output, outcome, attempts, papers, tried, error, written "
                    "FROM delivery WHERE date = ? ORDER BY output, key"));
  found.bind(date);
  std::vector<Delivery> out;
  while (found.next())
    out.push_back(delivery(found));
  return out;
}

}  // namespace gleaner::host::state::deliveries
