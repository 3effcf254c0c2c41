// Which paper an answer speaks of: ids as models write them. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include <gleaner/chat/value.hpp>

namespace gleaner::chat {

/// The papers of one request by id.
class Places {
 public:
  explicit Places(std::span<const std::string> ids);
  /// The place in `ids`; nothing for an id that was not sent, or that two papers have in common.
  [[nodiscard]] std::optional<std::size_t> of(std::string_view id) const;

 private:
  std::unordered_map<std::string, std::optional<std::size_t>> places_;  ///< by plain_id()
};

/// Whether a member of that name holds an id: id, ARXIVID, arxiv_id, paper-id.
[[nodiscard]] bool is_id_name(std::string_view name);

/// What an id is written as, for a message: valid, short and on one line.
[[nodiscard]] std::string shown_id(std::string_view id);

}  // namespace gleaner::chat
