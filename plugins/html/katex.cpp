#include "plugins/html/katex.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

namespace gleaner::html {
namespace {

std::optional<std::string> read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad() || text.empty()) return std::nullopt;
  return text;
}

/// RFC 4648, section 4.
std::string base64(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += i + j > bytes.size() ? '=' : letters[group >> (18 - 6 * j) & 63];
  }
  return out;
}

struct FontFormat {
  std::string_view ending;
  std::string_view type;
  std::string_view word;
};
// The first that is there: every browser of today reads the first, Debian ships the others.
constexpr FontFormat formats[] = {
    {".woff2", "font/woff2", "woff2"}, {".woff", "font/woff", "woff"}, {".ttf", "font/ttf", "truetype"}};

/// `src:` of one font: the file named by the style sheet, without its ending.
std::optional<std::string> source_of(const std::filesystem::path& folder, std::string_view stem) {
  for (const FontFormat& format : formats) {
    const auto bytes = read(folder / (std::string(stem) + std::string(format.ending)));
    if (!bytes) continue;
    return "src:url(data:" + std::string(format.type) + ";base64," + base64(*bytes) + ") format('" +
           std::string(format.word) + "')";
  }
  return std::nullopt;
}

/// The style sheet with its fonts inside.
std::optional<std::string> with_fonts(const std::filesystem::path& folder, std::string_view style) {
  constexpr std::string_view lead = "src:url(";
  std::string out;
  while (true) {
    const std::size_t at = style.find(lead);
    out += style.substr(0, at);
    if (at == std::string_view::npos) return out;
    const std::size_t name = at + lead.size();
    const std::size_t end = style.find(')', name);
    const std::size_t after = style.find_first_of(";}", at);
    if (end == std::string_view::npos || after == std::string_view::npos) return std::nullopt;
    std::string_view file = style.substr(name, end - name);
    if (file.find("..") != std::string_view::npos || !file.starts_with("fonts/")) return std::nullopt;
    const auto source = source_of(folder, file.substr(0, file.rfind('.')));
    if (!source) return std::nullopt;
    out += *source;
    style.remove_prefix(after);
  }
}

}  // namespace

std::optional<Katex> read_katex(const std::string& folder) {
  const auto style = read(std::filesystem::path(folder) / "katex.min.css");
  auto script = read(std::filesystem::path(folder) / "katex.min.js");
  if (!style || !script) return std::nullopt;
  auto whole = with_fonts(folder, *style);
  if (!whole) return std::nullopt;
  return Katex{std::move(*whole), std::move(*script)};
}

}  // namespace gleaner::html
