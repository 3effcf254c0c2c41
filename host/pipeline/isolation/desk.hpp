// Serves what the plugin in a worker asks of its host, with the host's own services. Internal to the host's
// side.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <gleaner/abi.h>
#include <gleaner/ext/http.h>

#include "host/pipeline/isolation/frames.hpp"
#include "host/pipeline/isolation/papers.hpp"

namespace gleaner::host::isolation {

/// The call under way, as the host made it. All NULL between two calls.
struct Visit {
  const gleaner_call* call = nullptr;
  const gleaner_sink* sink = nullptr;
  std::function<void()> take_notes{};  ///< empties the marks; may be empty
};

/// Answers to requests that came while the worker waited, one after the other.
struct HttpAnswers {
  std::set<std::uint64_t> awaited;  ///< tickets in flight
  std::uint64_t count = 0;
  Writer all{};
};

/// One thread. Nothing the worker says is believed: what cannot be read is told by malformed().
class Desk {
 public:
  explicit Desk(const gleaner_host* host) : host_(host) {}
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Bits of the services the host has.
  [[nodiscard]] std::uint32_t services() const;
  /// Only these secrets are revealed: the ones its options name.
  void allow_secret(std::string handle) { secrets_.insert(std::move(handle)); }
  void visit(Visit visit) { visit_ = std::move(visit); }
  /// Whether an answer is waited for; decided by the request's name alone.
  [[nodiscard]] static bool waits(std::string_view request);
  /// The answer, or nothing where none is waited for. `good` is false for a request that cannot be read.
  [[nodiscard]] std::optional<std::string> serve(std::string_view request, bool& good);
  /// The worker is gone: files it had begun are given up.
  void close();

 private:
  template <class Table>
  [[nodiscard]] const Table* table(std::string_view id) const;
  void tell(Request request, Unpacker& from);
  void tell_call(Request request, Unpacker& from);
  void push(Unpacker& from);
  [[nodiscard]] std::int32_t answer(Request request, Unpacker& from, Writer& rest);
  [[nodiscard]] std::int32_t answer_store(Request request, Unpacker& from, Writer& rest);
  [[nodiscard]] std::int32_t answer_file(Request request, Unpacker& from, Writer& rest);
  [[nodiscard]] std::int32_t answer_http(Request request, Unpacker& from, Writer& rest);
  [[nodiscard]] std::int32_t answer_clock(Request request, Unpacker& from, Writer& rest) const;
  [[nodiscard]] std::int32_t answer_mail(Unpacker& from, Writer& rest);
  [[nodiscard]] std::int32_t reveal(Unpacker& from, Writer& rest) const;

  const gleaner_host* host_;
  Visit visit_;
  std::set<std::string, std::less<>> secrets_;
  std::set<std::uint64_t> files_;
  HttpAnswers answers_;
  std::int32_t pushed_ = GLEANER_OK;
  Shelf shelf_;
};

}  // namespace gleaner::host::isolation
