// A digest in the host's hands: what outputs receive and schema gleaner.digest/1 says.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/abi.h>

#include "host/pipeline/paper.hpp"
#include "host/pipeline/receipt.hpp"
#include "host/services/account.hpp"

namespace gleaner::host {

/// A paper with what the stages made of it.
struct DigestPaper {
  RunPaper paper;
  std::vector<std::pair<std::string, double>> scores;
  double total = unscored;
  std::string comment, summary, flag, decided_by;
};

struct Remedial {
  std::string from, to, generated;  ///< dates
};

struct Digest {
  std::string pipeline, title, date, generated;
  std::optional<Remedial> remedial;
  std::vector<UsageRow> usage;
  std::uint64_t announced = 0, scanned = 0;
  Receipt receipt;
  std::vector<std::string> warnings;
  std::string prompt;
  std::vector<DigestPaper> papers;
  std::vector<DigestPaper> unscored_papers;
  std::vector<DigestPaper> near_misses;
  bool complete = true;
};

/// The digest as JSON of schema gleaner.digest/1. Numbers as short as they may be; ends with a newline.
[[nodiscard]] std::string to_json(const Digest& digest);
/// The same without its papers, which are most of it: for what is only said in numbers.
[[nodiscard]] std::string to_json_without_papers(const Digest& digest);

/// What `gleaner render` needs of a digest/1 text: papers, title, date, pipeline. Nothing is cleaned or
/// sorted.
struct ReadDigest {
  Digest digest;
  std::string problem;  ///< a sentence when it could not be read; empty: it could
};
[[nodiscard]] ReadDigest read_digest(std::string_view json);

/// `receipt` of a digest.
[[nodiscard]] std::string to_json(const Receipt& receipt);

/// One object of `papers[]`: as the state keeps selected and carried papers.
[[nodiscard]] std::string to_json(const DigestPaper& entry);
/// Nothing for text that is no such object.
[[nodiscard]] std::optional<DigestPaper> read_digest_paper(std::string_view json);

struct Excerpt;

/// The views an output gets. Borrows everything it is made of, which must not change or move while this
/// lives.
class DigestView {
 public:
  DigestView(const Digest& digest, const Excerpt& shown, std::string_view json, std::string_view key,
             std::uint32_t attempt);
  [[nodiscard]] const gleaner_digest* raw() const { return &raw_; }

 private:
  struct Held {
    std::vector<gleaner_number> scores;
    gleaner_entry entry{};
  };
  const gleaner_entry* hold(const DigestPaper& paper);
  std::vector<std::unique_ptr<Held>> held_;
  std::vector<const gleaner_entry*> papers_, unscored_;
  gleaner_digest raw_{};
};

}  // namespace gleaner::host
