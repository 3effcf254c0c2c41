#include "host/services/http/transfer.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include <sys/socket.h>

#include "host/services/http/letters.hpp"
#include "host/services/http/transfer_cause.hpp"
#include "host/services/http/url.hpp"

namespace gleaner::host::http {
namespace {

constexpr std::size_t most_header_bytes = 256U << 10;

// Close-on-exec, so that a child started meanwhile by a plugin does not keep connections open.
curl_socket_t open_socket(void* /*unused*/, curlsocktype /*purpose*/, curl_sockaddr* address) {
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  curl()->easy_setopt(easy, option, value);
}

long milliseconds(Milliseconds duration) {
  return static_cast<long>(std::max<Milliseconds::rep>(duration.count(), 0));
}

bool has_header(const Headers& headers, std::string_view name) {
  return std::ranges::any_of(headers, [name](const auto& header) {
    return curl()->strequal(header.first.c_str(), std::string(name).c_str()) != 0;
  });
}

std::string_view trim(std::string_view text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

}  // namespace

Transfer::Transfer(const Outgoing& outgoing, const Headers& more, const Bounds& bounds, const Trust& trust,
                   Manner manner, void* owner)
    : url_(outgoing.url), bounds_(bounds), manner_(std::move(manner)), easy_(curl()->easy_init()) {
  if (!easy_) throw std::bad_alloc();
  auto* easy = easy_.get();
  set(easy, CURLOPT_PRIVATE, owner);
  set(easy, CURLOPT_URL, outgoing.url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  // Redirects are followed by the client, one transfer each, so that each waits for its group's limits.
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_USERAGENT, manner_.user_agent.c_str());
  set(easy, CURLOPT_ACCEPT_ENCODING, "");
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  // Many requests to one https server share a connection when it speaks HTTP/2; cleartext never does, so do
  // not wait.
  set(easy, CURLOPT_PIPEWAIT, scheme_of(outgoing.url) == "https" ? 1L : 0L);
  if (manner_.alone) set(easy, CURLOPT_FORBID_REUSE, 1L);
  set(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_send);
  set(easy, CURLOPT_PREREQDATA, static_cast<void*>(this));
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(bounds.connect));
  set(easy, CURLOPT_TIMEOUT_MS, milliseconds(bounds.timeout));
  // A name that takes long to look up must not hold up the other transfers when this one is given up.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!trust.file.empty()) set(easy, CURLOPT_CAINFO, trust.file.c_str());
  if (!trust.directory.empty()) set(easy, CURLOPT_CAPATH, trust.directory.c_str());
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(easy, CURLOPT_ERRORBUFFER, detail_.data());
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
  set_method(outgoing);
  set_headers(outgoing, more);
}

void Transfer::set_method(const Outgoing& outgoing) {
  auto* easy = easy_.get();
  if (outgoing.method == "HEAD") {
    set(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (outgoing.method == "POST" || !outgoing.body.empty()) {
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(outgoing.body.size()));
    set(easy, CURLOPT_POSTFIELDS, outgoing.body.data());  // borrowed
  }
  if (outgoing.method != "GET" || !outgoing.body.empty()) {
    set(easy, CURLOPT_CUSTOMREQUEST, outgoing.method.c_str());
  }
}

void Transfer::set_headers(const Outgoing& outgoing, const Headers& more) {
  for (const auto& [name, value] : outgoing.headers) {
    if (curl()->strequal(name.c_str(), "user-agent") != 0) continue;
    // libcurl takes "Name:" as a wish to leave the header out, "Name;" as an empty value.
    add_header(value.empty() ? name + ";" : std::string(name).append(": ").append(value));
  }
  for (const auto& [name, value] : more)
    add_header(std::string(name).append(": ").append(value));
  // What libcurl would add of its own accord: a type it guesses, and a round trip before large bodies.
  if (!has_header(outgoing.headers, "content-type")) add_header("Content-Type:");
  if (!has_header(outgoing.headers, "expect")) add_header("Expect:");
  set(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::add_header(const std::string& line) {
  auto* list = curl()->slist_append(headers_.get(), line.c_str());
  if (list == nullptr) throw std::bad_alloc();
  (void)headers_.release();
  headers_.reset(list);
}

void* Transfer::owner(CURL* handle) {
  char* owner = nullptr;
  curl()->easy_getinfo(handle, CURLINFO_PRIVATE, &owner);
  return owner;
}

Transfer::Clock::time_point Transfer::idle_deadline() const {
  if (bounds_.idle.count() <= 0 || last_byte_ == Clock::time_point::max()) return Clock::time_point::max();
  return last_byte_ + bounds_.idle;
}

Incoming Transfer::finish(CURLcode code) {
  incoming_.status = static_cast<int>(info_long(easy_.get(), CURLINFO_RESPONSE_CODE));
  if (code != CURLE_OK)
    incoming_.cause =
        own_cause_ != Cause::none ? own_cause_ : cause_of(code, easy_.get(), url_, detail_.data());
  return std::move(incoming_);
}

Incoming Transfer::give_up(Cause cause) {
  incoming_.status = static_cast<int>(info_long(easy_.get(), CURLINFO_RESPONSE_CODE));
  incoming_.cause = cause;
  return std::move(incoming_);
}

bool Transfer::take_header(std::string_view line) {
  last_byte_ = Clock::now();
  header_bytes_ += line.size();
  if (header_bytes_ > most_header_bytes) {
    own_cause_ = Cause::headers_too_large;
    return false;
  }
  // A status line starts anew: before it came a 1xx answer or that of a proxy.
  if (line.starts_with("HTTP/")) incoming_.headers.clear();
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return true;
  incoming_.headers.emplace_back(lower(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
  return true;
}

bool Transfer::take_body(const char* data, std::size_t size) {
  last_byte_ = Clock::now();
  auto& body = incoming_.body;
  if (body.empty()) {
    const auto announced = info(easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
    if (announced > 0 && static_cast<std::uint64_t>(announced) > bounds_.max_bytes) {
      own_cause_ = Cause::too_large;
      return false;
    }
    if (announced > 0) body.reserve(static_cast<std::size_t>(announced));
  }
  // libcurl hands over decompressed bytes, so a small answer that unpacks to gigabytes ends here as well.
  if (size > bounds_.max_bytes - body.size()) {
    own_cause_ = Cause::too_large;
    return false;
  }
  body.append(data, size);
  return true;
}

std::size_t Transfer::on_header(char* data, std::size_t unit, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->take_header({data, unit * count}) ? unit * count : 0;
  } catch (...) {
    static_cast<Transfer*>(self)->own_cause_ = Cause::out_of_memory;
    return 0;
  }
}

int Transfer::on_send(void* self, char* /*to*/, char* /*from*/, int /*to_port*/, int /*from_port*/) noexcept {
  const auto& sent = static_cast<Transfer*>(self)->manner_.sent;
  if (sent) sent();
  return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::on_body(char* data, std::size_t unit, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->take_body(data, unit * count) ? unit * count : 0;
  } catch (...) {
    static_cast<Transfer*>(self)->own_cause_ = Cause::out_of_memory;
    return 0;
  }
}

}  // namespace gleaner::host::http
