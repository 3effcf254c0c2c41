#include "usage_table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace gleaner::markdown {
namespace {

constexpr std::size_t kColumns = 4;
using Row = std::array<std::string, kColumns>;
using Widths = std::array<std::size_t, kColumns>;

std::size_t code_points(const std::string& text) {
  const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts));
}

std::string model_cell(const std::string& model, std::string format, Escape escape) {
  constexpr std::string_view kPlace = "{model}";
  const std::size_t place = format.find(kPlace);
  if (place == std::string::npos) return format;
  return format.replace(place, kPlace.size(), escape_cell(model, escape));
}

Widths column_widths(const Row& header, const std::array<Row, 2>& rows) {
  Widths widths{};
  for (std::size_t i = 0; i < kColumns; ++i) {
    widths[i] = code_points(header[i]) + 2;
    for (const Row& row : rows)
      widths[i] = std::max(widths[i], code_points(row[i]));
  }
  return widths;
}

std::string draw_row(const Row& cells, const Widths& widths) {
  std::string line = "|";
  for (std::size_t i = 0; i < kColumns; ++i) {
    line += " " + cells[i] + std::string(widths[i] - code_points(cells[i]), ' ') + " |";
  }
  return line;
}

std::string draw_rule(const Widths& widths, TableAlign align) {
  std::string line = "|";
  for (const std::size_t width : widths) {
    const std::string dashes(align == TableAlign::center ? width : width + 2, '-');
    line += align == TableAlign::left ? dashes : ":" + dashes + ":";
    line += '|';
  }
  return line;
}

void add(std::optional<double>& sum, std::optional<double> part) {
  if (sum && part) {
    *sum += *part;
  } else {
    sum.reset();
  }
}

void add(digest::Usage& sum, const digest::Usage& row) {
  sum.requests += row.requests;
  sum.prompt_tokens += row.prompt_tokens;
  sum.cached_tokens += row.cached_tokens;
  sum.completion_tokens += row.completion_tokens;
  add(sum.prompt_cost, row.prompt_cost);
  add(sum.completion_cost, row.completion_cost);
  add(sum.total_cost, row.total_cost);
}

}  // namespace

std::string format_cost(std::optional<double> dollars) {
  if (!dollars) return "unknown";
  const int length = std::snprintf(nullptr, 0, "$%.2f", *dollars);
  std::string text(static_cast<std::size_t>(length) + 1, '\0');
  std::snprintf(text.data(), text.size(), "$%.2f", *dollars);
  text.pop_back();
  return text;
}

std::vector<digest::Usage> by_model(const std::vector<digest::Usage>& rows) {
  std::vector<digest::Usage> models;
  for (const digest::Usage& row : rows) {
    const auto same = [&row](const digest::Usage& usage) { return usage.model == row.model; };
    const auto known = std::find_if(models.begin(), models.end(), same);
    if (known == models.end()) {
      models.push_back(row);
    } else {
      add(*known, row);
    }
  }
  return models;
}

std::string usage_table(const digest::Usage& usage, const std::string& model_format, TableAlign align,
                        Escape escape) {
  const Row header{model_cell(usage.model, model_format, escape), "Prompt", "Completion", "Total"};
  const std::array<Row, 2> rows{
      Row{"**Token**", std::to_string(usage.prompt_tokens), std::to_string(usage.completion_tokens),
          std::to_string(usage.prompt_tokens + usage.completion_tokens)},
      Row{"**Cost**", format_cost(usage.prompt_cost), format_cost(usage.completion_cost),
          format_cost(usage.total_cost)}};
  const Widths widths = column_widths(header, rows);
  return draw_row(header, widths) + "\n" + draw_rule(widths, align) + "\n" + draw_row(rows[0], widths) +
         "\n" + draw_row(rows[1], widths);
}

}  // namespace gleaner::markdown
