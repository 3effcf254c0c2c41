#include "host/cli/paper_names.hpp"

#include <algorithm>
#include <cctype>

namespace gleaner::host::cli {
namespace {

std::string without_version(std::string_view id) {
  const auto v = id.find_last_of('v');
  if (v == std::string_view::npos || v == 0 || v + 1 == id.size()) return std::string(id);
  const auto digits = id.substr(v + 1);
  const bool version = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  const char before = id[v - 1];
  return std::string(version && before >= '0' && before <= '9' ? id.substr(0, v) : id);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

void add(std::vector<std::string>& names, std::string name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(std::move(name));
}

// "math/0309136" of "math.GT/0309136": old arXiv ids are known without their subject class.
std::string without_class(std::string_view id) {
  const auto slash = id.find('/');
  const auto dot = id.find('.');
  if (slash == std::string_view::npos || dot == std::string_view::npos || dot == 0 || dot > slash) return {};
  const auto number = id.substr(slash + 1);
  const bool old = number.size() == 7 && number.find_first_not_of("0123456789") == std::string_view::npos;
  return old ? std::string(id.substr(0, dot)) + std::string(id.substr(slash)) : std::string();
}

// A repository's own DOIs hold its name and its number for the paper, as in 10.48550/NAME.2505.01557.
std::string_view number_in_doi(std::string_view id) {
  if (!id.starts_with("10.")) return {};
  const auto slash = id.find('/');
  if (slash == std::string_view::npos) return {};
  const auto name_end =
      id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", slash + 1);
  const bool named = name_end != std::string_view::npos && name_end > slash + 1 && id[name_end] == '.';
  return named ? id.substr(name_end + 1) : std::string_view();
}

// An id as it may stand alone, behind a prefix, or in an address.
void add_forms(std::vector<std::string>& names, std::string_view id) {
  if (const auto number = number_in_doi(id); !number.empty()) add_forms(names, number);
  const auto bare = without_version(id);
  add(names, without_class(bare));
  add(names, bare);
  add(names, std::string(id));
  add(names, "doi:" + lower(id));
  add(names, "doi:" + lower(bare));
}

}  // namespace

std::vector<std::string> paper_names(std::string_view written) {
  std::vector<std::string> out;
  const auto from = written.find_first_not_of(" \t");
  if (from == std::string_view::npos) return out;
  std::string_view text = written.substr(from, written.find_last_not_of(" \t") - from + 1);
  add(out, std::string(text));
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) {
    add_forms(out, text);
    if (text.find(':') != std::string_view::npos) add(out, lower(text));
    for (auto colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1))
      add_forms(out, text.substr(colon + 1));
    return out;
  }
  add(out, "url:" + std::string(text));
  std::string_view path = text.substr(scheme + 3);
  path = path.substr(0, path.find_first_of("?#"));
  while (path.ends_with('/'))
    path.remove_suffix(1);
  if (path.ends_with(".pdf")) path.remove_suffix(4);
  // The longest end first: a DOI may hold several slashes.
  for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
    add_forms(out, path.substr(slash + 1));
  return out;
}

}  // namespace gleaner::host::cli
