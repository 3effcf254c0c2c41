#include "host/pipeline/isolation/channel.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace gleaner::host::isolation {
namespace {

constexpr int between_questions_ms = 50;
constexpr std::size_t read_at_once = std::size_t{256} << 10;

/// One sendmsg of the head, the payload from `done` bytes of both on, and a descriptor with the first byte.
ssize_t send_some(int socket, const FrameHead& head, std::string_view payload, std::size_t done,
                  int descriptor, int flags) {
  std::array<iovec, 2> parts{};
  std::size_t count = 0;
  if (done < sizeof head) {
    parts[count++] = {reinterpret_cast<char*>(const_cast<FrameHead*>(&head)) + done, sizeof head - done};
    done = sizeof head;
  }
  const auto rest = payload.substr(done - sizeof head);
  if (!rest.empty()) parts[count++] = {const_cast<char*>(rest.data()), rest.size()};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = count;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  if (descriptor >= 0) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &descriptor, sizeof descriptor);
  }
  return ::sendmsg(socket, &message, flags | MSG_NOSIGNAL);
}

}  // namespace

Descriptor::~Descriptor() {
  if (raw_ >= 0) ::close(raw_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : raw_(std::exchange(other.raw_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(raw_, other.raw_);
  return *this;
}

bool HostChannel::take(Frame& frame) {
  const std::string_view rest = std::string_view(arrived_).substr(used_);
  FrameHead head{};
  if (rest.size() < sizeof head) return false;
  std::memcpy(&head, rest.data(), sizeof head);
  if (head.size > largest_frame) {
    too_large_ = true;
    return false;
  }
  if (rest.size() - sizeof head < head.size) return false;
  frame.type = static_cast<FrameType>(head.type);
  frame.payload.assign(rest.substr(sizeof head, static_cast<std::size_t>(head.size)));
  used_ += sizeof head + static_cast<std::size_t>(head.size);
  if (used_ == arrived_.size()) {
    used_ = 0;
    arrived_.clear();
    if (arrived_.capacity() > 4 * read_at_once) arrived_.shrink_to_fit();
  }
  return true;
}

HostChannel::Got HostChannel::receive(Frame& frame, std::chrono::milliseconds wait, int wake) {
  if (take(frame)) return Got::frame;
  if (too_large_) return Got::too_large;
  std::array<pollfd, 2> both{{{socket_.raw(), POLLIN, 0}, {wake, POLLIN, 0}}};
  const int ready = ::poll(both.data(), wake >= 0 ? 2 : 1, static_cast<int>(wait.count()));
  if (ready <= 0 || both[0].revents == 0) return Got::nothing;
  if (used_ > 0) {
    arrived_.erase(0, used_);
    used_ = 0;
  }
  // As much as came, whatever the head claims: a lie about the size costs no memory.
  room_.resize(read_at_once);
  const auto got = ::recv(socket_.raw(), room_.data(), room_.size(), MSG_DONTWAIT);
  const int error = errno;
  if (got == 0) return Got::closed;
  if (got < 0) return error == EAGAIN || error == EWOULDBLOCK || error == EINTR ? Got::nothing : Got::closed;
  arrived_.append(room_.data(), static_cast<std::size_t>(got));
  if (take(frame)) return Got::frame;
  return too_large_ ? Got::too_large : Got::part;
}

bool HostChannel::send(FrameType type, std::string_view payload, const std::function<bool()>& goes_on,
                       int descriptor) {
  const FrameHead head{static_cast<std::uint32_t>(type), 0, payload.size()};
  std::size_t done = 0;
  while (done < sizeof head + payload.size()) {
    const auto sent =
        send_some(socket_.raw(), head, payload, done, done == 0 ? descriptor : -1, MSG_DONTWAIT);
    if (sent > 0) {
      done += static_cast<std::size_t>(sent);
      continue;
    }
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return false;
    pollfd room{socket_.raw(), POLLOUT, 0};
    if (::poll(&room, 1, between_questions_ms) == 0 && !goes_on()) return false;
  }
  return true;
}

bool WorkerChannel::receive(Frame& frame, Descriptor& descriptor) const {
  FrameHead head{};
  std::size_t done = 0;
  const auto total = [&] { return done < sizeof head ? sizeof head : sizeof head + frame.payload.size(); };
  frame.payload.clear();
  while (done < total()) {
    iovec part = done < sizeof head ? iovec{reinterpret_cast<char*>(&head) + done, sizeof head - done}
                                    : iovec{frame.payload.data() + (done - sizeof head), total() - done};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto got = ::recvmsg(socket_, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    if (const cmsghdr* first = CMSG_FIRSTHDR(&message); first != nullptr && first->cmsg_type == SCM_RIGHTS) {
      int passed = -1;
      std::memcpy(&passed, CMSG_DATA(first), sizeof passed);
      descriptor = Descriptor(passed);
    }
    const bool had_head = done >= sizeof head;
    done += static_cast<std::size_t>(got);
    if (!had_head && done == sizeof head) frame.payload.resize(static_cast<std::size_t>(head.size));
  }
  frame.type = static_cast<FrameType>(head.type);
  return true;
}

bool WorkerChannel::send(FrameType type, std::string_view payload) const {
  const FrameHead head{static_cast<std::uint32_t>(type), 0, payload.size()};
  std::size_t done = 0;
  while (done < sizeof head + payload.size()) {
    const auto sent = send_some(socket_, head, payload, done, -1, 0);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    done += static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace gleaner::host::isolation
