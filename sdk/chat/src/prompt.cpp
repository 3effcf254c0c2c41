#include "prompt.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <gleaner/cpp/text.hpp>

#include "prices.hpp"
#include "tokens.hpp"

namespace gleaner::chat {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view system_heading = "## system prompt";
constexpr std::string_view user_heading = "## user prompt";
constexpr std::string_view blanks = " \t\n\r";

Error bad_prompt(const std::string& sentence) {
  return invalid_option("prompt", sentence);
}

/// Bytes of the well-formed UTF-8 sequence at the beginning (Unicode 15, table 3-7); 0 for none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  const auto follows = [&](std::size_t i) { return byte(i) >= 0x80 && byte(i) <= 0xBF; };
  const auto lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return follows(1) ? 2 : 0;
  const auto second = byte(1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
  if (overlong || beyond || !follows(1) || !follows(2)) return 0;
  if (lead < 0xF0) return 3;
  return follows(3) ? 4 : 0;
}

/// The line of the first byte that is no UTF-8, from 1; nothing where all is well.
std::optional<std::size_t> line_of_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto length = sequence_length(text.substr(at));
    if (length == 0)
      return 1 + static_cast<std::size_t>(
                     std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    at += length;
  }
  return std::nullopt;
}

std::string with_unix_lines(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  return out;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Where a heading's line begins and where the text under it does.
struct HeadingPlace {
  std::size_t begin = 0;
  std::size_t under = 0;
};

std::optional<HeadingPlace> find_heading(std::string_view text, std::string_view heading) {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    if (in_lower_case(without_blanks(text.substr(begin, end - begin))) == heading)
      return HeadingPlace{begin, std::min(end + 1, text.size())};
    begin = end + 1;
  }
  return std::nullopt;
}

struct Messages {
  std::string system;
  std::string user;
};

/// What stands above both headings is for the model too: it opens the system message.
Messages under_headings(std::string_view text, const HeadingPlace& system, const HeadingPlace& user) {
  const auto under = [&](const HeadingPlace& own, const HeadingPlace& other) {
    const auto end = other.begin > own.begin ? other.begin : text.size();
    return without_blanks(text.substr(own.under, end - own.under));
  };
  std::string opening(without_blanks(text.substr(0, std::min(system.begin, user.begin))));
  if (!opening.empty()) opening += "\n\n";
  return {opening += under(system, user), std::string(under(user, system))};
}

Messages messages_of(const std::string& text) {
  const auto system = find_heading(text, system_heading);
  const auto user = find_heading(text, user_heading);
  if (!system || !user) return {{}, text};
  auto messages = under_headings(text, *system, *user);
  if (messages.system.find(placeholder) != std::string::npos)
    throw bad_prompt("The prompt has " + std::string(placeholder) +
                     " in its system part, but papers go into the user's message: move it under \"## User "
                     "Prompt\".");
  return messages;
}

/// "$1.14"; cents without a locale.
std::string in_dollars(double dollars) {
  const auto cents = std::llround(dollars * 100);
  if (cents < 1) return "less than $0.01";
  const auto rest = std::to_string(cents % 100);
  return "$" + std::to_string(cents / 100) + (rest.size() < 2 ? ".0" : ".") + rest;
}

/// What `tokens` cost more in 1,000 requests when no cache serves them; nothing where that is unknown or
/// nothing.
std::optional<double> uncached_surcharge(std::uint64_t tokens, std::string_view model) {
  const auto price = listed_price(model);
  if (!price || price->cached >= price->input) return std::nullopt;
  return static_cast<double>(tokens) * (price->input - price->cached) / 1e6 * 1000;
}

}  // namespace

Prompt parse_prompt(std::string_view text) {
  if (const auto line = line_of_bad_byte(text))
    throw bad_prompt("The prompt is no UTF-8 text: line " + std::to_string(*line) +
                     " has a byte that is none. Save the file as UTF-8.");
  Prompt prompt;
  prompt.whole = with_unix_lines(text);
  if (without_blanks(prompt.whole).empty())
    throw bad_prompt("The prompt is empty: write your criteria into the file, with " +
                     std::string(placeholder) + " where the papers go.");
  auto messages = messages_of(prompt.whole);
  prompt.system = std::move(messages.system);
  const auto at = messages.user.find(placeholder);
  prompt.has_placeholder = at != std::string::npos;
  prompt.prefix = messages.user.substr(0, at);
  if (prompt.has_placeholder) prompt.tail = messages.user.substr(at + placeholder.size());
  const auto lower = in_lower_case(prompt.whole);
  prompt.asks_for_lines =
      lower.find("arxivid") != std::string::npos && lower.find("json") != std::string::npos;
  return prompt;
}

double cacheable_share(const Prompt& prompt) {
  const auto first = static_cast<double>(estimate_tokens(prompt.system) + estimate_tokens(prompt.prefix));
  const auto last = static_cast<double>(estimate_tokens(prompt.tail));
  return last == 0 ? 1 : first / (first + last);
}

std::string placement_warning(const Prompt& prompt, std::string_view model) {
  const auto share = cacheable_share(prompt);
  if (share >= 0.5) return {};
  const auto tokens = estimate_tokens(prompt.tail);
  const auto extra = uncached_surcharge(tokens, model);
  return std::string(placeholder) + " stands before " + std::to_string(std::lround((1 - share) * 100)) +
         " % of the prompt, so that about " + std::to_string(tokens) +
         " tokens of it are paid in full with every request" +
         (extra ? " instead of coming from the provider's cache (" + in_dollars(*extra) +
                      " more in 1,000 requests to " + std::string(model) + ")"
                : "") +
         ": move it towards the end of the file.";
}

}  // namespace gleaner::chat
