// The tables of README.md and docs/sources.md say what the installed components say of themselves: nothing
// more, nothing less, with the same defaults.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"

namespace gleaner::e2e {
namespace {

namespace json = boost::json;

const std::filesystem::path docs_root = GLEANER_SOURCE_DIR;

struct OptionFact {
  std::string type, doc;
  std::optional<std::string> fallback;
  bool required = false;
  std::vector<std::string> choices;
};
struct ComponentFact {
  std::string kind;
  std::map<std::string, OptionFact> options;
};
using Facts = std::map<std::string, ComponentFact>;  // by "source arxiv"

std::string word(const json::object& object, const char* key) {
  return std::string(object.at(key).as_string());
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& each : words)
    out.append(out.empty() ? "" : ", ").append(each);
  return out;
}

OptionFact option_fact(const json::object& option) {
  OptionFact out{word(option, "type"), word(option, "doc"), {}, option.at("required").as_bool(), {}};
  if (const auto* fallback = option.if_contains("default")) out.fallback = fallback->as_string().c_str();
  if (const auto* choices = option.if_contains("choices"))
    for (const auto& choice : choices->as_array())
      out.choices.emplace_back(choice.as_string().c_str());
  return out;
}

/// What `list --json` and `describe --json` say, of sources or of everything else.
Facts installed(bool sources) {
  Desk desk;
  Facts out;
  const auto list = json::parse(desk.run({"list", "--json"}).out);
  for (const auto& value : list.at("components").as_array()) {
    const auto& component = value.as_object();
    const std::string kind = word(component, "kind");
    if ((kind == "source") != sources) continue;
    const std::string name = word(component, "name");
    auto& fact = out[kind + " " + name];
    fact.kind = kind;
    const auto described = json::parse(desk.run({"describe", kind + "." + name, "--json"}).out);
    for (const auto& option : described.as_array().at(0).at("options").as_array())
      fact.options[word(option.as_object(), "name")] = option_fact(option.as_object());
  }
  return out;
}

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// The cells of a table's line; none for another line and for the one below the head.
std::vector<std::string> cells(const std::string& line) {
  if (!line.starts_with("|") || line.starts_with("| ---")) return {};
  std::vector<std::string> out;
  for (std::size_t from = 1, to = line.find('|', 1); to != std::string::npos;
       from = to + 1, to = line.find('|', from))
    out.push_back(trimmed(line.substr(from, to - from)));
  return out;
}

/// The rows below a heading ("### Sources"), without the table's head.
std::vector<std::vector<std::string>> rows_below(const std::string& text, const std::string& heading) {
  std::vector<std::vector<std::string>> out;
  bool inside = false;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("#")) inside = line == heading;
    if (auto row = cells(line); inside && !row.empty()) out.push_back(std::move(row));
  }
  if (!out.empty()) out.erase(out.begin());
  return out;
}

std::string bare(std::string text) {
  std::erase(text, '`');
  return text;
}

/// A default as a table for people has it: `["new", "cross"]` is "new, cross", `{ title = 3 }` is "title 3".
std::string in_words(const OptionFact& option) {
  std::string out = option.fallback.value_or("");
  const bool is_collection = option.type.starts_with("list") || option.type.starts_with("map");
  if (!is_collection) return out;
  for (const char sign : {'[', ']', '{', '}', '"', '='})
    std::erase(out, sign);
  return trimmed(std::regex_replace(out, std::regex(" +"), " "));
}

std::set<std::string> keys_of(const Facts& facts) {
  std::set<std::string> out;
  for (const auto& [key, fact] : facts)
    out.insert(key);
  return out;
}

// ---- docs/sources.md

void expect_row(const std::string& source, const std::vector<std::string>& row, const OptionFact& option) {
  const std::string where = source + ", " + row[0];
  EXPECT_EQ(row[1], option.type) << where;
  const std::string fallback = option.required   ? "required"
                               : option.fallback ? "`" + *option.fallback + "`"
                                                 : std::string();
  EXPECT_EQ(row[2], fallback) << where;
  // The sentence of the plugin, and the choices where it does not name them itself.
  if (row[3] != option.doc) {
    EXPECT_EQ(row[3], option.doc + " (" + joined(option.choices) + ")") << where;
  }
}

