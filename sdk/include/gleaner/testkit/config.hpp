// SPDX-License-Identifier: Apache-2.0
// From typed values and the option table to the checked configuration `create` gets. Single thread.
#pragma once

#include <cstdint>
#include <list>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gleaner/testkit/borrow.hpp>
#include <gleaner/testkit/check.hpp>
#include <gleaner/testkit/toml.hpp>
#include <gleaner/testkit/values.hpp>

namespace gleaner::testkit {

/// The settings of a test do not fit the component's option table; lint would have said so. what() has one
/// sentence a line.
class BadSettings : public std::runtime_error {
 public:
  explicit BadSettings(std::vector<std::string> mistakes)
      : std::runtime_error(joined(mistakes)), mistakes_(std::move(mistakes)) {}
  [[nodiscard]] const std::vector<std::string>& mistakes() const { return mistakes_; }

 private:
  static std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines)
      out += (out.empty() ? "" : "\n") + line;
    return out;
  }
  std::vector<std::string> mistakes_;
};

namespace detail {

/// Lives during create. Immovable: its values point into it.
class Config {
 public:
  Config(const gleaner_component& component, const Settings& settings, std::string instance,
         std::string contact)
      : component_(view(component.name)), instance_(std::move(instance)), contact_(std::move(contact)) {
    for (std::uint64_t i = 0; i < component.option_count; ++i)
      add(element(component.options, i, component.option_stride), settings);
    for (const auto& given : settings)
      if (!known(component, given.name)) wrong("has no option \"" + given.name + "\".");
    if (!mistakes_.empty()) throw BadSettings(std::move(mistakes_));
    raw_.size = sizeof raw_;
    raw_.instance = text(instance_);
    raw_.pipeline = GLEANER_STR("test");
    raw_.contact = text(contact_);
    raw_.values = values_.data();
    raw_.value_count = values_.size();
    raw_.value_stride = sizeof(gleaner_value);
  }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;

  [[nodiscard]] const gleaner_config& raw() const { return raw_; }
  /// The items of the list option `axes`, or empty.
  [[nodiscard]] std::vector<std::string> axes() const {
    for (const auto& value : values_)
      if (view(value.name) == "axes" && value.type == GLEANER_TYPE_LIST)
        return owned(value.items, value.item_count);
    return {};
  }

 private:
  static bool known(const gleaner_component& component, const std::string& name) {
    for (std::uint64_t i = 0; i < component.option_count; ++i)
      if (view(element(component.options, i, component.option_stride).name) == name) return true;
    return false;
  }
  void wrong(const std::string& what) { mistakes_.push_back(component_ + " " + what); }
  /// A text that stays.
  gleaner_str keep(std::string words) { return text(texts_.emplace_back(std::move(words))); }

  void add(const gleaner_option& option, const Settings& settings) {
    const Given* given = nullptr;
    for (const auto& candidate : settings) {
      if (candidate.name != view(option.name)) continue;
      if (given != nullptr) return wrong("is given \"" + candidate.name + "\" twice.");
      given = &candidate;
    }
    const std::string name = owned(option.name);
    try {
      if (given != nullptr) return check(option, from_test(option, given->value, name), true);
      if ((option.flags & GLEANER_OPTION_REQUIRED) != 0) return wrong("needs the option \"" + name + "\".");
      if (option.fallback.size != 0) check(option, from_default(option), false);
    } catch (const NotToml& error) {
      wrong("has a default of \"" + name + "\" that cannot be read: " + error.what() + ".");
    } catch (const std::invalid_argument& error) {
      wrong(error.what());
    }
  }

  gleaner_value blank(const gleaner_option& option) {
    gleaner_value out{};
    out.size = sizeof out;
    out.name = keep(owned(option.name));
    out.type = option.type;
    return out;
  }

  void set_duration(gleaner_value& out, const std::string& written, const std::string& name) {
    const auto milliseconds = parse_duration(written);
    if (!milliseconds)
      throw std::invalid_argument("wants a duration such as \"30s\" for \"" + name + "\", not \"" + written +
                                  "\".");
    out.integer = *milliseconds;
    out.text = keep(written);
  }
  void set_items(gleaner_value& out, const std::vector<std::string>& items) {
    auto& kept = lists_.emplace_back();
    for (const auto& item : items)
      kept.push_back(keep(item));
    out.items = kept.data();
    out.item_count = kept.size();
  }
  void set_entries(gleaner_value& out, const Map& entries) {
    auto& kept = maps_.emplace_back();
    for (const auto& [key, value] : entries)
      kept.push_back({keep(key), value});
    out.entries = kept.data();
    out.entry_count = kept.size();
  }
  /// As the host does: absolute, or "-". A relative path of a test is taken from "/testkit".
  gleaner_str absolute(const std::string& path) {
    return keep(path.empty() || path == "-" || path[0] == '/' ? path : "/testkit/" + path);
  }

