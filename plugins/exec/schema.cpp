// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/schema.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "plugins/common/numbers.hpp"
#include "plugins/exec/sentences.hpp"

namespace gleaner::exec {
namespace {

namespace bj = boost::json;

constexpr std::array<std::string_view, 6> kTypes = {"string",  "integer", "number",
                                                    "boolean", "list",    "table"};

std::string to_text(const bj::string& words) {
  return {words.data(), words.size()};
}

// Optimal string alignment: insertions, deletions, replacements and two neighbours swapped count one each.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above.back();
}

/// `; did you mean "words"?`, or `; it knows a, b and c.` when nothing is near.
std::string suggestion(std::string_view wrong, const std::vector<std::string>& known,
                       std::string_view it_knows, std::string_view joint) {
  const auto nearest = std::min_element(known.begin(), known.end(), [wrong](const auto& a, const auto& b) {
    return distance(wrong, a) < distance(wrong, b);
  });
  if (nearest != known.end() && distance(wrong, *nearest) <= std::max<std::size_t>(1, wrong.size() / 3))
    return "; did you mean \"" + *nearest + "\"?";
  if (known.empty()) return ".";
  return std::string("; ").append(it_knows) + listed(known, joint) + ".";
}

std::string_view word_for(const bj::value& value) {
  switch (value.kind()) {
    case bj::kind::null:
      return "nothing";
    case bj::kind::bool_:
      return "true or false";
    case bj::kind::int64:
    case bj::kind::uint64:
      return "a whole number";
    case bj::kind::double_:
      return "a number";
    case bj::kind::string:
      return "a text";
    case bj::kind::array:
      return "a list";
    case bj::kind::object:
      break;
  }
  return "a table";
}

std::string_view word_for_type(std::string_view type) {
  constexpr std::array<std::string_view, 6> words = {"a text",        "a whole number", "a number",
                                                     "true or false", "a list",         "a table"};
  const auto at = std::find(kTypes.begin(), kTypes.end(), type);
  return words[static_cast<std::size_t>(at - kTypes.begin())];
}

bool is_whole(const bj::value& value) {
  return value.is_int64() || value.is_uint64();
}

bool has_type(const bj::value& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return is_whole(value);
  if (type == "number") return is_whole(value) || value.is_double();
  if (type == "boolean") return value.is_bool();
  return type == "list" ? value.is_array() : value.is_object();
}

/// One option of the schema.
struct Rule {
  std::string name;
  std::string type;  // empty: any
  std::string doc;
  bool required = false;
  std::vector<std::string> choices;
  std::optional<double> least, most;
};

Error senseless(std::string_view who, std::string_view name, const std::string& what) {
  return Error(std::string(who) + " declares its option \"" + std::string(name) +
                   "\" in a way that makes no sense: " + what + ". Tell its author.",
               GLEANER_MALFORMED);
}

std::optional<double> number_of(const bj::value* value) {
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

Rule rule_of(std::string_view name, const bj::value& raw, std::string_view who) {
  const auto* object = raw.if_object();
  if (object == nullptr)
    throw senseless(who, name, "it is " + std::string(word_for(raw)) + ", not an object");
  Rule out;
  out.name = std::string(name);
  if (const auto* type = object->if_contains("type")) {
    out.type = type->is_string() ? to_text(type->get_string()) : "?";
    if (std::find(kTypes.begin(), kTypes.end(), out.type) == kTypes.end())
      throw senseless(who, name, "the type may be string, integer, number, boolean, list or table");
  }
  if (const auto* doc = object->if_contains("doc"); doc != nullptr && doc->is_string())
    out.doc = to_text(doc->get_string());
  const auto* required = object->if_contains("required");
  out.required = required != nullptr && required->is_bool() && required->get_bool();
  if (const auto* choices = object->if_contains("choices")) {
    if (!choices->is_array()) throw senseless(who, name, "the choices are no list");
    for (const auto& choice : choices->get_array())
      if (choice.is_string()) out.choices.push_back(to_text(choice.get_string()));
  }
  out.least = number_of(object->if_contains("min"));
  out.most = number_of(object->if_contains("max"));
  return out;
}

std::string range_of(const Rule& rule) {
  if (rule.least && rule.most)
    return "from " + common::number_text(*rule.least) + " to " + common::number_text(*rule.most);
  return rule.least ? "at least " + common::number_text(*rule.least)
                    : "at most " + common::number_text(*rule.most);
}

class Checker {
 public:
  explicit Checker(std::string_view who) : who_(who) {}

  void check(const Rule& rule, const bj::value& value, const std::string& pointer) const {
    if (!rule.type.empty() && !has_type(value, rule.type))
      throw wrong(rule,
                  "has to be " + std::string(word_for_type(rule.type)) + ", and is " +
                      std::string(word_for(value)) + ".",
                  pointer);
    if (const auto* list = value.if_array()) {
      for (std::size_t i = 0; i < list->size(); ++i)
        check_one(rule, (*list)[i], pointer + "/" + std::to_string(i));
    } else {
      check_one(rule, value, pointer);
    }
  }

 private:
  void check_one(const Rule& rule, const bj::value& value, const std::string& pointer) const {
    if (!rule.choices.empty() && value.is_string()) {
      const std::string word = to_text(value.get_string());
      if (std::find(rule.choices.begin(), rule.choices.end(), word) == rule.choices.end())
        throw wrong(rule, "is " + in_quotes(word) + suggestion(word, rule.choices, "it may be ", " or "),
                    pointer);
    }
    if (!value.is_number()) return;
    const auto number = value.to_number<double>();
    if ((rule.least && number < *rule.least) || (rule.most && number > *rule.most))
      throw wrong(rule, "is " + common::number_text(number) + "; it may be " + range_of(rule) + ".", pointer);
  }
  [[nodiscard]] Error wrong(const Rule& rule, const std::string& what, const std::string& pointer) const {
    return Error("The option \"" + rule.name + "\" of " + std::string(who_) + " " + what, GLEANER_INVALID,
                 pointer);
  }
  std::string_view who_;
};

}  // namespace

std::string pointer_step(std::string_view key) {
  std::string out = "/";
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

void check_options(const bj::object& schema, const bj::object& options, std::string_view who) {
  std::vector<Rule> rules;
  std::vector<std::string> names;
  for (const auto& member : schema) {
    rules.push_back(rule_of({member.key().data(), member.key().size()}, member.value(), who));
    names.push_back(rules.back().name);
  }
  const Checker checker(who);
  for (const auto& member : options) {
    const std::string key(member.key().data(), member.key().size());
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& each) { return each.name == key; });
    const std::string pointer = "/options" + pointer_step(key);
    if (rule == rules.end())
      throw Error(std::string(who) + " knows no option \"" + key + "\"" +
                      suggestion(key, names, "it knows ", " and "),
                  GLEANER_INVALID, pointer);
    checker.check(*rule, member.value(), pointer);
  }
  for (const Rule& rule : rules)
    if (rule.required && !options.contains(rule.name))
      throw Error(std::string(who) + " needs the option \"" + rule.name + "\"" +
                      (rule.doc.empty() ? "." : ": " + rule.doc + "."),
                  GLEANER_INVALID, "/options");
}

}  // namespace gleaner::exec
