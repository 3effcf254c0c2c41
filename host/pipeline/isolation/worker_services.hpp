// The host as a plugin in a worker sees it. Internal to the worker.
#pragma once

#include <string>

#include <gleaner/abi.h>

#include "host/pipeline/isolation/worker_http.hpp"
#include "host/pipeline/isolation/worker_link.hpp"

namespace gleaner::host::isolation {

/// Any thread; its address must not change.
class WorkerHost {
 public:
  /// `services`: bits of those the host has.
  WorkerHost(WorkerLink& link, std::uint32_t services, std::string version, std::uint32_t minor);
  WorkerHost(const WorkerHost&) = delete;
  WorkerHost& operator=(const WorkerHost&) = delete;

  [[nodiscard]] const gleaner_host* raw() const { return &raw_; }
  [[nodiscard]] static WorkerHost& of(const gleaner_host* host) {
    return *static_cast<WorkerHost*>(host->context);
  }
  [[nodiscard]] WorkerLink& link() { return link_; }
  [[nodiscard]] WorkerHttp& http() { return http_; }
  [[nodiscard]] bool has(std::uint32_t service) const { return (services_ & service) != 0; }

 private:
  WorkerLink& link_;
  WorkerHttp http_;
  std::uint32_t services_;
  std::string version_;
  gleaner_host raw_{};
};

}  // namespace gleaner::host::isolation
