// Lists, maps of numbers and free tables.
#include <cmath>
#include <sstream>

#include <boost/json.hpp>

#include "host/config/json_text.hpp"
#include "host/config/text.hpp"
#include "host/config/values.hpp"

namespace gleaner::host {
namespace {

template <typename Value>
std::string written(const Value& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

/// Builds JSON from TOML, going on after a mistake so that all are reported.
class JsonBuilder {
 public:
  JsonBuilder(const Reader& reader, std::string_view what, Reader::Places& inner)
      : reader_(reader), what_(what), inner_(inner) {}

  boost::json::value build(const toml::node& node, const std::string& pointer) {
    if (!pointer.empty()) inner_[pointer] = reader_.place(node.source());
    if (const auto* table = node.as_table()) return object(*table, pointer);
    if (const auto* array = node.as_array()) return list(*array, pointer);
    if (node.is_string()) return string(node);
    if (const auto* integer = node.as_integer()) return integer->get();
    if (const auto* boolean = node.as_boolean()) return boolean->get();
    if (const auto* real = node.as_floating_point()) return number(*real);
    if (const auto* date = node.as_date()) return boost::json::string(written(date->get()));
    if (const auto* time = node.as_time()) return boost::json::string(written(time->get()));
    if (const auto* both = node.as_date_time()) return boost::json::string(written(both->get()));
    return nullptr;
  }

  [[nodiscard]] bool good() const { return good_; }

 private:
  boost::json::value object(const toml::table& table, const std::string& pointer) {
    boost::json::object out;
    for (const Reader::Entry& entry : reader_.in_order(table))
      out[entry.key->str()] = build(*entry.value, pointer + pointer_part(entry.key->str()));
    return out;
  }

  boost::json::value list(const toml::array& array, const std::string& pointer) {
    boost::json::array out;
    for (std::size_t i = 0; i < array.size(); ++i)
      out.push_back(build(array[i], concat({pointer, "/", std::to_string(i)})));
    return out;
  }

  boost::json::value string(const toml::node& node) {
    const auto text = reader_.text(node, what_);
    good_ = good_ && text.has_value();
    return boost::json::string(text.value_or(""));
  }

  boost::json::value number(const toml::value<double>& node) {
    if (std::isfinite(node.get())) return node.get();
    reader_.add(Code::out_of_bounds, node.source(), concat({what_, " holds a number that is not finite"}));
    good_ = false;
    return nullptr;
  }

  const Reader& reader_;
  std::string_view what_;
  Reader::Places& inner_;
  bool good_ = true;
};

std::string bracket_hint(const toml::node& node) {
  const auto* string = node.as_string();
  if (string == nullptr) return "";
  return concat({"; put brackets around it: [", quote(string->get()), "]"});
}

}  // namespace

std::optional<std::vector<std::string>> Reader::list(const toml::node& node, std::string_view what,
                                                     std::span<const std::string> choices,
                                                     Places& inner) const {
  const auto* array = node.as_array();
  if (array == nullptr) {
    check_references(node);
    wrong_type(node, what, "a list of strings", bracket_hint(node));
    return std::nullopt;
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const toml::node& item = (*array)[i];
    inner[concat({"/", std::to_string(i)})] = place(item.source());
    const std::string each = concat({"each item of ", what});
    auto text = choices.empty() || !item.is_string() ? this->text(item, each) : choice(item, each, choices);
    if (text) out.push_back(std::move(*text));
  }
  if (out.size() != array->size()) return std::nullopt;
  return out;
}

std::optional<Reader::Entries> Reader::numbers(const toml::node& node, std::string_view what,
                                               const Bounds& bounds, Places& inner) const {
  const auto* table = node.as_table();
  if (table == nullptr) {
    wrong_type(node, what, "a map of numbers", "; write { \"some words\" = 2, other = 1.5 }");
    return std::nullopt;
  }
  Entries out;
  for (const Entry& entry : in_order(*table)) {
    const std::string_view key = entry.key->str();
    inner[pointer_part(key)] = place(entry.value->source());
    const std::string each = concat({quote(key), " in ", what});
    if (entry.value->is_table()) {
      wrong_type(*entry.value, each, "a number", "; a key with a dot in it needs quotes");
      continue;
    }
    if (const auto value = number(*entry.value, each, bounds)) out.emplace_back(key, *value);
  }
  if (out.size() != table->size()) return std::nullopt;
  return out;
}

std::optional<std::string> Reader::json(const toml::node& node, std::string_view what, Places& inner) const {
  if (!node.is_table()) {
    wrong_type(node, what, "a table");
    return std::nullopt;
  }
  JsonBuilder builder(*this, what, inner);
  const boost::json::value built = builder.build(node, "");
  if (!builder.good()) return std::nullopt;
  return json_text(built);
}

}  // namespace gleaner::host
