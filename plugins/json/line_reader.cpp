// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/line_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <gleaner/cpp/text.hpp>

#include "plugins/arxiv/core/wait_input.hpp"

namespace gleaner::json {
namespace {

constexpr std::size_t kInputBlock = std::size_t{256} << 10;
constexpr std::string_view kGzipMagic = "\x1F\x8B";  // RFC 1952, section 2.3.1
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kGzipWindow = 16 + MAX_WBITS;  // as inflateInit2 asks for gzip and nothing else

Error unreadable(const std::string& name, int error) {
  const std::int32_t status = error == ENOENT   ? GLEANER_NOT_FOUND
                              : error == EACCES ? GLEANER_DENIED
                                                : GLEANER_FAILED;
  return Error(name + " could not be read: " + std::generic_category().message(error) + ".", status, "/file");
}

}  // namespace

/// Takes compressed blocks, gives text. A file may be several gzip members one after the other (RFC
/// 1952, 2.2).
class LineReader::Gunzip {
 public:
  explicit Gunzip(const std::string& name) : name_(name), block_(kInputBlock) {
    if (::inflateInit2(&stream_, kGzipWindow) != Z_OK) throw std::bad_alloc();
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip() { ::inflateEnd(&stream_); }

  /// What has been read of the file to find out what it is.
  void give(std::string_view beginning) {
    std::copy(beginning.begin(), beginning.end(), block_.begin());
    offer(beginning.size());
  }

  /// 0 at the end. `read_more` fills a block from the file and says how much of it; 0 at the file's end.
  template <class F>
  std::size_t read(char* to, std::size_t size, F&& read_more) {
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0) offer(read_more(block_.data(), block_.size()));
      if (stream_.avail_in == 0) {
        if (in_member_) throw broken("it breaks off");
        return 0;
      }
      if (!in_member_) begin_member();
      const int result = ::inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_STREAM_END)
        in_member_ = false;
      else if (result != Z_OK && result != Z_BUF_ERROR)
        throw broken(stream_.msg == nullptr ? "it is damaged" : stream_.msg);
    }
    return size - stream_.avail_out;
  }

 private:
  void offer(std::size_t size) {
    stream_.next_in = reinterpret_cast<Bytef*>(block_.data());
    stream_.avail_in = static_cast<uInt>(size);
  }
  void begin_member() {
    if (::inflateReset(&stream_) != Z_OK) throw broken("it is damaged");
    in_member_ = true;
  }
  [[nodiscard]] Error broken(const std::string& why) const {
    return Error(name_ + " is no whole gzip file: " + why + ". Fetch or compress it again.",
                 GLEANER_MALFORMED);
  }

  std::string name_;
  std::vector<char> block_;
  z_stream stream_{};
  bool in_member_ = false;
};

LineReader::LineReader(const std::string& path, const Call& call)
    : name_(path == "-" ? "standard input" : path), call_(call), buffer_(kInputBlock) {
  if (path == "-") {
    file_ = STDIN_FILENO;
  } else {
    file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file_ < 0) throw unreadable(name_, errno);
    is_owned_ = true;
  }
  try {
    while (end_ < kByteOrderMark.size()) {  // a pipe may give single bytes
      const std::size_t got = read_file(buffer_.data() + end_, buffer_.size() - end_);
      if (got == 0) break;
      end_ += got;
    }
    const std::string_view beginning(buffer_.data(), end_);
    if (beginning.starts_with(kGzipMagic)) {
      gunzip_ = std::make_unique<Gunzip>(name_);
      gunzip_->give(beginning);
      end_ = 0;
    }
  } catch (...) {
    if (is_owned_) ::close(file_);
    throw;
  }
}

LineReader::~LineReader() {
  if (is_owned_) ::close(file_);
}

std::size_t LineReader::read_file(char* to, std::size_t size) {
  for (;;) {
    wait_for_input(file_, call_);
    const ssize_t got = ::read(file_, to, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw unreadable(name_, errno);
  }
}

std::size_t LineReader::read_some(char* to, std::size_t size) {
  if (!gunzip_) return read_file(to, size);
  return gunzip_->read(to, size, [this](char* block, std::size_t room) { return read_file(block, room); });
}

/// Makes room behind the text that is left and reads into it; false at the end of the file.
bool LineReader::fill() {
  if (ended_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) {
    if (end_ > kLongestLine)
      throw Error(name_ + ":" + std::to_string(number_ + 1) + ": this line is longer than 16 MiB.",
                  GLEANER_MALFORMED);
    buffer_.resize(buffer_.size() * 2);
  }
  const std::size_t got = read_some(buffer_.data() + end_, buffer_.size() - end_);
  end_ += got;
  ended_ = got == 0;
  return !ended_;
}

std::string_view LineReader::take(std::size_t size) {
  std::string_view line(buffer_.data() + begin_, size);
  ++number_;
  if (number_ == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::string_view> LineReader::next() {
  std::size_t searched = 0;
  for (;;) {
    const char* from = buffer_.data() + begin_ + searched;
    const std::size_t left = end_ - begin_ - searched;
    if (const void* found = left == 0 ? nullptr : std::memchr(from, '\n', left)) {
      const auto size = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data()) - begin_;
      const std::string_view line = take(size);
      begin_ += size + 1;
      return line;
    }
    searched += left;
    if (fill()) continue;
    if (begin_ == end_) return std::nullopt;
    const std::string_view line = take(end_ - begin_);
    begin_ = end_;
    return line;
  }
}

}  // namespace gleaner::json