TEST(SourcesPage, HasEveryInstalledSourceWithEveryOptionItsTypeAndItsDefault) {
  const Facts facts = installed(true);
  ASSERT_GE(facts.size(), 8U);
  const std::string page = read_file(docs_root / "docs/sources.md");
  std::set<std::string> sections;
  for (const std::string& line : lines_of(page))
    if (line.starts_with("## ")) sections.insert("source " + line.substr(3));
  EXPECT_EQ(sections, keys_of(facts));
  for (const auto& [key, fact] : facts) {
    const std::string source = key.substr(key.find(' ') + 1);
    std::set<std::string> missing;
    for (const auto& [name, option] : fact.options)
      missing.insert(name);
    for (const auto& row : rows_below(page, "## " + source)) {
      ASSERT_EQ(row.size(), 4U) << source << ", " << row[0];
      const auto option = fact.options.find(bare(row[0]));
      if (option == fact.options.end()) {
        ADD_FAILURE() << source << " has no option " << row[0];
        continue;
      }
      missing.erase(option->first);
      expect_row(source, row, option->second);
    }
    EXPECT_THAT(missing, testing::IsEmpty()) << "options of " << source << " that the page lacks";
  }
}

// ---- README.md

/// The options a cell names: "`via` (auto), `file`" is via with "auto" and file with nothing.
std::map<std::string, std::string> options_in(const std::string& cell) {
  static const std::regex option(R"(`([a-z0-9_]+)`(?: \(((?:[^()]|\([^()]*\))*)\))?)");
  std::map<std::string, std::string> out;
  for (std::sregex_iterator at(cell.begin(), cell.end(), option), end; at != end; ++at)
    out[at->str(1)] = bare(at->str(2));
  return out;
}

void expect_options(const std::string& component, const std::string& cell, const ComponentFact& fact) {
  const auto named = options_in(cell);
  for (const auto& [name, said] : named) {
    const auto option = fact.options.find(name);
    if (option == fact.options.end()) {
      ADD_FAILURE() << component << " has no option " << name;
    } else if (option->second.fallback) {  // else what stands there is a remark
      EXPECT_EQ(said, in_words(option->second)) << component << ", " << name;
    }
  }
  for (const auto& [name, option] : fact.options) {
    if (name == "base_url") continue;  // sentences below the tables have it for all
    EXPECT_TRUE(named.contains(name)) << component << ", " << name;
  }
}

/// One table: the name in the first cell, the kind in the second where it is not `kind` for all, the options
/// in the last.
void expect_table(const std::string& heading, const Facts& facts, const std::string& kind) {
  const std::string readme = read_file(docs_root / "README.md");
  std::set<std::string> shown;
  for (const auto& row : rows_below(readme, heading)) {
    const std::string key = (kind.empty() ? row.at(1) : kind) + " " + bare(row[0]);
    shown.insert(key);
    if (const auto fact = facts.find(key); fact != facts.end()) expect_options(key, row.back(), fact->second);
  }
  EXPECT_EQ(shown, keys_of(facts));
  EXPECT_NE(readme.find("have `base_url` as well"), std::string::npos);
}

TEST(Readme, HasEveryInstalledSourceWithItsOptionsAndDefaults) {
  expect_table("### Sources", installed(true), "source");
}

/// The components that ask a language model: a page of their own has their options.
bool asks_a_model(const ComponentFact& fact) {
  return fact.options.contains("model") && fact.options.contains("concurrency");
}

TEST(Readme, HasEveryFilterAndScorerWithItsOptionsAndDefaults) {
  Facts facts = installed(false);
  ASSERT_GE(facts.size(), 11U);
  std::erase_if(
      facts, [](const auto& fact) { return asks_a_model(fact.second) || fact.first.starts_with("output "); });
  expect_table("### Filters, scorers", facts, "");
}

