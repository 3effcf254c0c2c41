// What was paid for: the model's word on each paper, kept by paper, version, model, prompt and axes, so that
// no rerun pays for it again. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/cpp/paper.hpp>
#include <gleaner/cpp/services.hpp>

namespace gleaner::chat {

/// 32 hexadecimal digits: the same for the same texts in the same order. Not cryptographic.
[[nodiscard]] std::string fingerprint(std::span<const std::string_view> parts);

class Paid {
 public:
  /// `circumstances`: all that an answer depends on besides the paper. `what`: their names for people
  /// ("prompt", …), as many.
  Paid(const Host& host, std::string_view kind,
       const std::vector<std::pair<std::string, std::string>>& circumstances);

  /// What was kept of a paper, under these circumstances.
  [[nodiscard]] std::optional<std::string> get(const Paper& paper) const;
  /// Keeps words about papers; all of them are on disk when it returns.
  void put(std::span<const std::pair<Paper, std::string>> words) const;

  /// What changed since the last run that asked something ("prompt", "model and axes"), and which of these
  /// papers were answered then: they are about to be paid for again. Empty `changed`: nothing of the kind.
  struct Again {
    std::string changed;
    std::vector<std::size_t> papers;  ///< places in `papers`
  };
  [[nodiscard]] Again again(std::span<const Paper> papers) const;
  /// Takes note of today's circumstances; call it before something is asked under them.
  void note_circumstances() const;

 private:
  [[nodiscard]] std::string key(std::string_view circumstances, const Paper& paper) const;
  Host host_;
  std::string kind_;
  std::vector<std::pair<std::string, std::string>> parts_;  ///< name, fingerprint of its value
  std::string all_;
};

}  // namespace gleaner::chat
