#include "host/config/component_table.hpp"

#include <algorithm>
#include <map>

#include "host/config/axes.hpp"
#include "host/config/names.hpp"
#include "host/config/option.hpp"
#include "host/config/politeness.hpp"
#include "host/config/reserved.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/config/top_level.hpp"

namespace gleaner::host {
namespace {

std::string unknown_component_message(const Installed& installed, Section section, const std::string& use) {
  const std::string start = concat({"unknown ", to_word(section), " ", quote(use)});
  if (const ComponentInfo* other = installed.find(use))
    return concat({use, " is ", with_article(to_word(other->kind)), ", not ", with_article(to_word(section)),
                   "; it goes into [[", to_word(section_of(other->kind)), "]]"});
  const auto names = installed.names(section);
  const std::string meant = did_you_mean(use, names);
  if (!meant.empty()) return start + meant;
  if (names.empty())
    return concat({start, "; no ", to_word(section), " is installed, `gleaner list` shows what is"});
  return concat({start, "; installed are ", quote_all(names)});
}

const ComponentInfo* meant_component(const Installed& installed, Section section, const std::string& use) {
  if (const ComponentInfo* exact = installed.find(section, use)) return exact;
  if (const ComponentInfo* other = installed.find(use)) return other;
  const auto near = nearest(use, installed.names(section));
  return near ? installed.find(section, *near) : nullptr;
}

void read_use(const Reader& reader, const Installed& installed, Section section, const toml::table& table,
              ReadComponent& out) {
  ComponentConfig& config = out.config;
  config.table = reader.place(table.source());
  config.where = config.table;
  const toml::node* node = table.get("use");
  if (node == nullptr) {
    reader.report().add(Code::missing_use, config.table,
                        concat({"this [[", to_word(section),
                                "]] has no `use`; write use = \"NAME\", `gleaner list` shows the names"}));
    return;
  }
  config.where = reader.place(node->source());
  const auto use = reader.text(*node, "use");
  if (!use) return;
  out.use = *use;
  config.info = meant_component(installed, section, *use);
  out.known = installed.find(section, *use) != nullptr;
  if (!out.known)
    reader.report().add(Code::unknown_component, config.where,
                        unknown_component_message(installed, section, *use));
}

void read_name(const Reader& reader, const toml::table& table, ReadComponent& out) {
  const toml::node* node = table.get("name");
  if (node == nullptr) return;
  const auto name = reader.text(*node, "name");
  if (!name) return;
  out.name_place = reader.place(node->source());
  if (is_component_name(*name)) {
    out.given_name = *name;
    return;
  }
  reader.add(Code::bad_name, node->source(),
             concat({"name cannot be ", quote(*name), "; it takes letters, digits, '-' and '_'"}));
}

void report_unknown_key(const Reader& reader, Section section, const ComponentInfo& info,
                        const toml::key& key) {
  const std::string_view name = key.str();
  std::vector<std::string> known = option_names(info);
  for (std::string& reserved : reserved_keys(section))
    known.push_back(std::move(reserved));
  const std::string start = concat({"unknown key ", quote(name), " for ", info.name});
  if (is_top_level_key(name)) {
    reader.add(Code::unknown_key, key.source(),
               start + "; it belongs at the top of the file, above the first [table]");
    return;
  }
  const std::string meant = did_you_mean(name, known);
  reader.add(
      Code::unknown_key, key.source(),
      start + (meant.empty() ? concat({"; `gleaner describe ", info.name, "` lists its options"}) : meant));
}

void read_given(const Reader& reader, const OptionInfo& option, const toml::node& node, ReadComponent& out,
                std::map<std::string, OptionValue>& values) {
  if (option.deprecated)
    reader.add(Code::deprecated_option, node.source(),
               concat({option.name, " of ", out.config.info->name, " is deprecated: ", option.doc}));
  if (auto value = read_option(reader, option, node, out.config.info->name))
    values[option.name] = std::move(*value);
}

/// Given options and defaults, in the descriptor's order.
void read_options(const Reader& reader, Section section, const toml::table& table, ReadComponent& out) {
  const ComponentInfo* info = out.config.info;
  const std::string owner = info != nullptr ? info->name : concat({"this ", to_word(section)});
  std::map<std::string, OptionValue> values;
  for (const Reader::Entry& entry : reader.in_order(table)) {
    const std::string_view key = entry.key->str();
    if (key == "use" || key == "name") continue;
    if (is_reserved(key)) {
      read_reserved(reader, section, *entry.key, *entry.value, owner, out.config);
    } else if (info == nullptr) {
      reader.check_references(*entry.value);
    } else if (const OptionInfo* option = info->option(key)) {
      read_given(reader, *option, *entry.value, out, values);
    } else {
      report_unknown_key(reader, section, *info, *entry.key);
    }
  }
  if (info == nullptr) return;
  for (const OptionInfo& option : info->options) {
    const auto given = values.find(option.name);
    if (given != values.end()) {
      out.config.options.push_back(std::move(given->second));
    } else if (table.contains(option.name)) {
      continue;  // given and wrong, which is said already
    } else if (auto value = read_default(reader, *info, option, out.config.where)) {
      out.config.options.push_back(std::move(*value));
    } else if (option.required) {
      reader.report().add(Code::missing_option, out.config.where,
                          concat({info->name, " needs ", option.name, ": ", option.doc}));
    }
  }
}

void name_all(const Reader& reader, Section section, std::vector<ReadComponent>& components) {
  std::vector<Naming> namings;
  std::map<std::string, const ReadComponent*> given;
  for (const ReadComponent& each : components) {
    namings.push_back({each.use, each.given_name});
    if (each.given_name.empty()) continue;
    const auto [first, fresh] = given.emplace(each.given_name, &each);
    if (fresh) continue;
    const int line = first->second->name_place.line;
    const std::string before = line > 0 ? concat({" on line ", std::to_string(line)}) : std::string();
    reader.report().add(Code::repeated_name, each.name_place,
                        concat({"another ", to_word(section), " is named ", quote(each.given_name), before,
                                "; names are unique among the ", to_word(section), "s"}));
  }
  const auto names = component_names(namings);
  for (std::size_t i = 0; i < components.size(); ++i)
    components[i].config.name = names[i];
}

}  // namespace

ReadComponent read_component(const Reader& reader, const Installed& installed, Section section,
                             const toml::table& table) {
  ReadComponent out;
  out.config.on_error = section == Section::stage ? OnError::keep : OnError::skip;
  read_use(reader, installed, section, table, out);
  read_name(reader, table, out);
  read_options(reader, section, table, out);
  if (out.config.info == nullptr) return out;
  check_interval(reader, out.config);
  out.config.axes = axes_of(reader, out.config);
  return out;
}

std::vector<ReadComponent> read_section(const Reader& reader, const Installed& installed, Section section) {
  const std::string word(to_word(section));
  std::vector<ReadComponent> out;
  const toml::node* node = reader.document().root.get(word);
  if (node == nullptr) return out;
  const std::string wanted = concat({"[[", word, "]] takes two brackets"});
  if (const auto* single = node->as_table()) {
    reader.add(Code::wrong_table, node->source(), concat({wanted, ", since there may be several"}));
    out.push_back(read_component(reader, installed, section, *single));
  } else if (const auto* array = node->as_array()) {
    for (const toml::node& item : *array) {
      if (const auto* table = item.as_table())
        out.push_back(read_component(reader, installed, section, *table));
      else
        reader.add(Code::wrong_table, item.source(),
                   concat({wanted, " and is a table, not ", node_word(item)}));
    }
  } else {
    reader.add(Code::wrong_table, node->source(),
               concat({wanted, " and is a table, not ", node_word(*node)}));
  }
  name_all(reader, section, out);
  return out;
}

}  // namespace gleaner::host
