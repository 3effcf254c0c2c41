// What the host and a worker say to each other. One socketpair; every frame is a FrameHead and its payload.
//
//   worker → host   hello                                      once, first
//   host → worker   open     plugin, component, limits         once; answered by `opened`
//   host → worker   memory   which, size, and a descriptor     before a call that needs it
//   host → worker   call     an entry of the plugin            answered by `returned`
//   worker → host   request  a service the plugin asks for     at any time; answered by `reply` where it
//   waits host → worker   bye                                        then the worker ends
#pragma once

#include <cstddef>
#include <cstdint>

namespace gleaner::host::isolation {

/// The descriptor a worker finds its socket at.
inline constexpr int worker_socket = 3;
/// The hidden first word of the command line.
inline constexpr const char* worker_word = "--worker";

inline constexpr std::uint64_t hello_magic = 0x52454E41454C47ULL;  // "GLEANER"
/// Counts changes of anything in this folder: an executable that was replaced while it ran must not speak to
/// its successor.
inline constexpr std::uint32_t line_version = 2;

struct FrameHead {
  std::uint32_t type;
  std::uint32_t reserved;
  std::uint64_t size;  ///< of the payload
};

/// A worker's frame at most. A larger one is a fault of its plugin.
inline constexpr std::uint64_t largest_frame = std::uint64_t{64} << 20;

enum class FrameType : std::uint32_t {
  hello = 1,
  open,
  opened,
  memory,
  call,
  returned,
  request,
  reply,
  bye,
};

/// Entries of a plugin.
enum class Entry : std::uint32_t {
  create = 1,
  destroy,
  fetch,
  judge,
  estimate,
  health,
  deliver,
  begin,
  write,
  end,
};

/// What a plugin asks of its host.
enum class Request : std::uint32_t {
  // Nobody waits for an answer to these.
  log = 1,
  fail,
  progress,
  alive,
  count,
  usage,
  prompt,
  push,
  http_cancel,
  file_abandon,
  // These are answered.
  push_status = 64,
  dated,
  notes,
  may_spend,
  store_put,
  store_put_many,
  store_get,
  store_erase,
  secret_reveal,
  now_ms,
  steady_ms,
  date_in,
  file_open,
  file_write,
  file_commit,
  http_submit,
  http_wait,
  mail_send,
};

[[nodiscard]] constexpr bool is_answered(Request request) {
  return request >= Request::push_status;
}

/// Which functions of its table a component has; bits of `opened`.
enum : std::uint32_t {
  has_judge_or_deliver_or_fetch = 1,
  has_health = 2,
  has_estimate = 4,
  has_stream = 8,
};

/// Services a plugin may ask for, bits of the call `create`.
enum : std::uint32_t {
  service_log = 1,
  service_http = 2,
  service_store = 4,
  service_account = 8,
  service_secret = 16,
  service_clock = 32,
  service_file = 64,
  service_mail = 128,
};

enum class MemoryKind : std::uint32_t { input = 1, marks = 2 };

/// The start of the marks, which both sides map and the worker may write: everything in it is the worker's
/// word, but for `cancelled`, which the host reads nowhere.
struct MarksHead {
  std::uint32_t cancelled;   ///< written by the host, atomically
  std::uint32_t beats;       ///< counted up by the worker whenever the plugin shows life
  std::uint64_t notes_size;  ///< bytes of notes so far
};

/// Room for what a stage says of its papers before the host has to be asked to take it.
inline constexpr std::size_t notes_room = std::size_t{256} << 10;
/// A reason or an annotation is cut to this before it travels; the host's own limits are lower (abi.h: 4096).
inline constexpr std::size_t longest_note = 8192;

enum class NoteKind : std::uint8_t { reason = 1, annotation = 2 };

/// Where what lies in the marks of a batch.
struct MarksLayout {
  std::size_t notes = sizeof(MarksHead);
  std::size_t totals = 0;
  std::size_t axes = 0;  ///< `axes` arrays of `count` numbers
  std::size_t verdicts = 0;
  std::size_t size = 0;

  MarksLayout(std::size_t count, std::size_t axis_count) {
    totals = notes + notes_room;
    axes = totals + count * sizeof(double);
    verdicts = axes + axis_count * count * sizeof(double);
    size = verdicts + count;
  }
};

}  // namespace gleaner::host::isolation
