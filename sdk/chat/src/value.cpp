#include <boost/json.hpp>

#include <gleaner/chat/value.hpp>

#include "number_text.hpp"
#include "valid_text.hpp"

namespace gleaner::chat {
namespace {

constexpr std::size_t deepest = 64;
constexpr double most_things = 9007199254740992.0;  // 2^53: beyond it a double is not every whole number

const Value& null_value() {
  static const Value none;
  return none;
}

// From the end: of two members of one name the last one counts, as in parse().
template <class Members>
auto last_named(Members& members, std::string_view name) {
  auto at = members.end();
  while (at != members.begin())
    if ((--at)->name == name) return at;
  return members.end();
}

Value from_boost(const boost::json::value& json) {
  switch (json.kind()) {
    case boost::json::kind::null:
      return {};
    case boost::json::kind::bool_:
      return json.get_bool();
    case boost::json::kind::int64:
      return json.get_int64();
    case boost::json::kind::uint64:  // only what is beyond int64
      return static_cast<double>(json.get_uint64());
    case boost::json::kind::double_:
      return json.get_double();
    case boost::json::kind::string:
      return std::string_view(json.get_string().data(), json.get_string().size());
    case boost::json::kind::array: {
      std::vector<Value> items;
      items.reserve(json.get_array().size());
      for (const auto& item : json.get_array())
        items.push_back(from_boost(item));
      return Value::list(std::move(items));
    }
    case boost::json::kind::object: {
      std::vector<Member> members;
      members.reserve(json.get_object().size());
      for (const auto& member : json.get_object())
        members.push_back(
            {std::string(member.key().data(), member.key().size()), from_boost(member.value())});
      return Value::object(std::move(members));
    }
  }
  return {};
}

void write_words(std::string& out, std::string_view words) {
  const std::string valid = valid_text(words);
  out += boost::json::serialize(boost::json::string_view(valid.data(), valid.size()));
}

}  // namespace

Value::Value() = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Value::Value(std::nullptr_t) {}
Value::Value(bool yes) : data_(yes) {}
Value::Value(double number) : data_(number) {}
Value::Value(const char* words) {
  if (words != nullptr) data_ = std::string(words);
}
Value::Value(std::string words) : data_(std::move(words)) {}
Value::Value(std::string_view words) : data_(std::string(words)) {}
Value::Value(Whole whole) : data_(whole.value) {}

Value Value::object(std::initializer_list<Member> members) {
  return object(std::vector<Member>(members));
}
Value Value::object(std::vector<Member> members) {
  Value out;
  out.data_ = std::move(members);
  return out;
}
Value Value::list(std::initializer_list<Value> items) {
  return list(std::vector<Value>(items));
}
Value Value::list(std::vector<Value> items) {
  Value out;
  out.data_ = std::move(items);
  return out;
}

bool Value::is_null() const {
  return std::holds_alternative<std::monostate>(data_);
}
bool Value::is_object() const {
  return std::holds_alternative<std::vector<Member>>(data_);
}
bool Value::is_list() const {
  return std::holds_alternative<std::vector<Value>>(data_);
}
bool Value::is_text() const {
  return std::holds_alternative<std::string>(data_);
}
bool Value::is_number() const {
  return std::holds_alternative<std::int64_t>(data_) || std::holds_alternative<double>(data_);
}

const Value& Value::operator[](std::string_view name) const {
  const auto at = last_named(members(), name);
  return at == members().end() ? null_value() : at->value;
}
const Value& Value::operator[](std::size_t place) const {
  return place < items().size() ? items()[place] : null_value();
}

std::string_view Value::text() const {
  const auto* words = std::get_if<std::string>(&data_);
  return words == nullptr ? std::string_view() : *words;
}

double Value::number(double otherwise) const {
  if (const auto* whole = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*whole);
  if (const auto* any = std::get_if<double>(&data_)) return *any;
  return number_of(text()).value_or(otherwise);
}

std::uint64_t Value::count() const {
  const double things = number(0);
  return things >= 0 && things <= most_things ? static_cast<std::uint64_t>(things) : 0;
}

bool Value::truth(bool otherwise) const {
  const auto* yes = std::get_if<bool>(&data_);
  return yes == nullptr ? otherwise : *yes;
}

const std::vector<Value>& Value::items() const {
  static const std::vector<Value> none;
  const auto* items = std::get_if<std::vector<Value>>(&data_);
  return items == nullptr ? none : *items;
}

const std::vector<Member>& Value::members() const {
  static const std::vector<Member> none;
  const auto* members = std::get_if<std::vector<Member>>(&data_);
  return members == nullptr ? none : *members;
}

Value& Value::set(std::string_view name, Value value) {
  Member member{std::string(name), std::move(value)};  // first: `name` may be borrowed from this value
  if (!is_object()) data_ = std::vector<Member>();
  auto& members = std::get<std::vector<Member>>(data_);
  const auto at = last_named(members, member.name);
  if (at == members.end())
    members.push_back(std::move(member));
  else
    at->value = std::move(member.value);
  return *this;
}

Value& Value::push(Value value) {
  if (!is_list()) data_ = std::vector<Value>();
  std::get<std::vector<Value>>(data_).push_back(std::move(value));
  return *this;
}

Value& Value::merge(const Value& other) {
  Value added = other;  // a copy: `other` may be a part of this value
  auto* const theirs = std::get_if<std::vector<Member>>(&added.data_);
  if (theirs == nullptr) return *this;
  if (!is_object()) data_ = std::vector<Member>();
  for (auto& member : *theirs) {
    auto& mine = std::get<std::vector<Member>>(data_);
    const auto at = last_named(mine, member.name);
    if (at != mine.end() && at->value.is_object() && member.value.is_object())
      at->value.merge(member.value);
    else
      set(member.name, std::move(member.value));
  }
  return *this;
}

bool operator==(const Value& a, const Value& b) {
  // 9 and 9.0 are the same number: write() makes no difference between them.
  if (a.is_number() && b.is_number() && a.data_.index() != b.data_.index()) return a.number() == b.number();
  return a.data_ == b.data_;
}

void Value::write_to(std::string& out) const {
  if (is_null()) {
    out += "null";
  } else if (const auto* yes = std::get_if<bool>(&data_)) {
    out += *yes ? "true" : "false";
  } else if (const auto* whole = std::get_if<std::int64_t>(&data_)) {
    out += std::to_string(*whole);
  } else if (const auto* any = std::get_if<double>(&data_)) {
    out += number_text(*any);
  } else if (is_text()) {
    write_words(out, text());
  } else if (is_list()) {
    out += '[';
    for (const auto& item : items()) {
      if (&item != &items().front()) out += ',';
      item.write_to(out);
    }
    out += ']';
  } else {
    out += '{';
    for (const auto& member : members()) {
      if (&member != &members().front()) out += ',';
      write_words(out, member.name);
      out += ':';
      member.value.write_to(out);
    }
    out += '}';
  }
}

std::optional<Value> parse(std::string_view json) {
  boost::json::parse_options strict;
  strict.max_depth = deepest;
  boost::system::error_code problem;
  const auto value =
      boost::json::parse(boost::json::string_view(json.data(), json.size()), problem, {}, strict);
  if (problem) return std::nullopt;
  return from_boost(value);
}

std::string write(const Value& value) {
  std::string out;
  value.write_to(out);
  return out;
}

}  // namespace gleaner::chat
