// One instance's view of the host: the gleaner_host a plugin gets, and the services of gleaner/ext behind it.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gleaner/abi.h>
#include <gleaner/ext/http.h>

#include "host/services/account.hpp"
#include "host/services/clock.hpp"
#include "host/services/files.hpp"
#include "host/services/http/client.hpp"
#include "host/services/log.hpp"
#include "host/services/mail/client.hpp"
#include "host/services/secrets.hpp"
#include "host/services/store.hpp"
#include "host/services/tally.hpp"

namespace gleaner::host {

/// Everything instances share in one run. All of it outlives them.
struct Services {
  const Clock& clock;
  const Log& log;
  Secrets& secrets;
  ComponentStore& store;
  Account& account;
  Files& files;
  http::Client& http;
  http::AnswerBook* answers = nullptr;  ///< what servers said before; NULL: nothing is kept
};

struct InstanceSettings {
  std::string name;   ///< in the pipeline
  std::string space;  ///< namespace of store and account: "source/NAME", since a source and an output may
                      ///< share a name
  bool warns_in_order = true;     ///< false for a CONCURRENT component: its warnings are sorted
  http::ChannelSettings channel;  ///< politeness, retries, user agent
  std::optional<std::chrono::milliseconds>
      timeout{};  ///< of a request, by the pipeline file: before what it names
};

/// Any thread. Address must not change: plugins keep raw().
class PluginHost {
 public:
  PluginHost(const Services& services, InstanceSettings settings);
  PluginHost(const PluginHost&) = delete;
  PluginHost& operator=(const PluginHost&) = delete;
  /// Logs how many warnings were not, and a secret's problem that no failure told.
  ~PluginHost();

  [[nodiscard]] const gleaner_host* raw() const { return &raw_; }
  /// What the component warned of, without repeats: twenty at most, then "… and 74 more.".
  [[nodiscard]] std::vector<std::string> warnings() const;
  /// What it warns of while it is made is about its options, not about the day: logged, unless that was done
  /// before (`silent`), and not kept. Not while other threads use it.
  void begin_creation(bool silent);
  void end_creation();
  /// Why the last secret it asked for was not to be had, or "". The plugin does not know the name; whoever
  /// reports its failure says this instead. What nobody takes becomes a warning.
  [[nodiscard]] std::string take_secret_problem();
  /// Set whenever the component uses a service, a sign that its call is not stuck. Any thread may reset it.
  [[nodiscard]] std::atomic<bool>& alive() const { return alive_; }

  // For the service tables.
  [[nodiscard]] static PluginHost& of(const gleaner_host* host) {
    auto& self = *static_cast<PluginHost*>(host->context);
    self.alive_.store(true, std::memory_order_relaxed);
    return self;
  }
  [[nodiscard]] const Services& services() const { return services_; }
  [[nodiscard]] const InstanceSettings& settings() const { return settings_; }
  void warn(const std::string& line);
  void note_secret_problem(std::string sentence);

  std::uint64_t submit(http::Request request, gleaner_http_done done, void* user);
  /// A gleaner_status, see gleaner_http.wait_any.
  std::int32_t wait_any(const gleaner_call* call, std::chrono::milliseconds timeout);
  void cancel(std::uint64_t ticket);
  /// Made when it is first asked for.
  [[nodiscard]] mail::Client& mail();

 private:
  struct Waiting {
    gleaner_http_done done;
    void* user;
  };
  /// Requests of one thread: completions come back to the thread that submitted.
  struct Line {
    std::unique_ptr<http::Channel> channel;
    std::map<std::uint64_t, Waiting> waiting;
  };
  Line& line();

  const Services& services_;
  InstanceSettings settings_;
  gleaner_host raw_{};
  mutable std::mutex mutex_;
  static constexpr std::size_t most_warnings = 20;
  Tally logged_{most_warnings, Tally::Keep::first};
  Tally kept_;
  bool creating_ = false;
  bool silent_ = false;
  std::string secret_problem_;
  mutable std::atomic<bool> alive_{false};
  std::map<std::thread::id, Line> lines_;
  std::unique_ptr<mail::Client> mail_;
};

/// The version string of this build.
[[nodiscard]] std::string_view host_version();

}  // namespace gleaner::host
