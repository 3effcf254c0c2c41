#include "host/config/document.hpp"

#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <tuple>

#include "host/config/nesting.hpp"
#include "host/config/syntax.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

std::optional<toml::table> parse_pieces(std::string_view text, std::string_view origin) {
  if (first_invalid(text) || first_deeper(text, deepest_key)) return std::nullopt;
  try {
    return toml::parse(text, origin);
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

/// A table of one key, or nothing: a line end in the text must not smuggle in a second one.
std::optional<toml::table> parse_single(std::string_view text, std::string_view origin) {
  auto table = parse_pieces(text, origin);
  return table && table->size() == 1 ? std::move(table) : std::nullopt;
}

Location place_in_text(std::string_view text, std::size_t offset, const std::string& file) {
  Location place{file, 1, 1};
  if (text.starts_with("\xEF\xBB\xBF")) --place.column;
  for (std::size_t at = 0; at < offset; at += decode(text, at).length) {
    ++place.column;
    if (text[at] == '\n') place = {file, place.line + 1, 1};
  }
  return place;
}

bool read_text(const std::filesystem::path& path, Document& document, Report& report) {
  const Location whole{document.file, 0, 0};
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    report.add(Code::unreadable_file, whole, "this is a folder, not a pipeline file");
    return false;
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    const std::string reason = std::generic_category().message(errno);
    report.add(Code::unreadable_file, whole, concat({"the pipeline file cannot be read: ", reason}));
    return false;
  }
  std::array<char, 65536> buffer{};
  while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0) {
    document.text.append(buffer.data(), static_cast<std::size_t>(stream.gcount()));
    if (document.text.size() <= largest_file) continue;
    document.text.clear();
    report.add(Code::too_large, whole, "the file is larger than 64 MiB, so it is hardly a pipeline");
    return false;
  }
  if (stream.bad())
    report.add(Code::unreadable_file, whole, "the pipeline file could not be read to its end");
  return !stream.bad();
}

}  // namespace

bool read_document(const std::filesystem::path& path, Document& document, Report& report) {
  document.file = path.string();
  return read_text(path, document, report) && parse_document(document, report);
}

bool parse_document(Document& document, Report& report) {
  if (const auto bad = first_invalid(document.text)) {
    report.add(Code::not_utf8, place_in_text(document.text, *bad, document.file),
               "the file is not UTF-8 from here on; save it as UTF-8");
    return false;
  }
  if (const auto deep = first_deeper(document.text, deepest_key)) {
    report.add(Code::too_large, place_in_text(document.text, *deep, document.file),
               "this key has more than 64 parts");
    return false;
  }
  try {
    document.root = toml::parse(std::string_view(document.text), document.file);
    return true;
  } catch (const toml::parse_error& error) {
    report_syntax_error(error, document, report);
    return false;
  }
}

std::optional<toml::table> parse_value(std::string_view value, std::string_view origin) {
  return parse_single(concat({"v = ", value}), origin);
}

std::optional<toml::table> parse_key(std::string_view key, std::string_view origin) {
  return parse_single(concat({key, " = 0"}), origin);
}

Location place_of(const toml::source_region& region, const std::string& file) {
  if (!region.path || *region.path != file) return {region.path ? *region.path : file, 0, 0};
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

bool comes_before(const toml::source_region& a, const toml::source_region& b, const std::string& file) {
  const auto key = [&file](const toml::source_region& region) {
    return std::make_tuple(!region.path || *region.path != file, region.begin.line, region.begin.column);
  };
  return key(a) < key(b);
}

}  // namespace gleaner::host
