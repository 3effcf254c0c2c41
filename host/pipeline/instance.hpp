// A component at work: its options handed over, its instance made, its failures turned into sentences with a
// place.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/abi.h>

#include "host/config/pipeline.hpp"
#include "host/loader/catalog.hpp"
#include "host/loader/sized.hpp"
#include "host/pipeline/call.hpp"
#include "host/pipeline/create_config.hpp"
#include "host/pipeline/isolation/isolated.hpp"
#include "host/services/plugin_host.hpp"

namespace gleaner::host {

class Instance {
 public:
  struct Context {
    const Services* services = nullptr;
    const Catalog* catalog = nullptr;
    const Pipeline* pipeline = nullptr;
    PathRules paths;
    CallSettings call;
    std::filesystem::path worker{"/proc/self/exe"};  ///< the executable that `isolate` runs components in
    bool made_before = false;  ///< in this run: what it warns of while it is made has been logged
  };
  /// Makes the instance. On a failure nothing is made and `failure` says why.
  static std::unique_ptr<Instance> make(const ComponentConfig& config, const Context& context,
                                        Failure& failure);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  [[nodiscard]] const ComponentConfig& config() const { return *config_; }
  [[nodiscard]] const std::string& name() const { return config_->name; }
  [[nodiscard]] void* raw() const { return instance_; }
  template <class Functions>
  [[nodiscard]] Functions functions() const;
  [[nodiscard]] const CallSettings& call() const { return call_; }
  /// The announcement date that later calls say the run is of. Not while one is under way.
  void set_date(const std::string& date) { call_.date = date; }
  /// What it warned of since it was made.
  [[nodiscard]] std::vector<std::string> warnings() const { return host_.warnings(); }
  /// After a judge() that failed: whether paper i of its batch was left unjudged. Only of one in a process of
  /// its own more is known than the call says.
  [[nodiscard]] bool left_unjudged(std::uint64_t i) const {
    return isolated_ == nullptr || isolated_->left_unjudged(i);
  }
  /// What it wrote for people, without secrets it was given: a digest is a public page.
  [[nodiscard]] std::string redacted(std::string_view words) const {
    return host_.services().secrets.redacted(words);
  }
  /// Whether [budget] has refused it a request.
  [[nodiscard]] bool was_refused_money() const;

 private:
  Instance(const ComponentConfig& config, const gleaner_component* descriptor, const Context& context);

  [[nodiscard]] std::int32_t create_isolated(const Context& context, const gleaner_call* call,
                                             const gleaner_config* values);

  const ComponentConfig* config_;
  const gleaner_component* descriptor_;
  CallSettings call_;
  PluginHost host_;
  std::unique_ptr<Isolated> isolated_;  ///< NULL: it runs in this process
  void* instance_ = nullptr;
};

/// "source/arxiv", "stage/openai", …: the component's own space in store and account.
[[nodiscard]] std::string account_space(const ComponentConfig& config);

/// "openai: <message>", with the place of the option it names: "ml.toml:12:3: openai: <message>".
[[nodiscard]] std::string sentence(const Failure& failure, const ComponentConfig& config);
/// The same without a place: for a digest, which is a public page.
[[nodiscard]] std::string public_sentence(const Failure& failure, const ComponentConfig& config);

/// A function table as this host knows it: what lies beyond the plugin's own `size` is NULL.
template <class Functions>
Functions Instance::functions() const {
  return sized_copy(static_cast<const Functions*>(descriptor_->functions));
}

}  // namespace gleaner::host
