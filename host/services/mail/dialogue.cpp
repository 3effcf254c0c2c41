#include "host/services/mail/dialogue.hpp"

#include <algorithm>

#include "host/services/http/letters.hpp"

namespace gleaner::host::mail {
namespace {

constexpr std::size_t longest_answer = 300;

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, longest_answer)) {
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (is_space && (out.empty() || out.back() == ' ')) continue;
    out += is_space ? ' ' : ' ' < c && c <= '~' ? c : '?';
  }
  while (out.ends_with(' '))
    out.pop_back();
  return out;
}

void Dialogue::command(std::string_view line) {
  const std::string word = http::upper(line.substr(0, 4));
  if (word == "EHLO" || word == "HELO") phase_ = Phase::hello;
  if (word == "STAR") phase_ = Phase::tls;
  if (word == "AUTH") phase_ = Phase::login;
  if (word == "MAIL") phase_ = Phase::sender;
  if (word == "RCPT") phase_ = Phase::recipient;
  if (word == "DATA") phase_ = Phase::content;
  if (word == "QUIT") over_ = true;
  if (over_) return;
  // Any other line goes on with the login.
  code_ = 0;
  whole_ = true;
  answer_.clear();
}

void Dialogue::reply(std::string_view lines) {
  if (over_) return;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    reply_line(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

/// RFC 5321, section 4.2: three digits, then '-' where another line follows.
void Dialogue::reply_line(std::string_view line) {
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return;
  if (phase_ == Phase::connect) phase_ = Phase::greeting;
  if (whole_) answer_.clear();
  code_ = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  whole_ = line.size() < 4 || line[3] != '-';
  if (line.size() <= 4 || answer_.size() >= longest_answer) return;
  const std::string words = printable(line.substr(4));
  if (!answer_.empty() && !words.empty()) answer_ += ' ';
  answer_ += words;
}

void Dialogue::content_ends() {
  phase_ = Phase::end;
  code_ = 0;
  whole_ = true;
  answer_.clear();
}

}  // namespace gleaner::host::mail
