// SPDX-License-Identifier: Apache-2.0
#include "plugins/email/letter.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include <gleaner/plugin.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/dates.hpp"
#include "plugins/common/message/text.hpp"
#include "plugins/email/encode.hpp"

namespace gleaner::email {
namespace {

constexpr std::size_t kLongestSubject = 200;

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t count) {
  int out = 0;
  if (at + count > text.size()) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, out);
  if (error != std::errc{} || end != text.data() + at + count || out < 0) return std::nullopt;
  return out;
}

/// "Z", "+02:00"; in seconds. Nothing for anything else.
std::optional<int> zone_of(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = number_at(text, 1, 2);
  const auto minutes = number_at(text, 4, 2);
  if (!hours || !minutes) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

/// RFC 3339; else the digest's day at midnight. Never the clock: the second try has to be the same message.
std::int64_t time_of(const digest::Page& page) {
  const auto midnight = [](const digest::Date& date) {
    return std::int64_t{std::chrono::sys_days{date}.time_since_epoch().count()} * 86'400;
  };
  const std::string_view text = page.generated;
  const auto day = digest::parse_date(text.substr(0, std::min<std::size_t>(10, text.size())));
  const auto hours = number_at(text, 11, 2);
  const auto minutes = number_at(text, 14, 2);
  const auto seconds = number_at(text, 17, 2);
  if (!day || !hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 60)
    return midnight(page.date);
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.')
    for (++at; at < text.size() && common::is_digit(text[at]);)
      ++at;
  const auto zone = zone_of(text.substr(at));
  return zone ? midnight(*day) + (*hours * 60L + *minutes) * 60L + *seconds - *zone : midnight(page.date);
}

std::string subject_of(const digest::Page& page, const std::string& pattern) {
  const std::pair<std::string_view, std::string> values[] = {
      {"{title}",
       message::shortened(message::one_line(page.title.empty() ? page.pipeline : page.title), 120)},
      {"{date}", digest::format_date(page.date, "%Y-%m-%d")},
      {"{count}", std::to_string(page.papers.size())}};
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto rest = std::string_view(pattern).substr(at);
    const auto* const found = std::find_if(std::begin(values), std::end(values),
                                           [&](const auto& value) { return rest.starts_with(value.first); });
    if (found == std::end(values)) {
      out += pattern[at++];
      continue;
    }
    out += found->second;
    at += found->first.size();
  }
  return message::shortened(message::one_line(out), kLongestSubject);
}

std::string list_of(const digest::Page& page, const LetterOptions& options) {
  if (!options.list_id.empty()) return options.list_id;
  const auto name = identifier(page.pipeline.empty() ? "digest" : page.pipeline);
  return name.substr(0, 40) + ".gleaner." + options.from.domain();
}

/// "=_" occurs in no quoted-printable text (RFC 2045, section 6.7).
std::string boundary_of(const std::string& id) {
  return "=_gleaner_" + hash_text(id);
}

std::string part(const std::string& boundary, const std::string& type, std::string_view text) {
  return "--" + boundary + "\r\nContent-Type: " + type +
         "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted_printable(text);
}

}  // namespace

void check_list_id(const std::string& text) {
  const bool is_good =
      !text.empty() && text.size() <= 200 && text.front() != '.' && text.back() != '.' &&
      text.find('.') != std::string::npos && text.find("..") == std::string::npos &&
      std::all_of(text.begin(), text.end(), [](char c) {
        return common::is_letter(c) || common::is_digit(c) || c == '.' || c == '-' || c == '_';
      });
  if (!is_good)
    throw invalid_option("list_id",
                         "`list_id` is not an identifier of a list: write letters, digits and dots, as "
                         "papers.example.org.");
}

std::string letter(const digest::Page& page, const std::string& key, const LetterOptions& options) {
  const std::string domain = options.from.domain();
  const std::string day = digest::format_date(page.date, "%Y-%m-%d");
  const std::string id = identifier(key.empty() ? page.pipeline + "-" + day : key);
  const std::string boundary = boundary_of(id);
  const Body body = body_of(page, options.body);
  std::string out = "Date: " + mail_date(time_of(page)) + "\r\n";
  out += mailbox_field("From", options.from.name, options.from.address);
  // Nobody learns who else gets it.
  out += options.to.empty() ? "To: undisclosed-recipients:;\r\n" : mailbox_field("To", {}, options.to);
  out += text_field("Subject", subject_of(page, options.subject));
  out += token_field("Message-ID", "<" + id + "@" + domain + ">");
  if (options.thread) {
    const std::string root = "<gleaner-" + hash_text(page.pipeline) + "@" + domain + ">";
    out += token_field("In-Reply-To", root) + token_field("References", root);
  }
  out += token_field("List-Id", "<" + list_of(page, options) + ">");
  out += "Auto-Submitted: auto-generated\r\n";
  out += "MIME-Version: 1.0\r\n";
  out += "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
  out += part(boundary, "text/plain", body.text);
  out += part(boundary, "text/html", body.html);
  return out + "--" + boundary + "--\r\n";
}

}  // namespace gleaner::email
