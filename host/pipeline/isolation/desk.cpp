#include "host/pipeline/isolation/desk.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/account.h>
#include <gleaner/ext/clock.h>
#include <gleaner/ext/file.h>
#include <gleaner/ext/log.h>
#include <gleaner/ext/mail.h>
#include <gleaner/ext/secret.h>
#include <gleaner/ext/store.h>

namespace gleaner::host::isolation {
namespace {

constexpr std::array<std::pair<std::uint32_t, std::string_view>, 8> known_services{
    {{service_log, GLEANER_LOG},
     {service_http, GLEANER_HTTP},
     {service_store, GLEANER_STORE},
     {service_account, GLEANER_ACCOUNT},
     {service_secret, GLEANER_SECRET},
     {service_clock, GLEANER_CLOCK},
     {service_file, GLEANER_FILE},
     {service_mail, GLEANER_MAIL}}};

// A worker asks for slices of its waits; a longer one would keep the host from looking after it.
constexpr std::uint32_t longest_wait_ms = 1000;

void keep_text(void* user, gleaner_str words) {
  static_cast<Writer*>(user)->text(words);
}

void keep_answer(void* user, std::uint64_t ticket, const gleaner_http_response* response) {
  Writer one;
  write_response(one, *response);
  auto& to = *static_cast<HttpAnswers*>(user);
  to.awaited.erase(ticket);
  ++to.count;
  to.all.number(ticket);
  to.all.text(one.out());
}

/// The host's call, whose failure is told to the worker instead: the plugin decides what becomes of it.
class OverheardCall {
 public:
  explicit OverheardCall(const gleaner_call& outer) : outer_(&outer), raw_(outer) {
    raw_.context = this;
    raw_.cancelled = [](const gleaner_call* call) -> std::int32_t {
      const auto* to = of(call).outer_;
      return to->cancelled(to);
    };
    raw_.progress = [](const gleaner_call*, std::uint64_t, std::uint64_t, gleaner_str) {};
    raw_.fail = [](const gleaner_call* call, std::int32_t status, gleaner_str,
                   gleaner_str words) -> std::int32_t {
      of(call).words_ = view(words);
      return status;
    };
  }
  OverheardCall(const OverheardCall&) = delete;
  OverheardCall& operator=(const OverheardCall&) = delete;
  [[nodiscard]] const gleaner_call* raw() const { return &raw_; }
  [[nodiscard]] const std::string& words() const { return words_; }

