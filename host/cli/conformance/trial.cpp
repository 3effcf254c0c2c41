#include "host/cli/conformance/trial.hpp"

#include <fmt/format.h>

#include "host/cli/conformance/settings.hpp"
#include "host/loader/library.hpp"

namespace gleaner::host::cli::conformance {
namespace {

/// Whether `create` takes these; else `refusal` has its sentence.
bool works(Trial& trial, const kit::Settings& settings, std::string& refusal) {
  kit::FakeHost host;
  set_secrets(trial.info(), host);
  try {
    const kit::Component made(host, trial.descriptor(), settings);
    return true;
  } catch (const kit::BadSettings& error) {
    refusal = error.what();
  } catch (const Error& error) {
    refusal = fmt::format("{}{}", error.what(),
                          error.option().empty() ? "" : fmt::format(" (it names \"{}\")", error.option()));
  }
  return false;
}

}  // namespace

void Trial::open() {
  if (plugin_ != nullptr) return;
  doing("opening the library");
  const auto stamp = read_stamp(file());
  if (!stamp) throw Skipped(stamp.reason());
  const auto usable = check_stamp(*stamp);
  if (!usable) throw Skipped(usable.reason());
  const auto opened = open_library(file());
  if (!opened) throw Skipped(opened.reason());
  const auto described = describe(**opened, *stamp, file());
  if (!described) throw Skipped(described.reason());
  plugin_ = *opened;
  described_ = *described;
}

const std::vector<Described>& Trial::described() {
  open();
  return described_;
}

const gleaner_plugin& Trial::plugin() {
  open();
  return *plugin_;
}

const ComponentInfo& Trial::info() {
  open();
  return described_.at(component_.value()).info;
}

const gleaner_component& Trial::descriptor() {
  open();
  return *described_.at(component_.value()).descriptor;
}

void Trial::find_settings() {
  if (std::exchange(tried_, true)) return;
  std::vector<std::string> missing;
  const auto all = candidates(info(), subject_, missing);
  if (!missing.empty()) {
    needs_values_ = true;
    refusal_ = "needs";
    for (const std::string& each : missing)
      refusal_ += " --set " + each;
    return;
  }
  std::string first;
  for (const kit::Settings& each : all) {
    doing(fmt::format("creating {}", info().name));
    if (works(*this, each, refusal_)) {
      settings_ = each;
      refusal_.clear();
      return;
    }
    if (first.empty()) first = refusal_;
  }
  refusal_ = first;
}

const kit::Settings& Trial::settings() {
  find_settings();
  if (settings_) return *settings_;
  if (needs_values_) throw Skipped(refusal_);
  throw Skipped(fmt::format("cannot be created; --set OPTION=VALUE gives it other values: {}", refusal_));
}

const std::string& Trial::refusal() {
  find_settings();
  return refusal_;
}

void check_creation(Trial& trial) {
  trial.find_settings();
  if (trial.settings_) return;
  if (trial.needs_values_) throw Skipped(trial.refusal_);
  throw Broken(fmt::format("It refuses its own examples: {}", trial.refusal_));
}

}  // namespace gleaner::host::cli::conformance
