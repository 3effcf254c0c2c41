#include "tests/plugins/feed/rules_common.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <iterator>
#include <regex>

namespace gleaner::feed::rules {
namespace {

int number_at(const std::smatch& match, std::size_t i) {
  return std::stoi(match[i].str());
}

// The C library's calendar, which knows nothing of ours. 0 is Sunday; -1: there is no such day.
int weekday_of(int year, int month, int day) {
  std::tm fields{};
  fields.tm_year = year - 1900;
  fields.tm_mon = month - 1;
  fields.tm_mday = day;
  fields.tm_hour = 12;
  const std::tm before = fields;
  if (::timegm(&fields) == -1 || fields.tm_mday != before.tm_mday || fields.tm_mon != before.tm_mon)
    return -1;
  return fields.tm_wday;
}

bool is_allowed_element(const std::string& name) {
  static const std::vector<std::string> kAllowed = {"p", "a", "strong", "ul", "li", "h2", "h3"};
  return std::find(kAllowed.begin(), kAllowed.end(), name) != kAllowed.end();
}

}  // namespace

bool is_xml_text(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const std::size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
    if (size == 0 || i + size > bytes.size()) return false;
    std::uint32_t code = size == 1 ? first : first & (0xFFU >> (size + 1));
    for (std::size_t k = 1; k < size; ++k) {
      const auto next = static_cast<unsigned char>(bytes[i + k]);
      if ((next >> 6U) != 2) return false;
      code = code * 64 + (next & 63U);
    }
    constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kSmallest[size]) return false;
    const bool is_character = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code <= 0xD7FF) ||
                              (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
    if (!is_character) return false;
    i += size;
  }
  return true;
}

bool is_rfc3339(std::string_view text) {
  static const std::regex kShape(
      R"((\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))");
  const std::string owned(text);
  std::smatch match;
  return std::regex_match(owned, match, kShape) &&
         weekday_of(number_at(match, 1), number_at(match, 2), number_at(match, 3)) >= 0;
}

bool is_rfc822(std::string_view text) {
  static const std::string kDays = "SunMonTueWedThuFriSat";
  static const std::string kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  static const std::regex kShape(
      R"((Sun|Mon|Tue|Wed|Thu|Fri|Sat), (\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) ([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)? (GMT|UT|[+-]\d{4}))");
  const std::string owned(text);
  std::smatch match;
  if (!std::regex_match(owned, match, kShape)) return false;
  const int month = static_cast<int>(kMonths.find(match[3].str()) / 3) + 1;
  return weekday_of(number_at(match, 4), month, number_at(match, 2)) ==
         static_cast<int>(kDays.find(match[1].str()) / 3);
}

// RFC 3986, by hand: std::regex goes as deep as the text is long, and strangers write long ones.
bool is_uri(std::string_view text) {
  const auto is_hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
  const auto is_plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("._~:/?#[]@!$&'()*+,;=-").find(c) != std::string_view::npos;
  };
  static const std::regex kScheme("[A-Za-z][A-Za-z0-9+.-]*");
  const auto colon = std::min(text.find(':'), text.size());
  if (colon > 30 || colon + 1 >= text.size()) return false;
  if (!std::regex_match(text.begin(), text.begin() + colon, kScheme)) return false;
  for (std::size_t i = colon + 1; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]);
    if (!is_escape && !is_plain(text[i])) return false;
    if (is_escape) i += 2;
  }
  return true;
}

bool is_web(std::string_view text) {
  const std::size_t start = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : text.size();
  return is_uri(text) && start < text.size() && std::isalnum(static_cast<unsigned char>(text[start])) != 0;
}

bool is_language_tag(std::string_view text) {
  static const std::regex kShape(R"([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)");
  return std::regex_match(text.begin(), text.end(), kShape);
}

bool is_harmless_html(std::string_view html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at)) {
    const std::size_t end = html.find('>', at);
    if (end == html.npos) return false;
    const std::string tag(html.substr(at + 1, end - at - 1));
    at = end;
    if (tag.starts_with("/")) {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
      continue;
    }
    const std::string name = tag.substr(0, tag.find(' '));
    if (!is_allowed_element(name)) return false;
    open.push_back(name);
    if (name == tag) continue;
    static const std::regex kAnchor(R"re(a href="(https?://[^" <]+)")re");
    if (!std::regex_match(tag, kAnchor)) return false;
  }
  return open.empty();
}

bool is_unique(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  return std::adjacent_find(list.begin(), list.end()) == list.end();
}

std::vector<pugi::xml_node> all(const pugi::xml_node& parent, const char* name) {
  const auto children = parent.children(name);
  return {children.begin(), children.end()};
}

bool has_elements(const pugi::xml_node& node) {
  return static_cast<bool>(
      node.find_child([](const pugi::xml_node& child) { return child.type() == pugi::node_element; }));
}

bool is_once(const pugi::xml_node& parent, const char* name) {
  return all(parent, name).size() == 1;
}

bool is_once_at_most(const pugi::xml_node& parent, const char* name) {
  return all(parent, name).size() <= 1;
}

}  // namespace gleaner::feed::rules