TEST(Readme, HasEveryOutputWithItsOptionsAndDefaults) {
  Facts facts = installed(false);
  std::erase_if(facts, [](const auto& fact) { return !fact.first.starts_with("output "); });
  ASSERT_GE(facts.size(), 16U);
  expect_table("### Outputs", facts, "output");
}

TEST(Readme, HasEveryOptionOfTheLanguageModelsWithItsDefault) {
  Facts facts = installed(false);
  std::erase_if(facts, [](const auto& fact) { return !asks_a_model(fact.second); });
  ASSERT_EQ(facts.size(), 12U);
  std::map<std::string, std::string> cells_of;
  for (const auto& row :
       rows_below(read_file(docs_root / "README.md"), "#### Options of the language models"))
    cells_of[row.at(0)] = row.at(1);
  for (const auto& [key, fact] : facts) {
    const std::string own = key.ends_with("-triage")    ? "the triage"
                            : key.ends_with("-summary") ? "the summary"
                                                        : "the scorer";
    const auto named = options_in(cells_of["all three"] + ", " + cells_of[own]);
    std::set<std::string> names;
    for (const auto& [name, said] : named) {
      names.insert(name);
      const auto option = fact.options.find(name);
      if (option == fact.options.end()) {
        ADD_FAILURE() << key << " has no option " << name;
      } else if (option->second.fallback && name != "base_url") {
        // "0: no limit" is 0, and what that means.
        EXPECT_EQ(said.substr(0, said.find(':')), in_words(option->second)) << key << ", " << name;
      }
    }
    std::set<std::string> wanted;
    for (const auto& [name, option] : fact.options)
      wanted.insert(name);
    EXPECT_EQ(names, wanted) << key;
  }
}

// ---- docs/models.md

/// The names in a table's first columns, by kind.
std::set<std::string> providers_in(const std::string& text, const std::string& heading) {
  std::set<std::string> out;
  for (const auto& row : rows_below(text, heading)) {
    out.insert("scorer " + bare(row.at(1)));
    out.insert("filter " + bare(row.at(2)));
    out.insert("filter " + bare(row.at(3)));
  }
  return out;
}

TEST(ModelsPage, HasEveryProviderWithItsDefaultServerAndEveryOption) {
  Facts facts = installed(false);
  std::erase_if(facts, [](const auto& fact) { return !asks_a_model(fact.second); });
  ASSERT_EQ(facts.size(), 12U);
  const std::string page = read_file(docs_root / "docs/models.md");
  EXPECT_EQ(providers_in(page, "# Language models"), keys_of(facts));
  EXPECT_EQ(providers_in(read_file(docs_root / "README.md"), "### Language models"), keys_of(facts));
  std::map<std::string, std::string> servers;
  for (const auto& row : rows_below(page, "# Language models"))
    servers[bare(row.at(1))] = row.at(4);
  for (const auto& [key, fact] : facts) {
    const std::string name = key.substr(key.find(' ') + 1);
    const std::string provider = name.substr(0, name.find('-'));
    EXPECT_EQ(fact.options.at("base_url").fallback, servers[provider]) << name;
    auto rows = rows_below(page, "## Options");
    const std::string own = name.ends_with("-triage")    ? "### Of the triage"
                            : name.ends_with("-summary") ? "### Of the summary"
                                                         : "### Of the scorer";
    std::ranges::move(rows_below(page, own), std::back_inserter(rows));
    std::set<std::string> missing;
    for (const auto& [option, rest] : fact.options)
      missing.insert(option);
    for (const auto& row : rows) {
      const auto option = fact.options.find(bare(row.at(0)));
      if (option == fact.options.end()) {
        ADD_FAILURE() << name << " has no option " << row[0];
        continue;
      }
      missing.erase(option->first);
      if (option->first != "base_url") expect_row(name, row, option->second);
    }
    EXPECT_THAT(missing, testing::IsEmpty()) << "options of " << name << " that the page lacks";
  }
}

}  // namespace
}  // namespace gleaner::e2e
