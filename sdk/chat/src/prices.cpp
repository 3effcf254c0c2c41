#include "prices.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <gleaner/cpp/text.hpp>

#include "price_list.hpp"

namespace gleaner::chat {
namespace {

constexpr std::string_view date_mark = "# date: ";

/// Takes what stands before `end` off the front of `text`, and `end` with it.
std::string_view cut_before(std::string_view& text, char end) {
  const auto at = text.find(end);
  const auto piece = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return piece;
}

bool is_decimal_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "0.3125" without a locale: digits over a power of ten are rounded once. Nothing for "-".
std::optional<double> decimal(std::string_view text) {
  double digits = 0;
  double scale = 1;
  bool fraction = false;
  if (text.empty()) return std::nullopt;
  for (const char c : text) {
    if (c == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!is_decimal_digit(c)) return std::nullopt;
    digits = digits * 10 + (c - '0');
    if (fraction) scale *= 10;
  }
  return digits / scale;
}

/// Servers write versions with dots or with dashes: "claude-sonnet-4.5" and "claude-sonnet-4-5" are one
/// model.
bool is_same_model(std::string_view a, std::string_view b) {
  const auto joins = [](char c) { return c == '.' || c == '-'; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return x == y || (joins(x) && joins(y)); });
}

/// One line of the list, and whether the list has the model at all.
struct Row {
  bool listed = false;
  std::optional<Price> price;
};

Row row_of(std::string_view model) {
  std::string_view lines = price_list_text;
  while (!lines.empty()) {
    std::string_view line = cut_before(lines, '\n');
    if (line.empty() || line.front() == '#') continue;
    if (!is_same_model(cut_before(line, '\t'), model)) continue;
    const auto input = decimal(cut_before(line, '\t'));
    const auto cached = decimal(cut_before(line, '\t'));
    const auto written = decimal(cut_before(line, '\t'));
    const auto output = decimal(cut_before(line, '\t'));
    if (!input || !output) return {true, std::nullopt};
    return {true, Price{*input, cached.value_or(*input), written.value_or(*input), *output}};
  }
  return {};
}

// Those who sell a listed model under its own name and at its own price. Not any word before a slash: names
// such as "unsloth/…" are files one runs oneself.
constexpr std::array<std::string_view, 17> vendors{
    "openrouter", "openai", "azure",    "anthropic", "google",    "gemini",
    "vertex_ai",  "models", "deepseek", "mistral",   "mistralai", "moonshot",
    "moonshotai", "x-ai",   "xai",      "qwen",      "dashscope"};

std::string_view without_vendor(std::string_view model) {
  for (auto slash = model.find('/'); slash != std::string_view::npos; slash = model.find('/')) {
    if (std::find(vendors.begin(), vendors.end(), model.substr(0, slash)) == vendors.end()) break;
    model.remove_prefix(slash + 1);
  }
  return model;
}

/// Whether the text is of the form, in which 9 stands for any digit.
bool has_form(std::string_view text, std::string_view form) {
  return std::equal(text.begin(), text.end(), form.begin(), form.end(),
                    [](char c, char f) { return f == '9' ? is_decimal_digit(c) : c == f; });
}

std::string_view without_date(std::string_view model) {
  constexpr std::array<std::string_view, 3> endings{"-2099-99-99", "-20999999", "-latest"};
  for (const auto ending : endings) {
    if (model.size() <= ending.size()) continue;
    const auto name = model.substr(0, model.size() - ending.size());
    if (has_form(model.substr(name.size()), ending)) return name;
  }
  return model;
}

Error bad_price(const std::string& sentence) {
  return invalid_option("price", sentence);
}

bool is_price(double value) {
  return std::isfinite(value) && value >= 0;
}

}  // namespace

std::optional<Price> listed_price(std::string_view model) {
  const auto name = without_vendor(model);
  if (const auto row = row_of(name); row.listed) return row.price;
  return row_of(without_date(name)).price;
}

std::optional<Price> price_of(std::string_view model,
                              const std::vector<std::pair<std::string, double>>& option) {
  if (option.empty()) return listed_price(model);
  std::optional<double> input, cached, written, output;
  for (const auto& [key, value] : option) {
    if (!is_price(value))
      throw bad_price("The price of " + key +
                      " is not a number of dollars: give 0 or more, per million tokens.");
    if (key == "input")
      input = value;
    else if (key == "output")
      output = value;
    else if (key == "cached")
      cached = value;
    else if (key == "cache_written")
      written = value;
    else
      throw bad_price("There is no price of \"" + key +
                      "\": the keys are input, output, cached and cache_written.");
  }
  if (!input || !output)
    throw bad_price(std::string("The price has no ") + (input ? "output" : "input") +
                    ": give dollars per million tokens, as in { input = 2.5, output = 10 }.");
  return Price{*input, cached.value_or(*input), written.value_or(*input), *output};
}

Cost cost_of(const Tokens& tokens, const std::optional<Price>& price) {
  if (!price) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  // A server that counts more cached tokens than it read would make the rest negative.
  const auto cached = std::min(tokens.cached, tokens.prompt);
  const auto written = std::min(tokens.cache_written, tokens.prompt - cached);
  const auto plain = tokens.prompt - cached - written;
  const auto dollars = [](std::uint64_t count, double per_million) {
    return static_cast<double>(count) * per_million / 1e6;
  };
  return {
      dollars(plain, price->input) + dollars(cached, price->cached) + dollars(written, price->cache_written),
      dollars(tokens.completion, price->output)};
}

std::string_view price_list_date() {
  const std::string_view text = price_list_text;
  std::string_view rest = text.substr(text.find(date_mark) + date_mark.size());
  return cut_before(rest, '\n');
}

}  // namespace gleaner::chat
