// What a test sees: the plugin under it, opened in this process, and the values its component is made with.
// One thread, but for doing().
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/testkit.hpp>

#include "host/cli/conformance/random.hpp"
#include "host/cli/conformance/test.hpp"
#include "host/loader/component.hpp"
#include "host/loader/descriptor.hpp"

namespace gleaner::host::cli::conformance {

namespace kit = gleaner::testkit;

/// OPTION=VALUE of --set, for one component or for all that have the option.
struct Given {
  std::string component;  ///< "words", "scorer.words", or empty
  std::string option;
  std::string value;  ///< TOML, or plain text
};

struct Subject {
  std::filesystem::path file;  ///< absolute
  std::vector<Given> given;
  std::filesystem::path folder;  ///< of this test alone: relative paths of examples lie in it
  std::uint64_t seed = 0;
};

class Trial {
 public:
  /// `component`: its number in the plugin, or nothing for a test of the file. `say_doing` gets what the
  /// plugin is about to be asked, so that a crash can be told from another.
  Trial(Subject subject, std::optional<std::size_t> component,
        std::function<void(std::string_view)> say_doing)
      : subject_(std::move(subject)), component_(component), say_doing_(std::move(say_doing)) {}
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  [[nodiscard]] const Subject& subject() const { return subject_; }
  [[nodiscard]] const std::filesystem::path& file() const { return subject_.file; }
  [[nodiscard]] Random random() const { return Random(subject_.seed); }
  /// The plugin is about to be asked for this: "judging 12 papers".
  void doing(const std::string& what) const { say_doing_(what); }

  /// Opens the library at first use. Throws Skipped where it cannot be opened: another test says so.
  [[nodiscard]] const std::vector<Described>& described();
  [[nodiscard]] const gleaner_plugin& plugin();
  [[nodiscard]] const ComponentInfo& info();
  [[nodiscard]] const gleaner_component& descriptor();
  [[nodiscard]] bool can(std::uint32_t capability) { return info().can(capability); }
  /// Throws Absent unless the component has the capability.
  void only_with(std::uint32_t capability) {
    if (!can(capability)) throw Absent{};
  }

  /// Values `create` takes: what --set says, the examples of required options, and others where they are
  /// needed. Throws Skipped with what would be needed.
  [[nodiscard]] const kit::Settings& settings();
  /// Why there are no such values, or empty. Found by trying.
  [[nodiscard]] const std::string& refusal();

 private:
  void open();
  void find_settings();

  Subject subject_;
  std::optional<std::size_t> component_;
  std::function<void(std::string_view)> say_doing_;
  const gleaner_plugin* plugin_ = nullptr;
  std::vector<Described> described_;
  bool tried_ = false;
  bool needs_values_ = false;  ///< the person who checks has to give some
  std::optional<kit::Settings> settings_;
  std::string refusal_;
  friend void check_creation(Trial& trial);
};

/// For create.works: throws Broken where the examples are refused, Skipped where values are missing.
void check_creation(Trial& trial);

}  // namespace gleaner::host::cli::conformance
