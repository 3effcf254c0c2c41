#include "host/services/mail/client.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "host/services/http/curl_api.hpp"
#include "host/services/mail/dialogue.hpp"

namespace gleaner::host::mail {
namespace {

using http::curl;
using Clock = std::chrono::steady_clock;

constexpr int flag_interval_ms = 50;
constexpr Milliseconds longest_connect{30'000};
constexpr Milliseconds last_words{5'000};  // for the answer to a message that was handed over

std::string variable_or_empty(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

struct EasyDeleter {
  void operator()(CURL* easy) const { curl()->easy_cleanup(easy); }
};
struct MultiDeleter {
  void operator()(CURLM* multi) const { curl()->multi_cleanup(multi); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl()->slist_free_all(list); }
};

Milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
}

/// The name to say in EHLO, as a path behind the server: libcurl's own choice would be this machine's name,
/// which then stands in the message's Received lines for every recipient.
std::string address_of(const Letter& letter) {
  const auto domain = letter.from.substr(letter.from.find('@') + 1);
  return (letter.server.tls_at_once ? "smtps://" : "smtp://") + letter.server.label() + "/" + domain;
}

}  // namespace

Trust Trust::from_environment() {
  return {variable_or_empty("SSL_CERT_FILE"), variable_or_empty("SSL_CERT_DIR")};
}

/// What outlives one message: libcurl's connections and their sockets.
struct Client::Wire {
  std::set<curl_socket_t> open{};
  std::unique_ptr<CURLM, MultiDeleter> multi{curl()->multi_init()};

  /// Closing a connection, libcurl says QUIT and waits for the answer, two minutes if need be. A socket that
  /// receives no more lets it say the one and skip the other.
  void hang_up() const {
    for (const auto socket : open)
      ::shutdown(socket, SHUT_RD);
  }
  ~Wire() { hang_up(); }
  Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // Close-on-exec, so that a child started meanwhile by a plugin does not keep connections open.
  static curl_socket_t open_socket(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) noexcept {
    const auto out = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    try {
      if (out >= 0) static_cast<Wire*>(self)->open.insert(out);
      return out;
    } catch (...) {
      ::close(out);
      return CURL_SOCKET_BAD;
    }
  }
  static int close_socket(void* self, curl_socket_t socket) noexcept {
    static_cast<Wire*>(self)->open.erase(socket);
    return ::close(socket);
  }
};

/// One message under way.
class Client::Transfer {
 public:
  Transfer(Wire& wire, const Letter& letter, const Trust& trust)
      : wire_(wire), letter_(letter), rest_(letter.content), easy_(curl()->easy_init()) {
    if (!easy_) throw std::bad_alloc();
    set_server(trust);
    set_envelope();
  }
  ~Transfer() {
    if (added_) curl()->multi_remove_handle(wire_.multi.get(), easy_.get());
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Outcome run(const CancelFlag& cancelled) {
    auto* multi = wire_.multi.get();
    if (curl()->multi_add_handle(multi, easy_.get()) != CURLM_OK) throw std::bad_alloc();
    added_ = true;
    std::optional<Clock::time_point> wanted_back;
    for (int running = 1;;) {
      if (curl()->multi_perform(multi, &running) != CURLM_OK) return outcome_of(CURLE_FAILED_INIT);
      if (const auto code = result()) return outcome_of(*code);
      if (!wanted_back && cancelled && cancelled()) wanted_back = Clock::now();
      gives_up_ = wanted_back && (dialogue_.phase() != Phase::end || since(*wanted_back) > last_words);
      if (!gives_up_) curl()->multi_poll(multi, nullptr, 0, flag_interval_ms, nullptr);
    }
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    curl()->easy_setopt(easy_.get(), option, value);
  }

  void set_server(const Trust& trust) {
    set(CURLOPT_URL, address_of(letter_).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_USE_SSL, static_cast<long>(letter_.tls == Tls::required ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!trust.ca_file.empty()) set(CURLOPT_CAINFO, trust.ca_file.c_str());
    if (!trust.ca_directory.empty()) set(CURLOPT_CAPATH, trust.ca_directory.c_str());
    if (!letter_.user.empty()) {
      set(CURLOPT_USERNAME, letter_.user.c_str());
      set(CURLOPT_PASSWORD, letter_.password.c_str());
      set(CURLOPT_SASL_IR, 1L);
    }
    set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(letter_.timeout.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(letter_.timeout, longest_connect).count()));
    set(CURLOPT_OPENSOCKETFUNCTION, &Wire::open_socket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&wire_));
    set(CURLOPT_CLOSESOCKETFUNCTION, &Wire::close_socket);
    set(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(&wire_));
    set(CURLOPT_ERRORBUFFER, detail_.data());
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
    set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
    set(CURLOPT_VERBOSE, 1L);  // with a function of our own nothing is printed
    set(CURLOPT_DEBUGFUNCTION, &Transfer::on_debug);
    set(CURLOPT_DEBUGDATA, static_cast<void*>(this));
  }

  void set_envelope() {
    set(CURLOPT_MAIL_FROM, ("<" + letter_.from + ">").c_str());
    for (const auto& recipient : letter_.recipients) {
      auto* list = curl()->slist_append(recipients_.get(), ("<" + recipient + ">").c_str());
      if (list == nullptr) throw std::bad_alloc();
      (void)recipients_.release();
      recipients_.reset(list);
    }
    set(CURLOPT_MAIL_RCPT, recipients_.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &Transfer::on_read);
    set(CURLOPT_READDATA, static_cast<void*>(this));
    // For the server's SIZE: one that is too large is refused before it is sent.
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(letter_.content.size()));
  }

  [[nodiscard]] std::optional<CURLcode> result() const {
    int left = 0;
    while (const auto* message = curl()->multi_info_read(wire_.multi.get(), &left))
      if (message->msg == CURLMSG_DONE && message->easy_handle == easy_.get()) return message->data.result;
    return std::nullopt;
  }

  [[nodiscard]] Outcome make(Fate fate) const {
    return {fate, dialogue_.phase(), dialogue_.code(), dialogue_.answer(), printable(detail_.data())};
  }

  [[nodiscard]] Outcome outcome_of(CURLcode code) const { return make(fate_of(code)); }

  [[nodiscard]] Fate fate_of(CURLcode code) const {
    if (code == CURLE_OK) return Fate::taken;
    const auto phase = dialogue_.phase();
    const bool was_refused = dialogue_.code() >= 400;
    if (phase == Phase::end) return was_refused ? Fate::refused : Fate::unknown;
    switch (code) {
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
        return Fate::lookup;
      case CURLE_COULDNT_CONNECT:
      case CURLE_PROXY:
        return Fate::unreachable;
      case CURLE_OPERATION_TIMEDOUT:
        return Fate::timed_out;
      case CURLE_ABORTED_BY_CALLBACK:
        return Fate::cancelled;
      case CURLE_USE_SSL_FAILED:
        return Fate::no_tls;
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_ISSUER_ERROR:
      case CURLE_SSL_INVALIDCERTSTATUS:
        return Fate::tls_untrusted;
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_SSL_CIPHER:
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_ENGINE_NOTFOUND:
      case CURLE_SSL_ENGINE_SETFAILED:
      case CURLE_SSL_ENGINE_INITFAILED:
        return Fate::tls_failed;
      case CURLE_LOGIN_DENIED:
        return phase == Phase::login ? Fate::login : Fate::no_login;
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_OUT_OF_MEMORY:
      case CURLE_FAILED_INIT:
        return Fate::unusable;
      default:
        break;
    }
    if (was_refused) return phase == Phase::login ? Fate::login : Fate::refused;
    if (code == CURLE_WEIRD_SERVER_REPLY && phase < Phase::sender) return Fate::not_mail;
    return Fate::broken_off;
  }

  static std::size_t on_read(char* to, std::size_t unit, std::size_t count, void* self) noexcept {
    auto& transfer = *static_cast<Transfer*>(self);
    const auto size = std::min(unit * count, transfer.rest_.size());
    std::memcpy(to, transfer.rest_.data(), size);
    transfer.rest_.remove_prefix(size);
    // libcurl asks no more once it has as much as was announced.
    if (transfer.rest_.empty()) transfer.dialogue_.content_ends();
    return size;
  }

  /// The only safe way to stop: libcurl ends the message of a transfer that is merely taken away from it, and
  /// what was sent so far would be delivered as if it were all.
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
    return static_cast<Transfer*>(self)->gives_up_ ? 1 : 0;
  }

