// The parts of a scripted answer that need no socket.
#include <algorithm>
#include <new>

#include <zlib.h>

#include "tests/support/loopback_server.hpp"

namespace gleaner::test {

std::optional<std::string> Recorded::header(std::string_view name) const {
  const auto it =
      std::ranges::find(headers, name, [](const auto& header) { return std::string_view(header.first); });
  if (it == headers.end()) return std::nullopt;
  return it->second;
}

Reply redirect_to(std::string location, int status) {
  Reply reply;
  reply.status = status;
  reply.headers = {{"Location", std::move(location)}};
  return reply;
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;  // zlib.h: 16 added asks for the gzip format
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  std::string input(text);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace gleaner::test
