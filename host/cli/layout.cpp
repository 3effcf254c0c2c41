#include "host/cli/layout.hpp"

#include <algorithm>

#include "host/config/text.hpp"

namespace gleaner::host::cli {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Code, headings and tables are laid out already.
bool is_literal(std::string_view line) {
  return line.empty() || line.starts_with(' ') || line.starts_with('#') || line.starts_with('|');
}

/// Columns of what begins a list item: 2 for "- ", 3 for "1. "; 0 for other lines.
std::size_t item_marker(std::string_view line) {
  if (line.starts_with("- ") || line.starts_with("* ")) return 2;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && digits < 3 && line.substr(digits).starts_with(". ") ? digits + 2 : 0;
}

/// Collects words into lines.
class Paragraph {
 public:
  Paragraph(std::size_t indent, std::size_t width) : indent_(indent), width_(width) {}

  void add(std::string_view word) {
    const std::size_t columns = count_code_points(word);
    if (used_ > 0 && indent_ + used_ + 1 + columns > width_) {
      finish();
      line_ = std::string(hanging_, ' ');
      used_ = hanging_;
    } else if (used_ > 0) {
      line_ += ' ';
      ++used_;
    }
    line_ += word;
    used_ += columns;
  }
  void finish() {
    if (used_ > 0) text_ += std::string(indent_, ' ') + line_ + "\n";
    line_.clear();
    used_ = 0;
  }
  /// Later lines of what begins here stand so many blanks further in.
  void begin(std::size_t hanging) {
    finish();
    hanging_ = hanging;
  }
  void literal(std::string_view line) {
    begin(0);
    if (!line.empty()) text_ += std::string(indent_, ' ');
    text_ += line;
    text_ += '\n';
  }
  [[nodiscard]] std::string take() && {
    finish();
    return std::move(text_);
  }

 private:
  std::size_t indent_;
  std::size_t width_;
  std::size_t hanging_ = 0;
  std::size_t used_ = 0;
  std::string line_;
  std::string text_;
};

std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], count_code_points(row[i]));
  }
  return widths;
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  Paragraph out(indent, width);
  bool fenced = false;
  while (!text.empty()) {
    std::string_view line = take_line(text);
    const bool fence = line.starts_with("```");
    if (fence) fenced = !fenced;
    if (fence || fenced || is_literal(line)) {
      out.literal(line);
      continue;
    }
    if (const std::size_t marker = item_marker(line); marker > 0) out.begin(marker);
    while (!line.empty()) {
      const std::size_t end = std::min(line.find(' '), line.size());
      if (end > 0) out.add(line.substr(0, end));
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }
  return std::move(out).take();
}

std::string cut(std::string_view text, std::size_t columns) {
  if (count_code_points(text) <= columns) return std::string(text);
  std::size_t at = 0;
  for (std::size_t used = 0; used + 1 < columns && at < text.size(); ++used)
    at += decode(text, at).length;
  return std::string(text.substr(0, at)) + (columns > 0 ? "…" : "");
}

std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t indent, std::size_t width) {
  const std::vector<std::size_t> widths = column_widths(rows);
  constexpr std::size_t least_last = 20;  // a narrower terminal wraps by itself
  std::string out;
  for (const auto& row : rows) {
    std::string line(indent, ' ');
    std::size_t used = indent;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool last = i + 1 == widths.size();
      const bool tight = last && width > 0;
      const std::string cell =
          tight ? cut(row[i], std::max(width > used ? width - used : 0, least_last)) : row[i];
      line += cell;
      if (!last) line += std::string(widths[i] - count_code_points(row[i]) + 2, ' ');
      used += widths[i] + 2;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace gleaner::host::cli
