// [run], [budget] and [secrets].
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <system_error>

#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/config/top_level.hpp"

namespace gleaner::host {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

void read_fallback(const Reader& reader, const toml::node& node, std::span<const ReadComponent> stages,
                   BudgetConfig& budget) {
  const auto name = reader.text(node, "fallback of [budget]");
  if (!name) return;
  std::vector<std::string> names;
  for (const ReadComponent& stage : stages) {
    names.push_back(stage.config.name);
    if (stage.config.name != *name) continue;
    budget.fallback = *name;
    const ComponentInfo* info = stage.config.info;
    if (info == nullptr) return;
    if (info->can(GLEANER_REMOTE) || info->can(GLEANER_PAID))
      reader.add(Code::remote_fallback, node.source(),
                 concat({"fallback of [budget] cannot be ", *name,
                         ", which asks a server; name a stage without network"}));
    else if (info->can(GLEANER_AFTER_SELECT) || stage.config.axes.empty())
      reader.add(Code::useless_fallback, node.source(),
                 concat({"fallback of [budget] cannot be ", *name,
                         info->can(GLEANER_AFTER_SELECT) ? ", which works on the selected papers alone"
                                                         : ", which gives no axis",
                         "; name a stage that scores"}));
    return;
  }
  const std::string meant = did_you_mean(*name, names);
  const std::string there =
      names.empty() ? "; this pipeline has no stage" : concat({"; stages are ", quote_all(names)});
  reader.add(Code::unknown_fallback, node.source(),
             concat({"fallback of [budget] names no stage: ", quote(*name), meant.empty() ? there : meant}));
}

/// Permission bits of everyone but the owner, in octal, or empty when there are none.
std::string open_mode(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  const auto mode = static_cast<unsigned>(status.permissions()) & 0777U;
  if (error || (mode & 0077U) == 0) return "";
  constexpr std::string_view digits = "01234567";
  return {digits[mode >> 6U], digits[(mode >> 3U) & 7U], digits[mode & 7U]};
}

void read_secrets_file(const Reader& reader, const toml::node& node, const std::filesystem::path& folder,
                       SecretsCheck check, SecretsConfig& secrets) {
  const auto text = reader.plain_text(node, "file of [secrets]");
  if (!text) return;
  secrets.file = (folder / *text).lexically_normal();
  if (check == SecretsCheck::trust) return;
  std::error_code error;
  if (!std::filesystem::exists(secrets.file, error)) {
    reader.add(Code::missing_secrets_file, node.source(),
               concat({"the secrets file ", quote(*text), " does not exist, so no secret is found in it"}));
    return;
  }
  const std::string mode = open_mode(secrets.file);
  if (mode.empty()) return;
  reader.add(Code::open_secrets_file, node.source(),
             concat({"the secrets file ", quote(*text), " can be read by others (mode ", mode,
                     "); run chmod 600 on it"}));
}

void read_command(const Reader& reader, const toml::node& node, SecretsConfig& secrets) {
  Reader::Places inner;
  auto command = reader.list(node, "command of [secrets]", {}, inner);
  if (!command) return;
  const bool names = std::any_of(command->begin(), command->end(), [](const std::string& word) {
    return word.find("{name}") != std::string::npos;
  });
  if (names)
    secrets.command = std::move(*command);
  else
    reader.add(Code::bad_secrets_command, node.source(),
               "command of [secrets] has no \"{name}\" where the secret's name goes, as in [\"pass\", "
               "\"show\", \"{name}\"]");
}

// "2026-11-26", a day that exists.
bool is_date(std::string_view text) {
  const auto number = [text](std::size_t from, std::size_t count) {
    int out = -1;
    const auto part = text.substr(from, count);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), out);
    return error == std::errc{} && end == part.data() + part.size() ? out : -1;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  return year >= 0 && month > 0 && day > 0 &&
         std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

void read_holidays(const Reader& reader, const toml::node& node, std::string_view what, RunConfig& run) {
  Reader::Places inner;
  auto dates = reader.list(node, what, {}, inner);
  if (!dates) return;
  for (std::size_t i = 0; i < dates->size(); ++i)
    if (!is_date((*dates)[i]))
      reader.report().add(Code::bad_date, inner.at("/" + std::to_string(i)),
                          concat({quote((*dates)[i]), " is not a date like \"2026-11-26\""}));
  run.holidays = std::move(*dates);
}

}  // namespace

void read_run(const Reader& reader, RunConfig& run) {
  static const std::array<std::string, 4> keys{"catch_up", "replacements", "seen", "holidays"};
  static const std::array<std::string, 3> replacements{"ignore", "tracked", "all"};
  const toml::table* table = find_table(reader, "run");
  if (table == nullptr) return;
  for (const Reader::Entry& entry : reader.in_order(*table)) {
    const std::string_view key = entry.key->str();
    const std::string what = concat({key, " of [run]"});
    if (key == "catch_up") {
      const auto days = reader.integer(*entry.value, what, {{0, 3650}});
      run.catch_up = static_cast<int>(days.value_or(run.catch_up));
    } else if (key == "replacements") {
      run.replacements = reader.choice(*entry.value, what, replacements).value_or(run.replacements);
    } else if (key == "holidays") {
      read_holidays(reader, *entry.value, what, run);
    } else if (key == "seen") {
      run.seen = reader.boolean(*entry.value, what).value_or(run.seen);
    } else {
      report_unknown_in(reader, "run", *entry.key, keys);
    }
  }
}

void read_budget(const Reader& reader, std::span<const ReadComponent> stages, BudgetConfig& budget) {
  static const std::array<std::string, 4> keys{"usd", "tokens", "minutes", "fallback"};
  constexpr Bounds not_negative{{0, unlimited}};
  const toml::table* table = find_table(reader, "budget");
  if (table == nullptr) return;
  for (const Reader::Entry& entry : reader.in_order(*table)) {
    const std::string_view key = entry.key->str();
    const std::string what = concat({key, " of [budget]"});
    if (key == "usd")
      budget.usd = reader.number(*entry.value, what, not_negative);
    else if (key == "tokens")
      budget.tokens = reader.integer(*entry.value, what, not_negative);
    else if (key == "minutes")
      budget.minutes = reader.number(*entry.value, what, not_negative);
    else if (key == "fallback")
      read_fallback(reader, *entry.value, stages, budget);
    else
      report_unknown_in(reader, "budget", *entry.key, keys);
  }
}

void read_secrets(const Reader& reader, const std::filesystem::path& folder, SecretsCheck check,
                  SecretsConfig& secrets) {
  static const std::array<std::string, 2> keys{"file", "command"};
  const toml::table* table = find_table(reader, "secrets");
  if (table == nullptr) return;
  for (const Reader::Entry& entry : reader.in_order(*table)) {
    const std::string_view key = entry.key->str();
    if (key == "file")
      read_secrets_file(reader, *entry.value, folder, check, secrets);
    else if (key == "command")
      read_command(reader, *entry.value, secrets);
    else
      report_unknown_in(reader, "secrets", *entry.key, keys);
  }
}

}  // namespace gleaner::host
