// The account of a run: every announced entry stands in exactly one row.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace gleaner::host {

struct ReceiptRow {
  std::string source;
  std::string stage;  ///< the stage's name; "merge" and "select" for the host's own; "" for what the source
                      ///< left out itself
  std::string reason;
  std::uint64_t count = 0;
};

struct SourceTotals {
  std::string source;
  std::uint64_t announced = 0;
  bool approximate = false;
  std::uint64_t carried = 0;  ///< papers taken over unscored from an earlier run
};

/// A figure beside the rows, no part of their sum: what was fetched from where, scored by which stage,
/// delivered by which output.
struct ReceiptCheck {
  std::string check;  ///< "fetched", "scored" or "delivered"
  std::string name;   ///< of the source, stage or output
  std::string key;    ///< of a fetch: from where ("feed", "list"); else empty
  std::uint64_t count = 0;
};

struct Receipt {
  std::vector<SourceTotals> sources;
  std::vector<ReceiptRow> rows;
  std::vector<ReceiptCheck> checks;
  bool closes = true;
  std::vector<std::string> gaps;  ///< a sentence for every source whose rows do not add up

  [[nodiscard]] std::uint64_t announced() const;
};

/// Adds rows and closes the account. One thread.
class ReceiptBuilder {
 public:
  /// `order` sorts rows of one source: what is earlier in the pipeline comes first.
  void add(std::size_t source, std::size_t order, const std::string& stage, const std::string& reason,
           std::uint64_t count = 1);
  void carry(std::size_t source, const std::string& name, std::uint64_t count);
  void announce(std::size_t source, const std::string& name, std::uint64_t count, bool approximate);
  /// Entries that did come of an announced source, rejected ones too: where its total is approximate, the
  /// rows have to add up to these.
  void receive(std::size_t source, std::uint64_t count) { received_[source] = count; }
  /// Entries of an announced source beside those, which it could not read; 0: nobody knows how many. No row
  /// has them, so that the account cannot close, not even an approximate one.
  void lack(std::size_t source, const std::string& why, std::uint64_t count);
  [[nodiscard]] Receipt close() const;

 private:
  struct Lack {
    std::string why;
    std::uint64_t count = 0;
  };

  /// How many entries the rows of a source must have; nothing: its total is approximate, and nobody counted.
  [[nodiscard]] std::optional<std::uint64_t> owed(std::size_t index, const SourceTotals& totals,
                                                  bool lacking) const;
  void close_source(std::size_t index, SourceTotals totals, Receipt& out) const;

  std::map<std::size_t, SourceTotals> sources_;
  std::map<std::size_t, std::uint64_t> received_;
  std::map<std::size_t, std::vector<Lack>> lacks_;
  std::map<std::tuple<std::size_t, std::size_t, std::string, std::string>, std::uint64_t> rows_;
};

}  // namespace gleaner::host
