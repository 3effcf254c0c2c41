#include "installed_pipeline.hpp"

#include <atomic>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include "host/config/installed.hpp"

namespace gleaner::host {
namespace {

OptionInfo option(std::string name, OptionType type, std::string fallback = "") {
  OptionInfo out;
  out.doc = "What " + name + " is for";
  out.name = std::move(name);
  out.type = type;
  out.fallback = std::move(fallback);
  return out;
}

OptionInfo required(OptionInfo out, std::string example = "") {
  out.required = true;
  out.example = std::move(example);
  return out;
}

OptionInfo among(OptionInfo out, std::vector<std::string> choices) {
  out.choices = std::move(choices);
  return out;
}

OptionInfo within(OptionInfo out, double lowest, double highest) {
  out.bounds = {lowest, highest};
  return out;
}

AxisInfo axis(std::string name, double lowest = 1, double highest = 10) {
  AxisInfo out;
  out.name = std::move(name);
  out.lowest = lowest;
  out.highest = highest;
  return out;
}

ComponentInfo component(Kind kind, std::string name, std::vector<OptionInfo> options) {
  ComponentInfo out;
  out.kind = kind;
  out.summary = "The " + name + " " + std::string(to_word(kind));
  out.plugin_name = name + "-plugin";
  out.name = std::move(name);
  out.version = "1.0";
  out.options = std::move(options);
  return out;
}

ComponentInfo arxiv() {
  ComponentInfo out = component(
      Kind::source, "arxiv",
      {required(option("categories", OptionType::list), "[\"cs.LG\", \"cs.AI\"]"),
       among(option("announce", OptionType::list, "[\"new\", \"cross\"]"), {"new", "cross", "replace"}),
       among(option("via", OptionType::enumeration, "auto"), {"auto", "rss", "atom", "list", "api", "oai"}),
       option("base_url", OptionType::string, "https://rss.arxiv.org"),
       option("interval", OptionType::duration, "3s"), option("file", OptionType::path),
       option("primary_only", OptionType::boolean, "false")});
  out.politeness = PolitenessInfo{"arxiv", {}, {}, 3000, 1, {}};
  out.needs = {{"rss.arxiv.org", "The feeds", GLEANER_NEEDS_HOST},
               {"export.arxiv.org", "The API", GLEANER_NEEDS_HOST}};
  out.capabilities = GLEANER_REMOTE;
  return out;
}

ComponentInfo openai() {
  OptionInfo old = option("engine", OptionType::string);
  old.deprecated = true;
  old.doc = "use model instead";
  ComponentInfo out =
      component(Kind::scorer, "openai",
                {required(option("model", OptionType::string), "gpt-4o"),
                 option("api_key", OptionType::secret, "${secret:OPENAI_API_KEY}"),
                 option("axes", OptionType::list), within(option("temperature", OptionType::number), 0, 2),
                 within(option("concurrency", OptionType::integer, "4"), 1, 64),
                 option("extra", OptionType::table), option("stream", OptionType::boolean),
                 within(option("wait", OptionType::duration, "30s"), 1000, 60000),
                 option("prompt", OptionType::path), old});
  out.axes = {axis("relevance"), axis("novelty")};
  out.capabilities = GLEANER_NAMES_AXES | GLEANER_REMOTE | GLEANER_PAID;
  return out;
}

ComponentInfo keyword() {
  ComponentInfo out =
      component(Kind::scorer, "keyword",
                {within(option("positive", OptionType::map), 0, 100), option("words", OptionType::list),
                 option("field_weights", OptionType::map, "{ title = 3, abstract = 1 }")});
  out.axes = {axis("relevance")};
  return out;
}

ComponentInfo summary() {
  ComponentInfo out = component(Kind::scorer, "summary", {});
  out.axes = {axis("clarity")};
  out.capabilities = GLEANER_AFTER_SELECT;
  return out;
}

std::vector<ComponentInfo> make_components() {
  return {
      arxiv(),
      component(Kind::source, "jsonl", {required(option("file", OptionType::path), "papers.jsonl")}),
      component(Kind::filter, "authors", {required(option("follow", OptionType::path), "authors.txt")}),
      keyword(),
      openai(),
      summary(),
      component(Kind::filter, "broken", {option("size", OptionType::integer, "many")}),
      component(Kind::filter, "strict",
                {required(option("depth", OptionType::integer)),
                 required(within(option("pause", OptionType::duration), 2000, 9000)),
                 required(option("key", OptionType::secret)), required(option("weights", OptionType::map)),
                 required(option("more", OptionType::table)),
                 required(among(option("mode", OptionType::enumeration), {"fast", "slow"}))}),
      component(Kind::output, "markdown",
                {required(option("path", OptionType::path), "out/{date}.md"),
                 option("date_format", OptionType::string, "%Y-%m-%d"),
                 among(option("table_align", OptionType::enumeration, "center"),
                       {"center", "left", "center-wide"})}),
      component(Kind::output, "jsonl", {required(option("path", OptionType::path), "out/{date}.jsonl")})};
}

}  // namespace

const std::vector<const ComponentInfo*>& test_components() {
  static const std::vector<ComponentInfo> all = make_components();
  static const std::vector<const ComponentInfo*> pointers = [] {
    std::vector<const ComponentInfo*> out;
    for (const ComponentInfo& each : all)
      out.push_back(&each);
    return out;
  }();
  return pointers;
}

const ComponentInfo& test_component(Kind kind, std::string_view name) {
  const ComponentInfo* found = Installed(test_components()).find(section_of(kind), name);
  if (found == nullptr) throw std::invalid_argument("no such test component");
  return *found;
}

Folder::Folder() {
  static std::atomic<int> number{0};
  path_ = std::filesystem::temp_directory_path() /
          ("gleaner-config-" + std::to_string(getpid()) + "-" + std::to_string(++number));
  std::filesystem::create_directories(path_);
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Folder::write(const std::string& name, std::string_view text) const {
  std::ofstream(path_ / name, std::ios::binary) << text;
  return path_ / name;
}

LoadResult Loading::operator()(std::string_view text) const {
  LoadRequest request;
  request.path = folder.write("p.toml", text);
  request.components = test_components();
  request.sets = sets;
  request.purpose = purpose;
  request.secret_is_set = secret_is_set;
  request.environment = [this](std::string_view name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  };
  return load_pipeline(request);
}

std::vector<std::string> lines_of(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& each : diagnostics) {
    const Location& at = each.where;
    const std::string place = at.line > 0 ? std::to_string(at.line) + ":" + std::to_string(at.column)
                                          : at.file.substr(at.file.rfind('/') + 1);
    out.push_back(place + " " + code_text(each.code) + " " + each.message);
  }
  return out;
}

std::vector<std::string> lint(std::string_view text) {
  return lines_of(Loading()(text).diagnostics);
}

std::string around(std::string_view middle) {
  return std::string(arxiv_source) + std::string(middle) + std::string(markdown_output);
}

}  // namespace gleaner::host
