// The schema of one option. Internal to this room; pure.
#pragma once

#include <boost/json.hpp>

#include "host/loader/component.hpp"

namespace gleaner::host {

[[nodiscard]] boost::json::object option_schema(const OptionInfo& option);

/// {"type": "string", "description": doc}
[[nodiscard]] boost::json::object string_schema(std::string_view doc);
/// "30s", or a string with a reference.
[[nodiscard]] boost::json::object duration_schema(std::string_view doc);
/// One of the words, or a string with a reference.
[[nodiscard]] boost::json::object words_schema(std::string_view doc, const boost::json::array& words);
/// A number or integer from `lowest`, or a string with a reference.
[[nodiscard]] boost::json::object number_schema(std::string_view doc, std::string_view type, double lowest);
[[nodiscard]] boost::json::object strings_schema(std::string_view doc);
[[nodiscard]] boost::json::object numbers_schema(std::string_view doc);

}  // namespace gleaner::host