 private:
  static OverheardCall& of(const gleaner_call* call) { return *static_cast<OverheardCall*>(call->context); }
  const gleaner_call* outer_;
  gleaner_call raw_;
  std::string words_;
};

}  // namespace

template <class Table>
const Table* Desk::table(std::string_view id) const {
  return static_cast<const Table*>(host_->service(host_, text(id)));
}

std::uint32_t Desk::services() const {
  std::uint32_t out = 0;
  for (const auto& [bit, id] : known_services)
    if (host_->service(host_, text(id)) != nullptr) out |= bit;
  return out;
}

bool Desk::waits(std::string_view request) {
  return is_answered(static_cast<Request>(Unpacker(request).number<std::uint32_t>()));
}

std::optional<std::string> Desk::serve(std::string_view payload, bool& good) {
  Unpacker from(payload);
  const auto request = static_cast<Request>(from.number<std::uint32_t>());
  if (!is_answered(request)) {
    tell(request, from);
    good = from.finished();
    return std::nullopt;
  }
  Writer rest;
  const auto status = answer(request, from, rest);
  good = from.good();
  Writer out;
  out.number(status);
  out.bytes(rest.out().data(), rest.needed());
  return out.out();
}

void Desk::tell(Request request, Unpacker& from) {
  switch (request) {
    case Request::log: {
      const auto level = from.number<std::uint32_t>();
      const auto message = from.str();
      const auto* log = table<gleaner_log>(GLEANER_LOG);
      if (from.finished() && log != nullptr) log->write(host_, level, message);
      return;
    }
    case Request::count: {
      const auto category = from.str();
      const auto key = from.str();
      const auto n = from.number<std::uint64_t>();
      const auto* account = table<gleaner_account>(GLEANER_ACCOUNT);
      if (from.finished() && account != nullptr) account->count(host_, category, key, n);
      return;
    }
    case Request::usage: {
      gleaner_usage usage{};
      usage.size = sizeof usage;
      usage.model = from.str();
      for (auto* number :
           {&usage.requests, &usage.prompt_tokens, &usage.cached_tokens, &usage.completion_tokens})
        *number = from.number<std::uint64_t>();
      usage.prompt_cost = from.number<double>();
      usage.completion_cost = from.number<double>();
      const auto* account = table<gleaner_account>(GLEANER_ACCOUNT);
      if (from.finished() && account != nullptr) account->usage(host_, &usage);
      return;
    }
    case Request::prompt: {
      const auto words = from.str();
      const auto* account = table<gleaner_account>(GLEANER_ACCOUNT);
      if (from.finished() && account != nullptr) account->prompt(host_, words);
      return;
    }
    case Request::http_cancel: {
      const auto ticket = from.number<std::uint64_t>();
      const auto* http = table<gleaner_http>(GLEANER_HTTP);
      if (!from.finished() || http == nullptr) return;
      answers_.awaited.erase(ticket);
      http->cancel(host_, ticket);
      return;
    }
    case Request::file_abandon: {
      const auto handle = from.number<std::uint64_t>();
      const auto* file = table<gleaner_file>(GLEANER_FILE);
      if (from.finished() && file != nullptr && files_.erase(handle) > 0) file->abandon(host_, handle);
      return;
    }
    default:
      return tell_call(request, from);
  }
}

// Between two calls there is nobody to tell.
void Desk::tell_call(Request request, Unpacker& from) {
  const auto* call = visit_.call;
  switch (request) {
    case Request::fail: {
      const auto status = from.number<std::int32_t>();
      const auto option = from.str();
      const auto message = from.str();
      if (from.finished() && call != nullptr) call->fail(call, status, option, message);
      return;
    }
    case Request::progress: {
      const auto done = from.number<std::uint64_t>();
      const auto total = from.number<std::uint64_t>();
      const auto what = from.str();
      if (from.finished() && call != nullptr) call->progress(call, done, total, what);
      return;
    }
    case Request::push:
      return push(from);
    default:
      return from.fail();
  }
}

void Desk::push(Unpacker& from) {
  if (visit_.sink == nullptr) return from.fail();
  shelf_.clear();
  const auto papers = shelf_.papers(from);
  if (!from.finished()) return from.fail();
  for (const auto* paper : papers) {
    if (pushed_ != GLEANER_OK) return;  // it hears of it when it asks
    pushed_ = visit_.sink->push(visit_.sink, paper, 1, sizeof *paper);
  }
}

std::int32_t Desk::answer(Request request, Unpacker& from, Writer& rest) {
  switch (request) {
    case Request::push_status:
      return std::exchange(pushed_, GLEANER_OK);
    case Request::dated: {
      const auto date = from.str();
      const auto origin = from.str();
      if (visit_.sink == nullptr) from.fail();
      return from.finished() ? visit_.sink->dated(visit_.sink, date, origin) : GLEANER_FAILED;
    }
    case Request::notes:
      if (visit_.take_notes) visit_.take_notes();
      return GLEANER_OK;
    case Request::may_spend: {
      const auto tokens = from.number<std::uint64_t>();
      const auto dollars = from.number<double>();
      const auto* account = table<gleaner_account>(GLEANER_ACCOUNT);
      return from.finished() && account != nullptr ? account->may_spend(host_, tokens, dollars) : 0;
    }
    case Request::store_put:
    case Request::store_put_many:
    case Request::store_get:
    case Request::store_erase:
      return answer_store(request, from, rest);
    case Request::secret_reveal:
      return reveal(from, rest);
    case Request::now_ms:
    case Request::steady_ms:
    case Request::date_in:
      return answer_clock(request, from, rest);
    case Request::file_open:
    case Request::file_write:
    case Request::file_commit:
      return answer_file(request, from, rest);
    case Request::http_submit:
    case Request::http_wait:
      return answer_http(request, from, rest);
    case Request::mail_send:
      return answer_mail(from, rest);
    default:
      from.fail();
      return GLEANER_UNSUPPORTED;
  }
}

std::int32_t Desk::answer_store(Request request, Unpacker& from, Writer& rest) {
  const auto* store = table<gleaner_store>(GLEANER_STORE);
  if (store == nullptr) return GLEANER_UNSUPPORTED;
  if (request == Request::store_put_many) {
    shelf_.clear();
    const auto rows = shelf_.pairs(from);
    const auto ttl = from.number<std::uint64_t>();
    return from.finished() ? store->put_many(host_, rows.data(), rows.size(), ttl) : GLEANER_FAILED;
  }
  const auto key = from.str();
  if (request == Request::store_put) {
    const auto value = from.str();
    const auto ttl = from.number<std::uint64_t>();
    return from.finished() ? store->put(host_, key, value, ttl) : GLEANER_FAILED;
  }
  if (!from.finished()) {
    from.fail();
    return GLEANER_FAILED;
  }
  return request == Request::store_get ? store->get(host_, key, &keep_text, &rest) : store->erase(host_, key);
}

std::int32_t Desk::reveal(Unpacker& from, Writer& rest) const {
  const auto handle = from.str();
  const auto* secret = table<gleaner_secret>(GLEANER_SECRET);
  if (!from.finished() || secret == nullptr || !secrets_.contains(view(handle))) return GLEANER_NOT_FOUND;
  return secret->reveal(host_, handle, &keep_text, &rest);
}

std::int32_t Desk::answer_clock(Request request, Unpacker& from, Writer& rest) const {
  const auto* clock = table<gleaner_clock>(GLEANER_CLOCK);
  if (clock == nullptr) return GLEANER_UNSUPPORTED;
  if (request != Request::date_in) {
    rest.number(request == Request::now_ms ? clock->now_ms(host_) : clock->steady_ms(host_));
    return GLEANER_OK;
  }
  const auto wall_ms = from.number<std::int64_t>();
  const auto zone = from.str();
  if (!from.finished()) return GLEANER_FAILED;
  std::array<char, 10> day{};
  const auto status = clock->date_in(host_, wall_ms, zone, day.data());
  if (status == GLEANER_OK) rest.text(std::string_view(day.data(), day.size()));
  return status;
}

// A handle of another component's file is no handle here.
std::int32_t Desk::answer_file(Request request, Unpacker& from, Writer& rest) {
  const auto* file = table<gleaner_file>(GLEANER_FILE);
  const auto* call = visit_.call;
  if (file == nullptr || call == nullptr) return GLEANER_UNSUPPORTED;
  if (request == Request::file_open) {
    const auto path = from.str();
    if (!from.finished()) return GLEANER_FAILED;
    std::uint64_t handle = 0;
    const auto status = file->open(host_, call, path, &handle);
    if (status == GLEANER_OK) files_.insert(handle);
    rest.number(handle);
    return status;
  }
  auto handle = from.number<std::uint64_t>();
  if (!files_.contains(handle)) handle = 0;  // of which the host says that it is not open
  if (request == Request::file_commit) {
    files_.erase(handle);
    return file->commit(host_, call, handle);
  }
  const auto bytes = from.str();
  return from.finished() ? file->write(host_, call, handle, bytes) : GLEANER_FAILED;
}

std::int32_t Desk::answer_http(Request request, Unpacker& from, Writer& rest) {
  const auto* http = table<gleaner_http>(GLEANER_HTTP);
  const auto* call = visit_.call;
  if (http == nullptr || call == nullptr) return GLEANER_UNSUPPORTED;
  if (request == Request::http_submit) {
    shelf_.clear();
    const auto wanted = shelf_.request(from);
    if (!from.finished()) return GLEANER_FAILED;
    std::uint64_t ticket = 0;
    const auto status = http->submit(host_, call, &wanted, &keep_answer, &answers_, &ticket);
    if (status == GLEANER_OK) answers_.awaited.insert(ticket);
    rest.number(ticket);
    return status;
  }
  const auto slice = from.number<std::uint32_t>();
  if (!from.finished()) return GLEANER_FAILED;
  const auto status = http->wait_any(host_, call, std::min(slice, longest_wait_ms));
  rest.number(answers_.count);
  rest.bytes(answers_.all.out().data(), answers_.all.needed());
  answers_.count = 0;
  answers_.all = Writer();
  return status;
}

// It keeps the worker waiting, and the host with it: what looks after a call sees that its cancellation is
// asked for.
std::int32_t Desk::answer_mail(Unpacker& from, Writer& rest) {
  gleaner_mail_message message{};
  message.size = sizeof message;
  for (auto* words : {&message.server, &message.user, &message.password, &message.from, &message.content})
    *words = from.str();
  shelf_.clear();
  const auto recipients = shelf_.texts(from);
  message.recipients = recipients.data();
  message.recipient_count = recipients.size();
  message.require_tls = from.number<std::uint32_t>();
  message.timeout_ms = from.number<std::uint32_t>();
  if (!from.finished()) {
    from.fail();
    return GLEANER_FAILED;
  }
  const auto* mail = table<gleaner_mail>(GLEANER_MAIL);
  if (mail == nullptr || visit_.call == nullptr) return GLEANER_UNSUPPORTED;
  if (message.user.size > 0 && !secrets_.contains(view(message.password))) {
    rest.text(std::string_view("The password of the mail server is no secret of this component."));
    return GLEANER_DENIED;
  }
  const OverheardCall call(*visit_.call);
  const auto status = mail->send(host_, call.raw(), &message);
  rest.text(call.words());
  return status;
}

void Desk::close() {
  if (const auto* file = table<gleaner_file>(GLEANER_FILE))
    for (const auto handle : files_)
      file->abandon(host_, handle);
  if (const auto* http = table<gleaner_http>(GLEANER_HTTP))
    for (const auto ticket : answers_.awaited)
      http->cancel(host_, ticket);
  files_.clear();
  answers_.awaited.clear();
  pushed_ = GLEANER_OK;
}

}  // namespace gleaner::host::isolation
