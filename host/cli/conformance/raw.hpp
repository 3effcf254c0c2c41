// An instance called by hand, where the testkit's drivers are too kind: with structs of another size, with
// papers that cannot be written, with arrays that end where a page does. Immovable.
#pragma once

#include <string>
#include <vector>

#include "host/cli/conformance/memory.hpp"
#include "host/cli/conformance/trial.hpp"
#include "host/loader/sized.hpp"

namespace gleaner::host::cli::conformance {

/// The minor a host offers; structs are as large as that minor had them, and end where a page does.
struct RawHost {
  std::uint32_t minor = GLEANER_ABI_MINOR;
  bool lends_writable = false;  ///< what it lends can be written, as on a host that does not look
};

class Raw {
 public:
  /// Throws gleaner::Error where `create` refuses.
  Raw(Trial& trial, kit::FakeHost& host, RawHost as = {});
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  ~Raw();

  /// Each papers' text and each array in memory that cannot be written, results in memory that ends where a
  /// page does. Dies where the plugin goes beyond.
  [[nodiscard]] kit::Outcome judge(const std::vector<NewPaper>& papers);
  [[nodiscard]] kit::Outcome fetch(const std::string& date);
  [[nodiscard]] kit::Outcome deliver(const kit::DigestPage& page);
  /// Whatever it is for, with plain papers.
  [[nodiscard]] kit::Outcome use();

 private:
  /// The call as a host of that minor hands it over.
  [[nodiscard]] GuardedBlock as_seen(const kit::CallContext& call) const;
  void stream(const gleaner_output& functions, const gleaner_call* call, const gleaner_digest& digest,
              const gleaner_entry* const* papers, std::int32_t& status);

  Trial& trial_;
  RawHost as_;
  gleaner_component component_;
  kit::detail::Handle handle_;
  std::vector<kit::detail::AxisRange> axes_;
  void* instance_ = nullptr;
};

/// The first `size` bytes of a struct, its own `size` saying so, at the end of a page.
template <class T>
[[nodiscard]] GuardedBlock shortened(T from, std::uint64_t size) {
  from.size = size;
  return guarded_copy(reinterpret_cast<const std::byte*>(&from), static_cast<std::size_t>(size));
}

}  // namespace gleaner::host::cli::conformance
