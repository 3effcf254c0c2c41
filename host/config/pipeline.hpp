// A checked pipeline: what the TOML file says, typed and complete, every part with its place. Value types;
// any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/config/diagnostic.hpp"
#include "host/loader/component.hpp"

namespace gleaner::host {

/// A text with secrets in it, not yet resolved ("Bearer ${secret:KEY}"). Cannot be printed: it only lists
/// what it needs.
class SecretText {
 public:
  struct Part {
    std::string text;        ///< literal text, or the secret's name
    bool reference = false;  ///< true: text is a name
  };
  SecretText() = default;
  explicit SecretText(std::vector<Part> parts) : parts_(std::move(parts)) {}
  /// Names of the secrets it refers to, in order.
  [[nodiscard]] std::vector<std::string> names() const;
  /// For services/secrets alone, which puts the texts in.
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

 private:
  std::vector<Part> parts_;
};

/// One option's checked value; only the field of its type is meaningful (as in gleaner_value).
struct OptionValue {
  std::string name;
  OptionType type = OptionType::string;
  bool given = false;  ///< the file (or --set) says so; else the default
  Location where;      ///< of the value; of the `use` for a default
  std::string text;    ///< string, enum, path (as written, interpolated), duration as written, table as JSON
  std::int64_t integer = 0;  ///< integer; boolean 0/1; duration in milliseconds
  double number = 0;
  std::vector<std::string> items;
  std::vector<std::pair<std::string, double>> entries;  ///< in the file's order
  SecretText secret;
  /// Places of what lies inside: JSON pointer below the option ("/1", "/pruning") → place.
  std::map<std::string, Location> inner;
};

enum class OnError { keep, skip, stop };

/// What a component in a process of its own may use.
struct Isolation {
  std::chrono::milliseconds deadline{60'000};     ///< of a call, without what the host does in it
  std::uint64_t memory = std::uint64_t{1} << 30;  ///< bytes beyond what the process starts with
  std::uint64_t files = 64;                       ///< descriptors open at once
};

/// `when` of an output: always, or the other words; weekdays bit 0 Monday … bit 6 Sunday.
struct When {
  enum class Rule { always, selected, incomplete, weekday } rule = Rule::always;
  std::uint32_t weekdays = 0;
};

/// One [[source]], [[stage]] or [[output]] table.
struct ComponentConfig {
  const ComponentInfo* info = nullptr;  ///< borrowed from the catalog the file was checked against
  std::string name;                     ///< `name`, or `use` made unique ("use-2")
  Location where;                       ///< of the `use` value
  Location table;                       ///< of the [[header]]
  std::vector<OptionValue>
      options;  ///< given ones and defaults, in the descriptor's order; absent ones are not listed
  std::vector<AxisInfo> axes;        ///< what it gives here, its option `axes` considered
  OnError on_error = OnError::skip;  ///< default by kind: stages keep, others skip
  When when;
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<int> retry;           ///< tries after the first
  std::optional<Isolation> isolate;   ///< nothing: it runs in this process
  std::optional<std::size_t> limit;   ///< outputs: papers at most
  std::optional<std::size_t> top;     ///< outputs: the best so many
  std::vector<std::string> sections;  ///< outputs: what to show
  [[nodiscard]] const OptionValue* option(std::string_view option_name) const;
  /// The place a plugin's option pointer ("/categories/1") names; the table's own place when it names nothing
  /// known.
  [[nodiscard]] Location place(std::string_view pointer) const;
};

/// A bare axis ("relevance") or one of a stage ("openai.relevance"), with a number and its place.
struct AxisRule {
  std::string axis;
  double value = 0;
  Location where;
};

struct SelectConfig {
  std::vector<AxisRule> min;
  std::vector<AxisRule> weights;                        ///< empty: every bare axis counts 1
  std::vector<std::pair<std::string, Location>> order;  ///< descending; empty: total, when anything scores
  bool order_given = false;
  std::optional<std::size_t> limit;
};

struct BudgetConfig {
  std::optional<double> usd;
  std::optional<std::int64_t> tokens;
  std::optional<double> minutes;
  std::string fallback;  ///< name of a stage, or empty
};

struct RunConfig {
  int catch_up = 7;  ///< days
  std::string replacements = "ignore";
  bool seen = true;
  std::vector<std::string> holidays;  ///< "YYYY-MM-DD": days without an announcement besides the sources' own
};

struct SecretsConfig {
  std::filesystem::path file;        ///< absolute, or empty
  std::vector<std::string> command;  ///< argv with "{name}" in it, or empty
};

struct Pipeline {
  std::filesystem::path file;  ///< absolute
  std::string text;            ///< the file as read, for carets
  std::string name;
  std::string title;
  std::string contact;
  std::string state;  ///< absolute path, or "none"
  std::vector<ComponentConfig> sources;
  std::vector<ComponentConfig> stages;
  std::vector<ComponentConfig> outputs;
  SelectConfig select;
  RunConfig run;
  BudgetConfig budget;
  SecretsConfig secrets;
  [[nodiscard]] std::filesystem::path folder() const { return file.parent_path(); }
};

}  // namespace gleaner::host
