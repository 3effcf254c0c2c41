// Reads one TOML value as the type that is wanted, or reports what it is instead. One thread; borrows what it
// is made of.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/config/document.hpp"
#include "host/config/interpolate.hpp"
#include "host/config/report.hpp"

namespace gleaner::host {

/// Inclusive.
using Bounds = std::optional<std::pair<double, double>>;

class Reader {
 public:
  /// `secret_is_set` may be empty (then secrets are not looked for).
  Reader(const Document& document, const Interpolator& interpolator,
         std::function<bool(std::string_view)> secret_is_set, Report& report)
      : document_(&document),
        interpolator_(&interpolator),
        secret_is_set_(std::move(secret_is_set)),
        report_(&report) {}

  /// The same reader for a value from elsewhere: whatever is wrong goes to `report` and is said of `place`.
  [[nodiscard]] Reader elsewhere(Location place, Report& report) const;

  [[nodiscard]] Location place(const toml::source_region& region) const;
  void add(Code code, const toml::source_region& region, std::string message) const;
  [[nodiscard]] Report& report() const { return *report_; }
  [[nodiscard]] const Document& document() const { return *document_; }
  [[nodiscard]] const Interpolator& interpolator() const { return *interpolator_; }

  // `what` is the key for the message, "via of arxiv". Each reports at most once for a scalar and answers
  // nothing then.
  [[nodiscard]] std::optional<std::string> text(const toml::node& node, std::string_view what) const;
  /// text() without control characters, for paths and names.
  [[nodiscard]] std::optional<std::string> plain_text(const toml::node& node, std::string_view what) const;
  [[nodiscard]] std::optional<std::int64_t> integer(const toml::node& node, std::string_view what,
                                                    const Bounds& bounds = {}) const;
  [[nodiscard]] std::optional<double> number(const toml::node& node, std::string_view what,
                                             const Bounds& bounds = {}) const;
  [[nodiscard]] std::optional<bool> boolean(const toml::node& node, std::string_view what) const;
  [[nodiscard]] std::optional<std::string> choice(const toml::node& node, std::string_view what,
                                                  std::span<const std::string> choices) const;

  struct Duration {
    std::string written;
    std::chrono::milliseconds value{};
  };
  [[nodiscard]] std::optional<Duration> duration(const toml::node& node, std::string_view what,
                                                 const Bounds& milliseconds = {}) const;
  [[nodiscard]] std::optional<SecretText> secret(const toml::node& node, std::string_view what) const;

  using Places = std::map<std::string, Location>;
  /// Every bad item is reported. `choices` may be empty. `inner` gets "/0", "/1", …
  [[nodiscard]] std::optional<std::vector<std::string>> list(const toml::node& node, std::string_view what,
                                                             std::span<const std::string> choices,
                                                             Places& inner) const;
  using Entries = std::vector<std::pair<std::string, double>>;
  /// In the file's order.
  [[nodiscard]] std::optional<Entries> numbers(const toml::node& node, std::string_view what,
                                               const Bounds& bounds, Places& inner) const;
  /// A free table as JSON text, keys in the file's order.
  [[nodiscard]] std::optional<std::string> json(const toml::node& node, std::string_view what,
                                                Places& inner) const;
  /// Looks for wrong references in every string below, of a value that nothing else reads.
  void check_references(const toml::node& node) const;

  /// A table's entries as written.
  struct Entry {
    const toml::key* key;
    const toml::node* value;
  };
  [[nodiscard]] std::vector<Entry> in_order(const toml::table& table) const;
  /// "`what` wants `wanted`, not a list".
  void wrong_type(const toml::node& node, std::string_view what, std::string_view wanted,
                  std::string_view hint = "") const;

 private:
  /// The expanded string, its problems reported; nothing when there were any or the node is no string.
  [[nodiscard]] std::optional<Expansion> expanded(const toml::node& node) const;
  /// Like expanded(), secrets refused; `what` empty: secrets let pass.
  [[nodiscard]] std::optional<Expansion> without_secrets(const toml::node& node, std::string_view what) const;
  [[nodiscard]] Location place_within(const toml::node& node, std::string_view reference) const;
  bool in_bounds(double value, const toml::node& node, std::string_view what, const Bounds& bounds) const;

  const Document* document_;
  const Interpolator* interpolator_;
  std::function<bool(std::string_view)> secret_is_set_;
  Report* report_;
  std::optional<Location> fixed_;
};

/// "a string", "an integer", "a list", …
[[nodiscard]] std::string_view node_word(const toml::node& node);

/// "one of "a", "b"", with the nearest meant.
[[nodiscard]] std::string unknown_word_message(std::string_view word, std::string_view what,
                                               std::span<const std::string> choices);

/// A key as a part of a JSON pointer (RFC 6901).
[[nodiscard]] std::string pointer_part(std::string_view key);

}  // namespace gleaner::host