  static int on_debug(CURL* /*easy*/, curl_infotype type, char* data, std::size_t size, void* self) noexcept {
    try {
      auto& dialogue = static_cast<Transfer*>(self)->dialogue_;
      if (type == CURLINFO_HEADER_OUT) dialogue.command({data, size});
      if (type == CURLINFO_HEADER_IN) dialogue.reply({data, size});
    } catch (...) {  // want of memory: the sentence will say less
    }
    return 0;
  }

  Wire& wire_;
  const Letter& letter_;
  std::string_view rest_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::unique_ptr<curl_slist, ListDeleter> recipients_;
  std::array<char, CURL_ERROR_SIZE> detail_{};
  Dialogue dialogue_;
  bool added_ = false;
  bool gives_up_ = false;
};

Client::Client(Trust trust) : trust_(std::move(trust)) {}

Client::~Client() = default;

Outcome Client::send(const Letter& letter, const CancelFlag& cancelled) {
  const std::lock_guard lock(mutex_);
  if (curl() == nullptr)
    return {Fate::unusable,
            Phase::connect,
            0,
            {},
            "libcurl could not be loaded; install it (on Debian the package libcurl4)"};
  static const CURLcode started = curl()->global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) return {Fate::unusable, Phase::connect, 0, {}, "libcurl could not be started"};
  if (!wire_) wire_ = std::make_unique<Wire>();
  if (!wire_->multi) throw std::bad_alloc();
  auto out = Transfer(*wire_, letter, trust_).run(cancelled);
  // After anything but success the line is in a state that nobody knows.
  if (out.fate != Fate::taken) wire_.reset();
  return out;
}

}  // namespace gleaner::host::mail
