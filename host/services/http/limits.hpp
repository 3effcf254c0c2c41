// How often, and how many at once: the limits of each politeness group, inside this process and between
// processes.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/services/http/group_file.hpp"
#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// Gives out permits to begin a request. Nothing here waits: a refusal says when to ask again. One thread at
/// a time (the client's own). Several processes of one user share a group through a file in `directory`;
/// without such a file the limits hold inside this object only, and the log says so once.
class Limits {
  struct Group;

 public:
  using Clock = std::chrono::steady_clock;

  /// The right to have one request in flight; given back when destroyed. Must not outlive its Limits.
  class Permit {
   public:
    Permit() = default;
    ~Permit() { release(); }
    Permit(Permit&& other) noexcept;
    Permit& operator=(Permit&& other) noexcept;
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;

    void release() noexcept;
    /// The request goes out now, its connection being made: the interval begins here, since a name and a TLS
    /// handshake may take longer the first time than the second.
    void sent() noexcept;

   private:
    friend class Limits;
    Permit(Group* group, std::optional<unsigned> slot) noexcept : group_(group), slot_(slot) {}

    Group* group_ = nullptr;
    std::optional<unsigned> slot_;  ///< the lock this request holds in the group's file
  };

  struct Answer {
    std::optional<Permit> permit;  ///< the request begins now
    Milliseconds ask_again{0};     ///< refused: not earlier than after this
  };

  /// `directory` is made at the first need; empty: limits inside this object only. `log` is called from
  /// try_start.
  Limits(std::filesystem::path directory, LogSink log);
  ~Limits();

  /// A group without a name is never refused. Each asks with its own interval and number of connections.
  [[nodiscard]] Answer try_start(const Politeness& politeness);

 private:
  Group& group(const Politeness& politeness);
  std::unique_ptr<GroupFile> open_file(const std::string& name);

  std::filesystem::path directory_;
  LogSink log_;
  bool warned_ = false;
  std::map<std::string, std::unique_ptr<Group>> groups_;
};

/// $XDG_STATE_HOME/gleaner/limits, else ~/.local/state/gleaner/limits; empty when neither is known. Relative
/// values are ignored, as the XDG base directory specification asks.
[[nodiscard]] std::filesystem::path limits_directory_from_environment();

}  // namespace gleaner::host::http
