#include "host/config/top_level.hpp"

#include <algorithm>
#include <array>

#include "host/config/state_path.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

const std::array<std::string, 11>& top_keys() {
  static const std::array<std::string, 11> all{"name",   "title",  "contact", "state",  "source", "stage",
                                               "output", "select", "run",     "budget", "secrets"};
  return all;
}

bool is_pipeline_name(std::string_view name) {
  return !name.empty() && name.find('/') == std::string_view::npos && name.front() != '.';
}

void read_pipeline_name(const Reader& reader, const toml::node& node, Pipeline& pipeline) {
  const auto name = reader.plain_text(node, "name");
  if (!name) return;
  if (is_pipeline_name(*name))
    pipeline.name = *name;
  else
    reader.add(Code::bad_name, node.source(),
               concat({"name cannot be ", quote(*name),
                       "; it becomes part of file names, so no '/' and no '.' in front"}));
}

void read_into(const Reader& reader, const toml::table& root, std::string_view key, std::string& out) {
  const toml::node* node = root.get(key);
  if (node == nullptr) return;
  if (auto text = reader.plain_text(*node, key)) out = std::move(*text);
}

/// A setting that belongs into one of the tables, put at the top.
std::string table_of(std::string_view key) {
  if (key == "min" || key == "order" || key == "limit" || key == "weights") return "select";
  if (key == "catch_up" || key == "replacements" || key == "seen" || key == "holidays") return "run";
  if (key == "usd" || key == "tokens" || key == "minutes" || key == "fallback") return "budget";
  return "";
}

}  // namespace

std::span<const std::string> top_level_words() {
  return std::span(top_keys()).first(4);
}
std::span<const std::string> table_words() {
  return std::span(top_keys()).last(4);
}

bool is_top_level_key(std::string_view key) {
  return std::find(top_keys().begin(), top_keys().end(), key) != top_keys().end();
}

void read_top_level(const Reader& reader, Pipeline& pipeline) {
  const toml::table& root = reader.document().root;
  pipeline.name = pipeline.file.stem().string();
  pipeline.title = "Personalized Daily Papers";
  for (const Reader::Entry& entry : reader.in_order(root)) {
    const std::string_view key = entry.key->str();
    if (is_top_level_key(key)) continue;
    const std::string table = table_of(key);
    const std::string meant =
        table.empty() ? did_you_mean(key, top_keys()) : concat({"; it belongs into [", table, "]"});
    reader.add(Code::unknown_key, entry.key->source(),
               concat({"unknown key ", quote(key), meant.empty() ? "; at the top there are " : meant,
                       meant.empty() ? quote_all(top_keys()) : ""}));
  }
  if (const toml::node* node = root.get("name")) read_pipeline_name(reader, *node, pipeline);
  read_into(reader, root, "title", pipeline.title);
  read_into(reader, root, "contact", pipeline.contact);
  std::string state;
  read_into(reader, root, "state", state);
  pipeline.state = state_path(state, pipeline.file, pipeline.name, reader.interpolator().environment());
}

const toml::table* find_table(const Reader& reader, std::string_view name) {
  const toml::node* node = reader.document().root.get(name);
  if (node == nullptr) return nullptr;
  if (const auto* table = node->as_table()) return table;
  const bool doubled = node->is_array_of_tables();
  reader.add(Code::wrong_table, node->source(),
             doubled ? concat({"[", name, "] takes one bracket, since there is only one"})
                     : concat({"[", name, "] is a table, not ", node_word(*node)}));
  return nullptr;
}

void report_unknown_in(const Reader& reader, std::string_view table, const toml::key& key,
                       std::span<const std::string> known) {
  const std::string meant = did_you_mean(key.str(), known);
  reader.add(Code::unknown_key, key.source(),
             concat({"unknown key ", quote(key.str()), " for [", table, "]",
                     meant.empty() ? "; there are " : meant, meant.empty() ? quote_all(known) : ""}));
}

}  // namespace gleaner::host
