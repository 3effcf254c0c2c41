// SPDX-License-Identifier: Apache-2.0
// Requests to a service that says in its answer's JSON how long it wants to be left alone, and that JSON read
// without trust. One thread a call.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include <gleaner/plugin.hpp>

namespace gleaner::message {

/// The JSON object in an answer's body; empty where there is none.
[[nodiscard]] boost::json::object object_in(const Response& response);
/// A text, or a whole number as text; empty where it is absent or something else.
[[nodiscard]] std::string text_in(const boost::json::object& object, std::string_view key);
/// A number, also one written as a text; nothing where it is absent, negative or none.
[[nodiscard]] std::optional<double> number_in(const boost::json::object& object, std::string_view key);
/// NULL where it is absent or no object. Borrowed.
[[nodiscard]] const boost::json::object* object_in(const boost::json::object& object, std::string_view key);

/// What a service said went wrong, fit to be quoted in a sentence: one line, short, in quotes and with a
/// space before it; empty for an empty text. `secret` (not empty: a token that the service may echo) is
/// blacked out.
[[nodiscard]] std::string in_quotes(std::string_view words, std::string_view secret = {});

/// How long the answer's body asks to wait; nothing where it does not say.
using WaitIn = std::function<std::optional<std::chrono::milliseconds>(const boost::json::object& body)>;

/// Sends a request. Where the answer is 429 without the header Retry-After (which the host has honoured
/// already) and its body says how long to wait, two minutes at most, waits and sends it again, five times at
/// most. Throws NotSent{GLEANER_CANCELLED} when the run is interrupted while nothing is under way. A 429
/// means that nothing was taken, so this repeats no message.
[[nodiscard]] Response send_patiently(const Host& host, const Call& call, const Request& request,
                                      const WaitIn& wait_in);

}  // namespace gleaner::message
