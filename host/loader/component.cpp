#include "host/loader/component.hpp"

#include <algorithm>

namespace gleaner::host {

std::string_view to_word(Kind kind) {
  switch (kind) {
    case Kind::source:
      return "source";
    case Kind::filter:
      return "filter";
    case Kind::scorer:
      return "scorer";
    case Kind::output:
      return "output";
  }
  return "component";
}

std::string_view to_word(OptionType type) {
  switch (type) {
    case OptionType::string:
      return "string";
    case OptionType::integer:
      return "integer";
    case OptionType::number:
      return "number";
    case OptionType::boolean:
      return "boolean";
    case OptionType::enumeration:
      return "enum";
    case OptionType::list:
      return "list of strings";
    case OptionType::map:
      return "map of numbers";
    case OptionType::duration:
      return "duration";
    case OptionType::path:
      return "path";
    case OptionType::secret:
      return "secret";
    case OptionType::table:
      return "table";
  }
  return "value";
}

const OptionInfo* ComponentInfo::option(std::string_view option_name) const {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const OptionInfo& o) { return o.name == option_name; });
  return found == options.end() ? nullptr : &*found;
}

}  // namespace gleaner::host
