// One open database: its statements prepared once, its errors turned into StateError.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace gleaner::host::state {

/// Bytes that are no text: bound as a BLOB, without a copy. They must live until the query is gone.
struct Bytes {
  std::string_view view;
};

/// One use of a prepared statement; ready for the next use when this goes.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Values for all places, in order.
  template <class... Values>
  Query& bind(const Values&... values) {
    int at = 0;
    (bind_one(++at, values), ...);
    return *this;
  }
  void bind_one(int place, std::string_view text) { statement_.bind(place, std::string(text)); }
  void bind_one(int place, Bytes bytes);
  void bind_one(int place, std::int64_t number) { statement_.bind(place, number); }
  void bind_one(int place, std::optional<std::int64_t> number);
  void bind_one(int place, std::optional<double> number);

  /// Runs a statement without rows. May be called again after another bind().
  void run();
  /// Goes to the next row; false: there is none.
  [[nodiscard]] bool next() { return statement_.executeStep(); }
  [[nodiscard]] std::string text(int column) const { return statement_.getColumn(column).getString(); }
  [[nodiscard]] std::int64_t number(int column) const { return statement_.getColumn(column).getInt64(); }
  [[nodiscard]] bool flag(int column) const { return number(column) != 0; }
  [[nodiscard]] std::optional<double> real(int column) const;

 private:
  SQLite::Statement& statement_;
};

/// Any thread: use() lets in one at a time.
class Connection {
 public:
  /// `file` is its name in messages.
  Connection(SQLite::Database database, std::filesystem::path file);

  /// Calls `body` with this; what it throws of SQLite becomes a StateError.
  template <class Body>
  auto use(Body&& body) {
    const std::lock_guard lock(mutex_);
    try {
      return std::invoke(std::forward<Body>(body), *this);
    } catch (const SQLite::Exception& error) {
      fail(error);
    }
  }

  // Only inside use():
  [[nodiscard]] SQLite::Database& database() { return database_; }
  /// `sql` must be a constant: it is the key under which the statement is kept.
  [[nodiscard]] SQLite::Statement& prepared(std::string_view sql);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  [[noreturn]] void fail(const SQLite::Exception& error);

  std::mutex mutex_;
  std::filesystem::path file_;
  SQLite::Database database_;
  std::map<std::string_view, std::unique_ptr<SQLite::Statement>> statements_;  // gone before the database is
};

}  // namespace gleaner::host::state