  gleaner_value from_default(const gleaner_option& option) {
    gleaner_value out = blank(option);
    const std::string written = owned(option.fallback);
    TomlReader toml(written);
    switch (option.type) {
      case GLEANER_TYPE_STRING:
      case GLEANER_TYPE_ENUM:
        out.text = keep(written);
        break;
      case GLEANER_TYPE_SECRET:
        out.text = keep(secret_handle(written));
        break;
      case GLEANER_TYPE_PATH:
        out.text = absolute(written);
        break;
      case GLEANER_TYPE_DURATION:
        set_duration(out, written, owned(option.name));
        break;
      case GLEANER_TYPE_LIST:
        set_items(out, toml.whole_list());
        break;
      case GLEANER_TYPE_MAP:
        set_entries(out, toml.whole_map());
        break;
      case GLEANER_TYPE_TABLE:
        out.text = keep(toml.whole_table());
        break;
      case GLEANER_TYPE_BOOLEAN:
        if (written != "true" && written != "false") throw NotToml("a boolean is true or false");
        out.integer = written == "true" ? 1 : 0;
        break;
      case GLEANER_TYPE_INTEGER:
        if (const auto value = parse_integer(written))
          out.integer = *value;
        else
          throw NotToml("\"" + written + "\" is not a whole number");
        break;
      case GLEANER_TYPE_NUMBER:
        if (const auto value = parse_number(written))
          out.number = *value;
        else
          throw NotToml("\"" + written + "\" is not a number");
        break;
      default:
        throw NotToml("its type " + std::to_string(option.type) + " is unknown");
    }
    return out;
  }

  /// "${secret:NAME}" names one; anything else is the secret's own text.
  static std::string secret_handle(const std::string& written) {
    constexpr std::string_view open = "${secret:";
    if (written.rfind(open, 0) == 0 && written.back() == '}')
      return secret(written.substr(open.size(), written.size() - open.size() - 1)).handle;
    return "testkit-literal:" + written;
  }

  template <class T>
  static const T& as(const OptionValue& value, const std::string& name, const char* wanted) {
    if (const auto* held = std::get_if<T>(&value.held)) return *held;
    throw std::invalid_argument(std::string("wants ") + wanted + " for \"" + name + "\".");
  }

  gleaner_value from_test(const gleaner_option& option, const OptionValue& value, const std::string& name) {
    gleaner_value out = blank(option);
    switch (option.type) {
      case GLEANER_TYPE_STRING:
      case GLEANER_TYPE_ENUM:
        out.text = keep(as<std::string>(value, name, "a text"));
        break;
      case GLEANER_TYPE_PATH:
        out.text = absolute(as<std::string>(value, name, "a path as text"));
        break;
      case GLEANER_TYPE_DURATION:
        set_duration(out, as<std::string>(value, name, "a duration such as \"30s\""), name);
        break;
      case GLEANER_TYPE_LIST:
        set_items(out, as<std::vector<std::string>>(value, name, "a list of texts"));
        break;
      case GLEANER_TYPE_MAP:
        set_entries(out, as<Map>(value, name, "a map of numbers"));
        break;
      case GLEANER_TYPE_TABLE:
        out.text = keep(as<Json>(value, name, "a table").text);
        break;
      case GLEANER_TYPE_BOOLEAN:
        out.integer = as<bool>(value, name, "true or false") ? 1 : 0;
        break;
      case GLEANER_TYPE_INTEGER:
        out.integer = as<std::int64_t>(value, name, "a whole number");
        break;
      case GLEANER_TYPE_NUMBER:
        if (const auto* whole = std::get_if<std::int64_t>(&value.held))
          out.number = static_cast<double>(*whole);
        else
          out.number = as<double>(value, name, "a number");
        break;
      case GLEANER_TYPE_SECRET:
        if (const auto* named = std::get_if<Secret>(&value.held))
          out.text = keep(named->handle);
        else
          out.text = keep(secret_handle(as<std::string>(value, name, "a secret")));
        break;
      default:
        throw std::invalid_argument("has an option \"" + name + "\" of unknown type.");
    }
    return out;
  }

  void check(const gleaner_option& option, gleaner_value value, bool given) {
    value.given = given ? 1 : 0;
    const std::string name = owned(option.name);
    if (!is_utf8(view(value.text))) wrong("got a text for \"" + name + "\" that is not UTF-8.");
    if (option.choice_count != 0 && value.type != GLEANER_TYPE_LIST) check_choice(option, owned(value.text));
    for (const auto& item : owned(value.items, value.item_count))
      if (option.choice_count != 0) check_choice(option, item);
    if ((option.flags & GLEANER_OPTION_BOUNDED) != 0) check_bounds(option, value);
    values_.push_back(value);
  }
  void check_choice(const gleaner_option& option, const std::string& word) {
    for (std::uint64_t i = 0; i < option.choice_count; ++i)
      if (view(option.choices[i]) == word) return;
    wrong("does not know the value \"" + word + "\" for \"" + owned(option.name) + "\".");
  }
  void check_bounds(const gleaner_option& option, const gleaner_value& value) {
    const auto one = [&](double number) {
      if (number >= option.lowest && number <= option.highest) return;
      std::ostringstream out;
      out.imbue(std::locale::classic());
      out << "wants \"" << view(option.name) << "\" between " << option.lowest << " and " << option.highest
          << ", not " << number << ".";
      wrong(out.str());
    };
    if (value.type == GLEANER_TYPE_NUMBER) one(value.number);
    if (value.type == GLEANER_TYPE_INTEGER || value.type == GLEANER_TYPE_DURATION)
      one(static_cast<double>(value.integer));
    for (std::uint64_t i = 0; i < value.entry_count; ++i)
      one(value.entries[i].value);
  }

  std::string component_, instance_, contact_;
  std::vector<std::string> mistakes_;
  std::list<std::string> texts_;  // lists: pointers into them stay valid
  std::list<std::vector<gleaner_str>> lists_;
  std::list<std::vector<gleaner_number>> maps_;
  std::vector<gleaner_value> values_;
  gleaner_config raw_{};
};

}  // namespace detail
}  // namespace gleaner::testkit
