#include "host/config/sets.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "host/config/names.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/config/top_level.hpp"

namespace gleaner::host {
namespace {

constexpr std::array<std::string_view, 3> sections{"source", "stage", "output"};

/// The parts of a dotted key with where they were written; empty when the text is no key.
std::vector<toml::key> key_parts(const toml::table& parsed) {
  std::vector<toml::key> out;
  const toml::table* at = &parsed;
  while (at != nullptr && at->size() == 1) {
    out.push_back(at->cbegin()->first);
    const toml::node& below = at->cbegin()->second;
    if (below.value_exact<std::int64_t>() == 0) return out;
    at = below.as_table();
  }
  return {};
}

void put(toml::table& table, const toml::key& key, toml::node& value) {
  value.visit([&table, &key](auto& node) { table.insert_or_assign(key, std::move(node)); });
}

/// Puts the value below `table` under the parts. Tables on the way that are not there, and what is in the way
/// and no table, are replaced by those of `parsed` (the key as parsed), which know where they come from.
void put_below(toml::table& table, toml::table& parsed, std::span<const toml::key> parts, toml::node& value) {
  toml::table* at = &table;
  toml::table* from = &parsed;
  for (const toml::key& part : parts.first(parts.size() - 1)) {
    from = from->get(part.str())->as_table();
    const toml::node* below = at->get(part.str());
    if (below == nullptr || !below->is_table()) {
      at->insert_or_assign(part, std::move(*from));
      from = at->get(part.str())->as_table();
    }
    at = at->get(part.str())->as_table();
  }
  put(*at, parts.back(), value);
}

struct Named {
  std::string name;
  std::string_view section;
  toml::table* table;
};

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

/// Every component's table with its name, as the file writes it.
std::vector<Named> named_tables(toml::table& root) {
  std::vector<Named> out;
  for (const std::string_view section : sections) {
    toml::array* array = root[section].as_array();
    if (array == nullptr) continue;
    std::vector<toml::table*> tables;
    std::vector<Naming> namings;
    for (toml::node& item : *array) {
      toml::table* table = item.as_table();
      if (table == nullptr) continue;
      tables.push_back(table);
      namings.push_back({text_of(*table, "use"), text_of(*table, "name")});
    }
    const auto names = component_names(namings);
    for (std::size_t i = 0; i < tables.size(); ++i)
      out.push_back({names[i], section, tables[i]});
  }
  return out;
}

std::vector<std::string> names_of(std::span<const Named> all) {
  std::vector<std::string> out;
  for (const Named& each : all)
    out.push_back(each.name);
  return out;
}

class Setting {
 public:
  Setting(Document& document, const std::string& key, Report& report)
      : root_(document.root), key_(key), origin_(concat({"--set ", key})), report_(report) {}

  void apply(const std::string& value) {
    auto parsed = has_control(key_) ? std::nullopt : parse_key(key_, origin_);
    if (parsed) parsed_ = std::move(*parsed);
    parts_ = key_parts(parsed_);
    if (parts_.empty()) {
      fail(Code::set_malformed,
           concat({quote(key_),
                   " is no key; write NAME.option=VALUE, with quotes around parts that hold "
                   "other characters than letters, digits, '-' and '_'"}));
      return;
    }
    auto read = parse_value(value, origin_);
    if (!read) read = parse_value(toml_string(value), origin_);
    if (!read) {
      fail(Code::set_malformed, "the value is not UTF-8");
      return;
    }
    place(*read->get("v"));
  }

 private:
  void fail(Code code, std::string message) { report_.add(code, {origin_, 0, 0}, std::move(message)); }

  /// The parts from the given one on, below `table`.
  void put_from(std::size_t first, toml::table& table, toml::node& value) {
    toml::table* parsed = &parsed_;
    for (std::size_t i = 0; i < first; ++i)
      parsed = parsed->get(parts_[i].str())->as_table();
    put_below(table, *parsed, std::span(parts_).subspan(first), value);
  }

  void place(toml::node& value) {
    const std::string_view first = parts_.front().str();
    const auto tables = table_words();
    const bool section = std::find(sections.begin(), sections.end(), first) != sections.end();
    if (section && parts_.size() > 1) return place_in_section(first, value);
    const bool in_table = std::find(tables.begin(), tables.end(), first) != tables.end();
    if (in_table || is_top_level_key(first)) return put_from(0, root_, value);
    place_by_name(value);
  }

  void place_in_section(std::string_view section, toml::node& value) {
    std::vector<Named> all = named_tables(root_);
    std::erase_if(all, [section](const Named& each) { return each.section != section; });
    if (parts_.size() == 2) {
      fail(Code::set_malformed,
           concat({quote(key_), " names no option; write ", section, ".NAME.option=VALUE"}));
      return;
    }
    const std::string_view name = parts_[1].str();
    const auto found =
        std::find_if(all.begin(), all.end(), [name](const Named& each) { return each.name == name; });
    if (found != all.end()) return put_from(2, *found->table, value);
    fail(Code::set_unknown, concat({"no ", section, " is named ", quote(name), hint(name, names_of(all))}));
  }

  void place_by_name(toml::node& value) {
    const std::string_view name = parts_.front().str();
    const std::vector<Named> all = named_tables(root_);
    std::vector<Named> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found),
                 [name](const Named& each) { return each.name == name; });
    if (found.empty()) {
      std::vector<std::string> known = names_of(all);
      for (const std::string& word : parts_.size() == 1 ? top_level_words() : table_words())
        known.push_back(word);
      fail(Code::set_unknown, concat({"nothing in this pipeline is named ", quote(name), hint(name, known)}));
    } else if (parts_.size() == 1) {
      fail(Code::set_malformed, concat({quote(key_), " names no option; write ", name, ".option=VALUE"}));
    } else if (found.size() > 1) {
      fail(Code::set_ambiguous,
           concat({name, " is a ", found[0].section, " and ", with_article(found[1].section), "; write ",
                   found[0].section, ".", key_, " or ", found[1].section, ".", key_}));
    } else {
      put_from(1, *found.front().table, value);
    }
  }

  static std::string hint(std::string_view word, std::span<const std::string> known) {
    std::string meant = did_you_mean(word, known);
    if (!meant.empty() || known.empty()) return meant;
    return concat({"; there are ", quote_all(known)});
  }

  toml::table& root_;
  const std::string& key_;
  std::string origin_;
  Report& report_;
  toml::table parsed_;
  std::vector<toml::key> parts_;
};

}  // namespace

void apply_sets(Document& document, std::span<const std::pair<std::string, std::string>> sets,
                Report& report) {
  for (const auto& [key, value] : sets)
    Setting(document, key, report).apply(value);
}

}  // namespace gleaner::host
