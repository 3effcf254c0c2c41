// A few components as a catalog would describe them, and pipeline files written to a folder of their own.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/config/load.hpp"

namespace gleaner::host {

/// arxiv and jsonl (sources); authors (filter), keyword, openai, summary, broken and strict (stages);
/// markdown, jsonl (outputs).
const std::vector<const ComponentInfo*>& test_components();
const ComponentInfo& test_component(Kind kind, std::string_view name);

/// A folder that is removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::filesystem::path write(const std::string& name, std::string_view text) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Loads `text` as p.toml with this environment.
struct Loading {
  Folder folder;
  std::map<std::string, std::string, std::less<>> environment{{"HOME", "/home/reader"},
                                                              {"OPENAI_API_KEY", "k"}};
  std::vector<std::pair<std::string, std::string>> sets;
  Purpose purpose = Purpose::lint;
  std::function<bool(std::string_view, const SecretsConfig&)> secret_is_set;

  LoadResult operator()(std::string_view text) const;
};

/// Each as "LINE:COLUMN G104 message", in order.
std::vector<std::string> lines_of(const Diagnostics& diagnostics);

/// The messages of one load, as lines_of().
std::vector<std::string> lint(std::string_view text);

/// Contact and a source without mistakes, four lines.
inline constexpr std::string_view arxiv_source =
    "contact = \"me@example.org\"\n"
    "[[source]]\n"
    "use = \"arxiv\"\ncategories = [\"cs.LG\"]\n";
/// An output without mistakes, three lines.
inline constexpr std::string_view markdown_output = "[[output]]\nuse = \"markdown\"\npath = \"out.md\"\n";

/// A good source, `middle`, a good output; `middle` begins on line 5.
std::string around(std::string_view middle);

}  // namespace gleaner::host
