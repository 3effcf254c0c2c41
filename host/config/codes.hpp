// The stable codes of pipeline mistakes, and what each means. A code never changes its meaning and is never
// used again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gleaner::host {

/// G1xx the file and its keys, G2xx values, G3xx references and secrets, G4xx components, G5xx select, axes
/// and budget, G6xx warnings and, G609, a note.
enum class Code : int {
  unreadable_file = 101,
  not_utf8 = 102,
  not_toml = 103,
  unknown_key = 104,
  wrong_table = 105,
  too_large = 106,
  misplaced_key = 107,
  set_unknown = 108,
  set_ambiguous = 109,
  set_malformed = 110,
  missing_part = 111,
  wrong_type = 201,
  unknown_word = 202,
  out_of_bounds = 203,
  bad_duration = 204,
  missing_option = 205,
  bad_when = 206,
  bad_name = 207,
  repeated_name = 208,
  bad_text = 209,
  repeated_path = 210,
  unknown_placeholder = 211,
  bad_date = 212,
  bad_memory_size = 213,
  unknown_reference = 301,
  unclosed_reference = 302,
  unset_variable = 303,
  unreadable_reference = 304,
  misplaced_secret = 305,
  malformed_reference = 306,
  open_secrets_file = 307,
  bad_secrets_command = 308,
  unknown_component = 401,
  bad_default = 402,
  missing_use = 403,
  impolite_interval = 405,
  refused_options = 406,
  unlocked_plugin = 407,
  malformed_lock = 408,
  unusable_plugin = 409,
  unknown_axis = 501,
  bad_axes = 502,
  unknown_fallback = 503,
  remote_fallback = 504,
  weighted_total = 505,
  useless_fallback = 506,
  unset_secret = 601,
  secret_in_file = 602,
  missing_contact = 603,
  deprecated_option = 604,
  missing_secrets_file = 605,
  unreachable_min = 606,
  missing_file = 607,
  cautious_component = 608,
  talkative_component = 609,
};

[[nodiscard]] constexpr bool is_warning(Code code) {
  return static_cast<int>(code) >= 600;
}

/// Static texts; the views live as long as the process.
struct CodeInfo {
  Code code;
  std::string_view title;    ///< a few words
  std::string_view meaning;  ///< what is wrong and why it matters
  std::string_view wrong;    ///< an example that gets this code
  std::string_view mend;     ///< the same, right, or what to do
};

/// Every code, ascending.
[[nodiscard]] std::span<const CodeInfo> all_codes();

/// What `gleaner explain` prints, or nothing for a number that is no code.
[[nodiscard]] std::optional<std::string> explain(int code);

/// "G104", "g104" or "104" → 104; nothing for other text. Whether the code exists is for explain() to say.
[[nodiscard]] std::optional<int> parse_code(std::string_view text);

}  // namespace gleaner::host
