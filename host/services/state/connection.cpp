#include "host/services/state/connection.hpp"

#include <utility>

#include <sqlite3.h>

#include "host/services/state/errors.hpp"

namespace gleaner::host::state {

Query::~Query() {
  statement_.tryReset();  // an open one would keep its transaction open
  statement_.clearBindings();
}

void Query::bind_one(int place, Bytes bytes) {
  // A null pointer would be NULL instead of no bytes.
  statement_.bindNoCopy(place, bytes.view.empty() ? "" : static_cast<const void*>(bytes.view.data()),
                        static_cast<int>(bytes.view.size()));
}

void Query::bind_one(int place, std::optional<std::int64_t> number) {
  number ? statement_.bind(place, *number) : statement_.bind(place);
}

void Query::bind_one(int place, std::optional<double> number) {
  number ? statement_.bind(place, *number) : statement_.bind(place);
}

void Query::run() {
  statement_.exec();
  statement_.reset();
}

std::optional<double> Query::real(int column) const {
  const auto value = statement_.getColumn(column);
  return value.isNull() ? std::nullopt : std::optional<double>(value.getDouble());
}

Connection::Connection(SQLite::Database database, std::filesystem::path file)
    : file_(std::move(file)), database_(std::move(database)) {}

SQLite::Statement& Connection::prepared(std::string_view sql) {
  auto& slot = statements_[sql];
  if (!slot) slot = std::make_unique<SQLite::Statement>(database_, std::string(sql));
  return *slot;
}

void Connection::fail(const SQLite::Exception& error) {
  throw meaning_of(error, sqlite3_system_errno(database_.getHandle()), file_);
}

}  // namespace gleaner::host::state
