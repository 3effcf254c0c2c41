#include "host/services/state/state.hpp"

#include "host/services/state/answer_tables.hpp"
#include "host/services/state/component_table.hpp"
#include "host/services/state/connection.hpp"
#include "host/services/state/deliveries.hpp"
#include "host/services/state/labels.hpp"
#include "host/services/state/ledger.hpp"
#include "host/services/state/lock.hpp"
#include "host/services/state/open.hpp"

namespace gleaner::host::state {
namespace {

class SqliteState final : public State {
 public:
  /// `lock`: none for a copy.
  SqliteState(std::unique_ptr<Lock> lock, std::unique_ptr<Connection> connection, const Clock& clock,
              const Log& log)
      : clock_(clock),
        lock_(std::move(lock)),
        connection_(std::move(connection)),
        components_(*connection_, clock),
        answers_(*connection_, clock, log) {}

  ComponentStore& components() override { return components_; }
  http::AnswerBook& answers() override { return answers_; }

  void begin_run(const RunStart& start) override {
    RunRecord record;
    record.date = start.date;
    record.started = start.started;
    record.remedial = start.remedial;
    write([&](Connection& open) {
      ledger::erase_attempt(open, {});  // an earlier version began runs before their date was known
      ledger::write_attempt(open, record);
      Query(open.prepared("DELETE FROM component_store WHERE until_ms <= ?")).bind(clock_.now_ms()).run();
      answers_.prune(start.date);
    });
    connection_->use([&](Connection&) { answers_.set_run(start.date); });
  }

  void finish_run(const RunRecord& record, const RunFacts& facts) override {
    write([&](Connection& open) {
      ledger::write_run(open, record, facts);
      deliveries::replace(open, record.date, facts.deliveries);
      answers_.forget_received(record.date);
    });
    connection_->use([&](Connection&) { answers_.set_run({}); });
  }

  void give_up_run(const RunRecord& record, std::span<const Delivery> made) override {
    write([&](Connection& open) {
      ledger::write_attempt(open, record);
      deliveries::put(open, made);
      answers_.forget_received(record.date);
    });
    connection_->use([&](Connection&) { answers_.set_run({}); });
  }

  void interrupt_run(const RunRecord& record, std::span<const Delivery> made) override {
    write([&](Connection& open) {
      ledger::write_attempt(open, record);
      deliveries::put(open, made);
    });
    connection_->use([&](Connection&) { answers_.set_run({}); });
  }

  void withdraw_run(std::string_view date) override {
    write([&](Connection& open) {
      ledger::erase_attempt(open, date);
      answers_.forget_received(date);
    });
    connection_->use([&](Connection&) { answers_.set_run({}); });
  }

  void put_delivery(const Delivery& delivery) override {
    write([&](Connection& open) { deliveries::put(open, {&delivery, 1}); });
  }
  void erase_delivery(std::string_view key) override {
    write([&](Connection& open) { deliveries::erase(open, key); });
  }
  void put_label(const Label& label) override {
    write([&](Connection& open) { labels::put(open, label); });
  }

  std::map<std::string, Earlier> judged_elsewhere(std::span<const std::string_view> ids,
                                                  std::string_view date) override {
    return connection_->use([&](Connection& open) { return ledger::judged_elsewhere(open, ids, date); });
  }
  std::optional<std::string> selected_paper(std::string_view id) override {
    return connection_->use([&](Connection& open) { return ledger::selected_paper(open, id); });
  }
  std::vector<std::string> carried(std::string_view date) override {
    return connection_->use([&](Connection& open) { return ledger::carried(open, date); });
  }
  std::optional<RunRecord> standing_run(std::string_view date) override {
    return connection_->use([&](Connection& open) { return ledger::standing_run(open, date); });
  }
  std::vector<RunRecord> runs() override {
    return connection_->use([](Connection& open) { return ledger::runs(open); });
  }
  std::optional<std::string> digest(std::string_view date) override {
    return connection_->use([&](Connection& open) { return ledger::digest(open, date); });
  }
  std::vector<Judgement> judgements(std::string_view id) override {
    return connection_->use([&](Connection& open) { return ledger::judgements(open, id); });
  }
  std::vector<Delivery> deliveries(std::string_view date) override {
    return connection_->use([&](Connection& open) { return deliveries::of(open, date); });
  }
  std::vector<Delivery> due_deliveries() override {
    return connection_->use([](Connection& open) { return deliveries::due(open); });
  }
  std::vector<Label> labels_of(std::string_view id) override {
    return connection_->use([&](Connection& open) { return labels::of(open, id); });
  }

 private:
  /// One transaction: all that `body` does, or, when it throws, nothing.
  template <class Body>
  void write(Body&& body) {
    connection_->use([&](Connection& open) {
      SQLite::Transaction all(open.database(), SQLite::TransactionBehavior::IMMEDIATE);
      body(open);
      all.commit();
    });
  }

  const Clock& clock_;
  std::unique_ptr<Lock> lock_;  // given back last, when the file is closed
  std::unique_ptr<Connection> connection_;
  ComponentTable components_;
  AnswerTables answers_;
};

}  // namespace

std::unique_ptr<State> State::open(const std::filesystem::path& file, const Clock& clock, const Log& log) {
  const Place place = place_of(file);
  make_folder(place);
  auto lock = std::make_unique<Lock>(place.file, place.given, clock);
  auto connection = open_file(place, log);
  return std::make_unique<SqliteState>(std::move(lock), std::move(connection), clock, log);
}

std::optional<std::string> State::held_since(const std::filesystem::path& file) {
  return Lock::held_since(place_of(file).file);
}

std::unique_ptr<State> State::open_copy(const std::filesystem::path& file, const Clock& clock,
                                        const Log& log) {
  return std::make_unique<SqliteState>(nullptr, open_in_memory(place_of(file)), clock, log);
}

}  // namespace gleaner::host::state
