#include "host/services/state/ledger.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <boost/json.hpp>
#include <sqlite3.h>

namespace gleaner::host::state::ledger {
namespace {

// In files, words: a number would change its meaning with the order of the enumeration.
constexpr std::array<std::pair<End, std::string_view>, 6> end_words{{{End::selected, "selected"},
                                                                     {End::dropped, "dropped"},
                                                                     {End::below, "below"},
                                                                     {End::over_limit, "over_limit"},
                                                                     {End::unscored, "unscored"},
                                                                     {End::seen, "seen"}}};

std::string_view word_of(End end) {
  return std::ranges::find(end_words, end, &std::pair<End, std::string_view>::first)->second;
}

End end_of(std::string_view word) {
  const auto* const found = std::ranges::find(end_words, word, &std::pair<End, std::string_view>::second);
  if (found == end_words.end()) throw SQLite::Exception("an end that no run writes", SQLITE_CORRUPT);
  return found->first;
}

std::int64_t signed_number(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

std::uint64_t count_in(const Query& row, int column) {
  return static_cast<std::uint64_t>(row.number(column));
}

void write_record(Connection& open, const RunRecord& record, bool standing) {
  Query(open.prepared("INSERT OR REPLACE INTO run (date, standing, started, finished, exit, quiet, complete, "
                      "remedial, announced, scanned, selected, unscored, tokens, cost, receipt) VALUES "
                      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
      .bind(record.date, std::int64_t{standing}, record.started, record.finished, std::int64_t{record.exit},
            std::int64_t{record.quiet}, std::int64_t{record.complete}, std::int64_t{record.remedial},
            signed_number(record.announced), signed_number(record.scanned), signed_number(record.selected),
            signed_number(record.unscored), signed_number(record.tokens), record.cost, record.receipt)
      .run();
}

void write_digest(Connection& open, const RunRecord& record) {
  if (record.digest.empty()) return;
  Query(open.prepared("INSERT INTO digest (date, text) VALUES (?, ?)"))
      .bind(record.date, record.digest)
      .run();
}

void write_judgements(Connection& open, const RunRecord& record, std::span<const Judgement> judgements) {
  Query insert(
      open.prepared("INSERT OR REPLACE INTO judgement (id, date, ending, version, stage, reason, "
                    "total, scores, comment, sources, title, prompt_hash, paper) VALUES "
                    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const auto& each : judgements)
    insert
        .bind(each.id, record.date, word_of(each.end), std::int64_t{each.version}, each.stage, each.reason,
              each.total, each.scores, each.comment, each.sources, each.title, each.prompt_hash, each.paper)
        .run();
}

/// Empty when the object has none: such a paper is carried until its date is run again.
std::string id_in(const std::string& paper) {
  boost::json::error_code error;
  const auto value = boost::json::parse(paper, error);
  if (error || !value.is_object()) return {};
  const auto* id = value.get_object().if_contains("id");
  return id != nullptr && id->is_string() ? std::string(id->get_string()) : std::string();
}

void write_carried(Connection& open, const RunRecord& record, std::span<const std::string> papers) {
  // What a later date has judged stays: a rerun of that date takes it over again.
  Query(open.prepared(
            "DELETE FROM carried WHERE date = ?1 AND NOT EXISTS (SELECT 1 FROM judgement AS later WHERE "
            "later.id = carried.id AND later.date > ?1 AND later.ending NOT IN ('seen', 'unscored'))"))
      .bind(record.date)
      .run();
  Query kept(open.prepared("SELECT IFNULL(MAX(position) + 1, 0) FROM carried WHERE date = ?"));
  std::int64_t position = kept.bind(record.date).next() ? kept.number(0) : 0;
  Query insert(open.prepared("INSERT INTO carried (date, position, id, paper) VALUES (?, ?, ?, ?)"));
  for (const auto& paper : papers)
    insert.bind(record.date, position++, id_in(paper), paper).run();
}

RunRecord run_record(const Query& row) {
  RunRecord out;
  out.date = row.text(0);
  out.started = row.text(1);
  out.finished = row.text(2);
  out.exit = static_cast<int>(row.number(3));
  out.quiet = row.flag(4);
  out.complete = row.flag(5);
  out.remedial = row.flag(6);
  out.announced = count_in(row, 7);
  out.scanned = count_in(row, 8);
  out.selected = count_in(row, 9);
  out.unscored = count_in(row, 10);
  out.tokens = count_in(row, 11);
  out.cost = row.real(12);
  out.receipt = row.text(13);
  return out;
}

Judgement judgement(const Query& row) {
  Judgement out;
  out.id = row.text(0);
  out.date = row.text(1);
  out.end = end_of(row.text(2));
  out.version = static_cast<std::uint32_t>(row.number(3));
  out.stage = row.text(4);
  out.reason = row.text(5);
  out.total = row.real(6);
  out.scores = row.text(7);
  out.comment = row.text(8);
  out.sources = row.text(9);
  out.title = row.text(10);
  out.prompt_hash = row.text(11);
  out.paper = row.text(12);
  return out;
}

/// Ids of one question: enough that 2,000 take four, few enough that a short list is not padded for long.
constexpr std::size_t batch = 500;

/// Of the rows `other` of judgement, those that stand against showing their paper under the date ?1. Where
/// the paper was judged under ?1 itself, later dates do not count: a rerun shows what the run showed.
constexpr std::string_view stands_against = R"sql(
  other.date <> ?1 AND other.ending NOT IN ('seen', 'unscored') AND
  (other.date < ?1 OR NOT EXISTS (
    SELECT 1 FROM judgement AS own
    WHERE own.id = other.id AND own.date = ?1 AND own.ending NOT IN ('seen', 'unscored'))))sql";

const std::string& judged_sql() {
  static const std::string sql = [] {
    std::string places = "?2";
    for (std::size_t i = 1; i < batch; ++i)
      places += ", ?" + std::to_string(i + 2);
    return "SELECT id, date, version, ending FROM judgement AS other WHERE id IN (" + places + ") AND " +
           std::string(stands_against) + " ORDER BY id, version DESC, date";
  }();
  return sql;
}

const std::string& carried_sql() {
  static const std::string sql =
      "SELECT id, paper FROM carried WHERE date < ?1 AND NOT EXISTS (SELECT 1 FROM judgement AS other "
      "WHERE other.id = carried.id AND " +
      std::string(stands_against) + ") ORDER BY date, position";
  return sql;
}

}  // namespace

void write_attempt(Connection& open, const RunRecord& record) {
  write_record(open, record, false);
}

void erase_attempt(Connection& open, std::string_view date) {
  Query(open.prepared("DELETE FROM run WHERE date = ? AND standing = 0")).bind(date).run();
}

void write_run(Connection& open, const RunRecord& record, const RunFacts& facts) {
  for (const std::string_view sql : {"DELETE FROM run WHERE date = ?", "DELETE FROM digest WHERE date = ?",
                                     "DELETE FROM judgement WHERE date = ?"})
    Query(open.prepared(sql)).bind(record.date).run();
  write_record(open, record, true);
  write_digest(open, record);
  write_judgements(open, record, facts.judgements);
  write_carried(open, record, facts.carried);
}

std::map<std::string, Earlier> judged_elsewhere(Connection& open, std::span<const std::string_view> ids,
                                                std::string_view date) {
  std::map<std::string, Earlier> out;
  for (std::size_t start = 0; start < ids.size(); start += batch) {
    const auto some = ids.subspan(start, std::min(batch, ids.size() - start));
    Query found(open.prepared(judged_sql()));  // places without a value are NULL, which no id is
    found.bind_one(1, date);
    for (std::size_t i = 0; i < some.size(); ++i)
      found.bind_one(static_cast<int>(i + 2), some[i]);
    while (found.next())  // of several of one paper emplace() keeps the first
      out.emplace(found.text(0),
                  Earlier{found.text(1), static_cast<std::uint32_t>(found.number(2)), end_of(found.text(3))});
  }
  return out;
}

std::optional<std::string> selected_paper(Connection& open, std::string_view id) {
  Query found(
      open.prepared("SELECT paper FROM judgement WHERE id = ? AND ending = 'selected' AND paper <> '' "
                    "ORDER BY version DESC, date DESC LIMIT 1"));
  if (!found.bind(id).next()) return std::nullopt;
  return found.text(0);
}

std::vector<std::string> carried(Connection& open, std::string_view date) {
  Query found(open.prepared(carried_sql()));
  found.bind(date);
  std::vector<std::string> out;
  std::set<std::string> ids;
  while (found.next()) {
    const auto id = found.text(0);
    if (id.empty() || ids.insert(id).second) out.push_back(found.text(1));
  }
  return out;
}

std::optional<RunRecord> standing_run(Connection& open, std::string_view date) {
  Query found(
      open.prepared("SELECT date, started, finished, exit, quiet, complete, remedial, announced, scanned, "
                    "selected, unscored, tokens, cost, receipt FROM run WHERE date = ? AND standing = 1"));
  if (!found.bind(date).next()) return std::nullopt;
  return run_record(found);
}

std::vector<RunRecord> runs(Connection& open) {
  Query found(
      open.prepared("SELECT date, started, finished, exit, quiet, complete, remedial, announced, scanned, "
                    "selected, unscored, "
                    "tokens, cost, receipt, MIN(standing) FROM run WHERE date <> '' GROUP BY date "
                    "ORDER BY date"));
  std::vector<RunRecord> out;
  while (found.next())
    out.push_back(run_record(found));
  return out;
}

std::optional<std::string> digest(Connection& open, std::string_view date) {
  Query found(open.prepared("SELECT text FROM digest WHERE date = ?"));
  if (!found.bind(date).next()) return std::nullopt;
  return found.text(0);
}

std::vector<Judgement> judgements(Connection& open, std::string_view id) {
  Query found(open.prepared(
      "SELECT id, date, ending, version, stage, reason, total, scores, comment, sources, title, "
      "prompt_hash, paper FROM judgement WHERE id = ? ORDER BY date"));
  found.bind(id);
  std::vector<Judgement> out;
  while (found.next())
    out.push_back(judgement(found));
  return out;
}

}  // namespace gleaner::host::state::ledger
