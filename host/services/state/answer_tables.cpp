#include "host/services/state/answer_tables.hpp"

#include <utility>

#include "host/services/state/state.hpp"

namespace gleaner::host::state {
namespace {

std::string lines_of(const http::Headers& headers) {
  std::string out;
  for (const auto& [name, value] : headers) {
    out += name;
    out += ": ";
    out += value;  // no line break in it (RFC 9110 section 5.5)
    out += '\n';
  }
  return out;
}

http::Headers headers_of(std::string_view lines) {
  http::Headers out;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    const auto line = lines.substr(0, end);
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos) out.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
  }
  return out;
}

/// Of a query whose columns begin with status, url, headers, body.
http::KeptAnswer kept_answer(const Query& row) {
  http::KeptAnswer out;
  out.http_status = static_cast<int>(row.number(0));
  out.effective_url = row.text(1);
  out.headers = headers_of(row.text(2));
  out.body = row.text(3);
  return out;
}

void make_room_for_validators(Connection& open, std::int64_t now_ms) {
  Query(open.prepared("DELETE FROM validator WHERE kept_ms < ?")).bind(now_ms - validators_max_age_ms).run();
  // Every answer before which, from the newest on, the room is used up already.
  Query(open.prepared("DELETE FROM validator WHERE rowid IN (SELECT rowid FROM (SELECT rowid, SUM(bytes) "
                      "OVER (ORDER BY kept_ms DESC, rowid DESC) AS used FROM validator) WHERE used > ?)"))
      .bind(validators_max_bytes)
      .run();
}

}  // namespace

template <class Find>
std::optional<http::KeptAnswer> AnswerTables::look_up(Find&& find) {
  try {
    return connection_.use(std::forward<Find>(find));
  } catch (const StateError& error) {
    say_once("a kept answer cannot be read: ", error.what());
    return std::nullopt;
  }
}

std::optional<http::KeptAnswer> AnswerTables::received(std::string_view key) {
  return look_up([&](Connection& open) -> std::optional<http::KeptAnswer> {
    if (run_.empty() || own_.contains(key)) return std::nullopt;
    Query found(open.prepared("SELECT status, url, headers, body FROM answer WHERE date = ? AND key = ?"));
    if (!found.bind(run_, Bytes{key}).next()) return std::nullopt;
    return kept_answer(found);
  });
}

void AnswerTables::keep_received(std::string_view key, const http::KeptAnswer& answer) {
  try {
    connection_.use([&](Connection& open) {
      if (run_.empty()) return;
      Query(open.prepared("INSERT OR REPLACE INTO answer (date, key, kept_ms, status, url, headers, body) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?)"))
          .bind(run_, Bytes{key}, clock_.now_ms(), std::int64_t{answer.http_status}, answer.effective_url,
                lines_of(answer.headers), Bytes{answer.body})
          .run();
      own_.emplace(key);
    });
  } catch (const StateError& error) {
    say_once("an answer is not kept for a later try: ", error.what());
  }
}

std::optional<http::KeptAnswer> AnswerTables::validated(std::string_view key) {
  return look_up([&](Connection& open) -> std::optional<http::KeptAnswer> {
    Query found(open.prepared("SELECT status, url, headers, body FROM validator WHERE key = ?"));
    if (!found.bind(Bytes{key}).next()) return std::nullopt;
    return kept_answer(found);
  });
}

void AnswerTables::keep_validated(std::string_view key, const http::KeptAnswer& answer) {
  const auto bytes = static_cast<std::int64_t>(answer.body.size());
  if (bytes > validators_max_bytes) return;  // it would drive out all others and then itself
  try {
    connection_.use([&](Connection& open) {
      SQLite::Transaction all(open.database(), SQLite::TransactionBehavior::IMMEDIATE);
      const auto now_ms = clock_.now_ms();
      Query(
          open.prepared("INSERT OR REPLACE INTO validator (key, kept_ms, bytes, status, url, headers, body) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?)"))
          .bind(Bytes{key}, now_ms, bytes, std::int64_t{answer.http_status}, answer.effective_url,
                lines_of(answer.headers), Bytes{answer.body})
          .run();
      make_room_for_validators(open, now_ms);
      all.commit();
    });
  } catch (const StateError& error) {
    say_once("an answer is not kept for a later try: ", error.what());
  }
}

void AnswerTables::forget_received(std::string_view date) {
  Query(connection_.prepared("DELETE FROM answer WHERE date = ?")).bind(date).run();
}

void AnswerTables::prune(std::string_view date) {
  const auto now_ms = clock_.now_ms();
  Query(connection_.prepared("DELETE FROM answer WHERE kept_ms < ? AND date <> ?"))
      .bind(now_ms - answers_max_age_ms, date)
      .run();
  make_room_for_validators(connection_, now_ms);
}

void AnswerTables::say_once(std::string_view what, std::string_view why) {
  const bool first = connection_.use([&](Connection&) { return !std::exchange(said_, true); });
  if (first) log_.warning(std::string(what) + std::string(why));
}

}  // namespace gleaner::host::state
