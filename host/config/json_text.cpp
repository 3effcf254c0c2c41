#include "host/config/json_text.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

void write(const json::value& value, const std::string& indent, std::string& out) {
  const std::string inner = indent + "  ";
  bool first = true;
  if (const json::object* object = value.if_object(); object != nullptr && !object->empty()) {
    for (const json::key_value_pair& entry : *object) {
      out += first ? "{\n" : ",\n";
      first = false;
      out += inner + json::serialize(json::string(entry.key())) + ": ";
      write(entry.value(), inner, out);
    }
    out += "\n" + indent + "}";
  } else if (const json::array* array = value.if_array(); array != nullptr && !array->empty()) {
    for (const json::value& item : *array) {
      out += first ? "[\n" : ",\n";
      first = false;
      out += inner;
      write(item, inner, out);
    }
    out += "\n" + indent + "]";
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string indented_json(const json::value& value) {
  std::string out;
  write(value, "", out);
  return out += "\n";
}

}  // namespace gleaner::host
