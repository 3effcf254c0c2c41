// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/answer_checks.hpp"

#include "plugins/common/ascii.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/html_text.hpp"

namespace gleaner::common {
namespace {

constexpr std::size_t kShown = 60;           // bytes of a body in a message
constexpr std::size_t kTitleWithin = 16384;  // bytes in which a page's title is looked for

std::string_view without_mark(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  return trimmed(body);
}

bool is_web_page(std::string_view body) {
  body = without_mark(body);
  if (starts_ignoring_case(body, "<?xml")) {  // XHTML
    const std::size_t end = body.find("?>");
    if (end != kNone) body = trimmed(body.substr(end + 2));
  }
  while (body.starts_with("<!--")) {
    const std::size_t end = body.find("-->");
    if (end == kNone) return false;
    body = trimmed(body.substr(end + 3));
  }
  return starts_ignoring_case(body, "<!doctype html") || starts_ignoring_case(body, "<html") ||
         starts_ignoring_case(body, "<head") || starts_ignoring_case(body, "<body");
}

std::string page_title(std::string_view page) {
  page = page.substr(0, kTitleWithin);
  const std::string lower = lower_case(page);
  const std::size_t start = lower.find("<title");
  const std::size_t open = start == std::string::npos ? start : lower.find('>', start);
  const std::size_t end = open == std::string::npos ? open : lower.find("</title", open);
  if (end == std::string::npos) return {};
  return beginning_of(html_to_text(page.substr(open + 1, end - open - 1)));
}

std::string megabytes(std::size_t bytes) {
  if (bytes >= std::size_t{1} << 20) return std::to_string(bytes >> 20) + " MiB";
  return std::to_string(bytes) + " bytes";
}

}  // namespace

Error malformed(std::string_view origin, std::string_view problem) {
  // A problem quotes what was read, which need not be UTF-8 throughout, or was cut within a character.
  return Error(std::string(origin) + " " + valid_utf8(problem), GLEANER_MALFORMED);
}

std::string beginning_of(std::string_view body) {
  const bool is_cut = body.size() > kShown;
  body = body.substr(0, kShown);
  while (is_cut && !body.empty() && (static_cast<unsigned char>(body.back()) & 0xC0) == 0x80)
    body.remove_suffix(1);  // not half a character
  if (is_cut && !body.empty() && static_cast<unsigned char>(body.back()) >= 0xC0) body.remove_suffix(1);
  return plain_line(body) + (is_cut ? "…" : "");
}

void check_answer(std::string_view body, std::string_view wanted, std::string_view origin, std::size_t most) {
  if (without_mark(body).empty())
    throw malformed(origin, "gave an empty answer instead of " + std::string(wanted) + ".");
  if (body.size() > most)
    throw malformed(origin, "is larger than " + megabytes(most) + ", which is more than this source reads.");
  if (body.starts_with("\x1F\x8B")) throw malformed(origin, "is compressed (gzip); unpack it first.");
  if (is_web_page(body)) {
    const std::string title = page_title(body);
    throw Error(std::string(origin) + " gave a web page instead of " + std::string(wanted) +
                    (title.empty() ? "" : ", titled \"" + title + "\"") +
                    ": the server may be down for maintenance, or the address is wrong.",
                GLEANER_UNREACHABLE);
  }
}

}  // namespace gleaner::common
