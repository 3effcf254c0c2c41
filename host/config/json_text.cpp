#include "host/config/json_text.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

class Writer {
 public:
  explicit Writer(bool is_indented) : is_indented_(is_indented) {}

  template <class Value>
  std::string text(const Value& value) {
    write(value);
    return std::move(out_);
  }

 private:
  void write(const json::value& value) {
    if (const json::object* object = value.if_object())
      write(*object);
    else if (const json::array* array = value.if_array())
      write(*array);
    else if (const double* number = value.if_double())
      out_ += std::isfinite(*number) ? number_text(*number) : "null";  // JSON has no word for it
    else if (const json::string* text = value.if_string())
      write_string(*text);
    else
      write_scalar(&value);
  }

  void write(const json::object& object) {
    out_ += '{';
    ++depth_;
    bool is_first = true;
    for (const json::key_value_pair& entry : object) {
      separate(is_first);
      write_string(entry.key());
      out_ += is_indented_ ? ": " : ":";
      write(entry.value());
    }
    end(object.empty(), '}');
  }

  void write(const json::array& array) {
    out_ += '[';
    ++depth_;
    bool is_first = true;
    for (const json::value& item : array) {
      separate(is_first);
      write(item);
    }
    end(array.empty(), ']');
  }

  void separate(bool& is_first) {
    if (!is_first) out_ += ',';
    is_first = false;
    new_line();
  }
  void end(bool is_empty, char bracket) {
    --depth_;
    if (!is_empty) new_line();
    out_ += bracket;
  }
  void new_line() {
    if (is_indented_) out_.append(1, '\n').append(2 * depth_, ' ');
  }

  void write_string(json::string_view text) {
    scalars_.reset(text);
    read_scalar();
  }
  void write_scalar(const json::value* value) {
    scalars_.reset(value);
    read_scalar();
  }
  void read_scalar() {
    std::array<char, 4096>
        piece;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    while (!scalars_.done()) {
      const json::string_view written = scalars_.read(piece.data(), piece.size());
      out_.append(written.data(), written.size());
    }
  }

  bool is_indented_;
  std::string out_;
  std::size_t depth_ = 0;
  json::serializer scalars_;  // one for all: it allocates
};

}  // namespace

std::string json_text(const json::value& value) {
  return Writer(false).text(value);
}

std::string json_text(const json::object& object) {
  return Writer(false).text(object);
}

std::string indented_json(const json::value& value) {
  return Writer(true).text(value) + "\n";
}

}  // namespace gleaner::host
