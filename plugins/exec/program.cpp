// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/program.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "plugins/common/json.hpp"
#include "plugins/exec/find_program.hpp"
#include "plugins/exec/sentences.hpp"

namespace gleaner::exec {
namespace {

namespace bj = boost::json;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kStep{50};           // between two looks whether the run is interrupted
constexpr milliseconds kAfterCancel{1000};  // to go by itself
constexpr milliseconds kAfterLastLine{2000};
constexpr milliseconds kToDie{500};                     // from closing its standard input to being gone
constexpr std::size_t kQueued = std::size_t{64} << 10;  // bytes waiting to be read by the program
constexpr std::size_t kMostLogged = 1000;               // lines of one program
constexpr std::size_t kKeptErrors = 3;

std::uint64_t count_in(const bj::value& value) {
  if (value.is_uint64()) return value.get_uint64();
  if (value.is_int64() && value.get_int64() > 0) return static_cast<std::uint64_t>(value.get_int64());
  return 0;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
}

}  // namespace

bj::object options_of(const ProgramOptions& options) {
  if (options.options.text.empty()) return {};
  bj::value parsed = bj::parse({options.options.text.data(), options.options.text.size()});
  return parsed.is_object() ? std::move(parsed.get_object()) : bj::object();
}

Program::Program(const ProgramOptions& options, const Host& host, const Facts& facts, const Call& call)
    : options_(options), host_(host), who_(program_name(options)), date_(facts.date), alive_(Clock::now()) {
  call.stop_if_cancelled();  // rather than start what would have to be ended
  const std::string file = find_program(options);
  ChildCommand command;
  command.program = file;
  command.words = options.command;
  command.environment = environment(options, word_of(facts.role), facts.instance, facts.date);
  command.folder = options.folder.text;
  // A script is run as `interpreter argv[0]` in the folder, so its name has to lead there as it does here.
  if (command.words.front().find('/') != std::string::npos) command.words.front() = file;
  try {
    child_ = std::make_unique<Child>(command);
  } catch (const std::system_error& problem) {
    throw not_started(options, file, problem.code().value());
  }
  if (!options.handshake) return;
  try {
    shake_hands(facts, call);
  } catch (...) {
    abandon();
    throw;
  }
}

Program::~Program() {
  abandon();
}

bool Program::wants_more() const {
  return !child_->is_deaf() && child_->unsent() < kQueued;
}

void Program::require_ears(bool is_more) {
  if (!child_->is_deaf() || child_->ending() || (!is_more && !child_->has_lost())) return;
  const auto now = Clock::now();
  if (!deaf_since_) deaf_since_ = now;
  if (now - *deaf_since_ < kToDie) return;  // it may just be ending
  const Error error = deaf(who_, expecting(), words());
  abandon();
  throw error;
}

void Program::shake_hands(const Facts& facts, const Call& call) {
  std::optional<std::string> secret;
  if (!options_.secret.empty()) secret = host_.reveal(options_.secret);
  const bj::object options = options_of(options_);
  send(hello_line(facts, options, secret));
  expect([] { return "its answer to the handshake"; });
  const auto answer = next(call, {});
  if (!answer) throw ended();
  ready_ = read_ready(answer->object, facts, options, who_);
  host_.debug(who_ + (ready_.title.empty() ? "" : " (" + ready_.title + ")") + " is ready.");
}

// One look at the pipes. Whoever calls it asks again.
void Program::step(const Call& call) {
  if (call.cancelled()) interrupted();
  const std::size_t before = child_->unsent();
  child_->pump(kStep);
  if (child_->unsent() < before) alive_ = Clock::now();
  take_errors();
  if (Clock::now() - alive_ < options_.patience) return;
  const Error error = silent(who_, options_.patience, expecting(), words());
  abandon();
  throw error;
}

void Program::interrupted() {
  if (options_.handshake) {
    child_->forget_unsent();
    send("{\"cancel\":true}\n");
  }
  close(kAfterCancel);
  throw Error("The run was interrupted.", GLEANER_CANCELLED);
}

std::optional<Line> Program::next(const Call& call, const Feed& feed) {
  alive_ = Clock::now();
  for (;;) {
    if (feed) feed();
    lines_.add(child_->output);
    child_->output.clear();
    if (child_->output_ended()) lines_.end();
    while (const auto text = lines_.next()) {
      if (is_blank(*text)) continue;
      auto line = parsed(*text);
      if (is_for_the_host(line->object, call)) continue;
      alive_ = Clock::now();
      return line;
    }
    if (lines_.is_too_long()) {
      const Error error = too_long(who_, lines_.number() + 1, lines_.begin());
      abandon();
      throw error;
    }
    if (child_->output_ended()) {
      await_end(call);
      return std::nullopt;
    }
    if (is_over()) return std::nullopt;
    step(call);
  }
}

bool Program::read(const Call& call, std::string& to) {
  alive_ = Clock::now();
  while (child_->output.empty()) {
    if (child_->output_ended()) {
      await_end(call);
      return false;
    }
    step(call);
  }
  to = std::exchange(child_->output, {});
  return true;
}

// It closed its standard output, which most programs do by ending.
void Program::await_end(const Call& call) {
  while (!child_->ending() && !is_over())
    step(call);
  close(milliseconds(0));
}

std::optional<Line> Program::parsed(std::string_view text) {
  bj::error_code problem;
  bj::value value;
  if (text.size() <= kLongestLine) value = bj::parse({text.data(), text.size()}, problem);
  if (text.size() <= kLongestLine && !problem && value.is_object())
    return Line{lines_.number(), std::move(value.get_object())};
  const std::string shown(text.substr(0, 400));
  const std::size_t number = lines_.number();
  const bool is_long = text.size() > kLongestLine;
  const bool is_first = number == 1 && options_.handshake;
  child_->wait(milliseconds(20));  // what it says on standard error may be the reason
  take_errors();
  const Error error = is_long    ? too_long(who_, number, shown)
                      : is_first ? not_ready(who_, shown)
                                 : not_json(who_, number, shown, words());
  abandon();
  throw error;
}

bool Program::is_for_the_host(const bj::object& line, const Call& call) {
  if (const auto* progress = line.if_contains("progress")) {
    const auto* parts = progress->if_array();
    const auto number = [&](std::size_t i) {
      return parts != nullptr && parts->size() > i ? count_in((*parts)[i]) : 0;
    };
    std::string what;
    if (parts != nullptr && parts->size() > 2 && (*parts)[2].is_string())
      what.assign((*parts)[2].get_string().data(), (*parts)[2].get_string().size());
    call.progress(number(0), number(1), what);
    alive_ = Clock::now();
    return true;
  }
  if (line.contains("log")) {
    say(line);
    return true;
  }
  if (line.contains("error") && !line.contains("id")) fail(line);
  return false;
}

void Program::say(const bj::object& line) {
  const std::string level = common::text_at(line, "log");
  std::string message = common::text_at(line, "message");
  if (message.empty()) message = level;
  if (++logged_ > kMostLogged) return;
  if (level == "warning")
    host_.warn(message);
  else if (level == "debug")
    host_.debug(message);
  else
    host_.info(message);
}

void Program::fail(const bj::object& line) {
  std::string sentence = common::text_at(line, "error");
  if (sentence.empty()) sentence = who_ + " failed and did not say why.";
  std::string option = common::text_at(line, "option");
  if (!option.empty()) option = std::string("/options") + (option.starts_with('/') ? "" : "/") + option;
  abandon();
  throw Error(sentence, option.empty() ? GLEANER_FAILED : GLEANER_INVALID, option);
}

void Program::take_errors() {
  errors_.add(child_->errors);
  child_->errors.clear();
  while (const auto line = errors_.next())
    log(*line);
  if (!errors_.is_too_long()) return;
  log(errors_.begin());
  errors_ = LineBuffer();
}

void Program::log(std::string_view line) {
  if (line.find_first_not_of(" \t\r\f\v^~") == std::string_view::npos) return;  // or a caret below some code
  if (error_tail_.size() == kKeptErrors) error_tail_.erase(error_tail_.begin());
  error_tail_.emplace_back(line.substr(0, 1000));
  if (++logged_ <= kMostLogged) host_.debug(who_ + ": " + error_tail_.back());
}

Error Program::ended() const {
  return ended_early(who_, ending(), expecting(), words());
}

bool Program::close(milliseconds grace) {
  if (closed_) return true;
  closed_ = true;
  const bool went = child_->stop(grace);
  take_errors();
  errors_.end();
  take_errors();
  return went;
}

void Program::finish() {
  if (closed_) return;
  const bool went = close(kAfterLastLine);
  if (!went)
    host_.warn(who_ + " did not end when its standard input did, and was stopped.");
  else if (!ending().is_clean())
    host_.warn(who_ + " ended with " + how_it_ended(ending()) + " after its last answer." + words());
}

void Program::finish_checked(const Call& call) {
  until_ = Clock::now() + kAfterLastLine;
  end_input();
  while (next(call, {})) {
  }
  abandon();
}

bool Program::is_over() const {
  return until_ && Clock::now() >= *until_;
}

void Program::abandon() {
  if (child_ != nullptr) close(milliseconds(0));
}

}  // namespace gleaner::exec
