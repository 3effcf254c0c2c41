// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/input.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "plugins/arxiv/core/wait_input.hpp"

namespace gleaner::common {
namespace {

class OpenFile {
 public:
  explicit OpenFile(const Path& path)
      : number_(path.is_standard_stream() ? STDIN_FILENO : ::open(path.text.c_str(), O_RDONLY | O_CLOEXEC)),
        is_owned_(!path.is_standard_stream()) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (is_owned_ && number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
  bool is_owned_;
};

std::string name_of(const Path& file) {
  return file.is_standard_stream() ? "Standard input" : "The file " + file.text;
}

Error unreadable(const Path& file, int error) {
  const std::int32_t status = error == ENOENT   ? GLEANER_NOT_FOUND
                              : error == EACCES ? GLEANER_DENIED
                                                : GLEANER_FAILED;
  return Error(name_of(file) + " could not be read: " + std::generic_category().message(error) + ".", status,
               "/file");
}

}  // namespace

Response download(const Host& host, const Call& call, const std::string& url, const std::string& expect,
                  std::uint64_t most, std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.url = url;
  request.expect = expect;
  request.max_bytes = most;
  request.headers = std::move(headers);
  Response response = host.http(call).send(request);
  if (response.ok()) return response;
  if (response.error.empty()) response.error = url + " could not be fetched.";
  throw Error(response.error, response.status);
}

std::string read_input(const Path& file, const Call& call, std::uint64_t most) {
  const OpenFile open(file);
  if (open.number() < 0) throw unreadable(file, errno);
  std::string out;
  std::array<char, 65536> block{};
  for (;;) {
    wait_for_input(open.number(), call);
    const ssize_t got = ::read(open.number(), block.data(), block.size());
    if (got == 0) return out;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw unreadable(file, errno);
    out.append(block.data(), static_cast<std::size_t>(got));
    if (out.size() > most)
      throw Error(name_of(file) + " is larger than " + std::to_string(most >> 20) +
                      " MiB, which is more than this source "
                      "reads.",
                  GLEANER_MALFORMED, "/file");
  }
}

}  // namespace gleaner::common
