// SPDX-License-Identifier: Apache-2.0
#include "plugins/webhook/headers.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include <gleaner/plugin.hpp>

#include "plugins/common/ascii.hpp"

namespace gleaner::webhook {
namespace {

constexpr std::array<std::string_view, 14> kTaken{"connection",
                                                  "content-length",
                                                  "content-type",
                                                  "expect",
                                                  "host",
                                                  "idempotency-key",
                                                  "keep-alive",
                                                  "te",
                                                  "trailer",
                                                  "transfer-encoding",
                                                  "upgrade",
                                                  "webhook-id",
                                                  "webhook-signature",
                                                  "webhook-timestamp"};

}  // namespace

bool is_header_name(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && name.size() <= 128 && std::all_of(name.begin(), name.end(), [&](char c) {
    return common::is_letter(c) || common::is_digit(c) || kMarks.find(c) != std::string_view::npos;
  });
}

bool is_header_value(std::string_view value) {
  return value.size() <= 8000 && std::all_of(value.begin(), value.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return c == '\t' || (byte >= 0x20 && byte != 0x7F);
         });
}

bool is_taken(std::string_view name) {
  const std::string lower = common::lower_case(name);
  return std::find(kTaken.begin(), kTaken.end(), lower) != kTaken.end();
}

Headers read_headers(std::string_view table) {
  Headers out;
  if (table.empty()) return out;
  boost::json::error_code error;
  const auto value = boost::json::parse(boost::json::string_view(table.data(), table.size()), error);
  if (error || !value.is_object())
    throw invalid_option("headers", "`headers` is a table of names and texts: { X-Source = \"gleaner\" }.");
  for (const auto& [key, held] : value.get_object()) {
    const std::string name(key);
    const std::string option = "headers/" + name;
    if (!is_header_name(name))
      throw invalid_option("headers",
                           "`headers` holds a name that no HTTP header can have: letters, digits and - are "
                           "allowed.");
    if (is_taken(name))
      throw invalid_option(option,
                           "The header " + name + " is set by gleaner itself; take it out of `headers`.");
    if (!held.is_string() ||
        !is_header_value(std::string_view(held.get_string().data(), held.get_string().size())))
      throw invalid_option(option, "The header " + name + " has to be a text on one line.");
    out.emplace_back(name, std::string(held.get_string()));
  }
  return out;
}

}  // namespace gleaner::webhook
