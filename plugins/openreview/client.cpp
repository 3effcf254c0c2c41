// SPDX-License-Identifier: Apache-2.0
#include "plugins/openreview/client.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/json.hpp"

namespace gleaner::openreview {
namespace {

namespace bj = boost::json;

constexpr std::uint64_t kLargestAnswer = 64ull << 20;  // bytes; a page of 1000 has some 5 MB
constexpr std::uint64_t kLargestLogin = 1ull << 20;
constexpr int kTokenSeconds = 3600;

// A name of the server's for "prove that you are a person", which no program can.
bool is_challenge(const Said& said) {
  return said.name.find("Challenge") != std::string::npos;
}

bool is_refused(const Response& answer) {
  return answer.http_status == 401 || answer.http_status == 403;
}

std::string quoted(const Said& said) {
  return said.message.empty() ? "." : ": \"" + said.message + "\".";
}

}  // namespace

Said said_in(std::string_view error_body) {
  Said said;
  const std::string_view text = common::trimmed(error_body);
  if (!text.starts_with("{")) return said;
  try {
    const bj::value value = common::parse_json(text, "OpenReview");
    const bj::object& root = value.get_object();
    said.name = common::beginning_of(common::text_at(root, "name"));
    said.message = common::beginning_of(common::text_at(root, "message"));
  } catch (const Error&) {  // cut off, or not JSON after all: the status alone is said
  }
  return said;
}

Page Client::notes(const std::string& query) {
  if (!account_.username.empty() && token_.empty()) log_in();
  const std::string address = account_.server + "/notes";
  Request request;
  request.url = address + "?" + query;
  request.expect = "json";
  request.max_bytes = kLargestAnswer;
  request.headers = {{"Accept", "application/json"}};
  if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
  const Response answer = host_.http(call_).send(request);
  if (!answer.ok()) throw refusal(answer);
  return read_page(answer.body, address);
}

void Client::log_in() {
  const std::string address = account_.server + "/login";
  Request request;
  request.url = address;
  request.method = "POST";
  request.expect = "json";
  request.max_bytes = kLargestLogin;
  request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/json"}};
  request.body = bj::serialize(bj::object{{"id", account_.username},
                                          {"password", host_.reveal(account_.password)},
                                          {"expiresIn", kTokenSeconds}});
  const Response answer = host_.http(call_).send(request);
  if (!answer.ok()) throw login_refusal(answer);
  const bj::value value = common::parse_json(answer.body, address);
  const bj::object* root = value.if_object();
  if (root != nullptr && common::flag_at(*root, "mfaPending"))
    throw Error("OpenReview wants a second proof of " + account_.username +
                    " besides the password, which a program cannot give; use an account without.",
                GLEANER_DENIED, "/username");
  token_ = root == nullptr ? std::string{} : common::text_at(*root, "token");
  if (token_.empty()) throw common::malformed(address, "is no answer to a login: it has no \"token\".");
}

Error Client::login_refusal(const Response& answer) const {
  const Said said = said_in(answer.body);
  if (is_challenge(said))
    return Error(
        "OpenReview wants a person in front of a browser to log in; log in there once and try again.",
        GLEANER_DENIED, "/username");
  if (is_refused(answer) || (answer.http_status == 400 && !said.message.empty()))
    return Error("OpenReview does not let " + account_.username + " in" + quoted(said), GLEANER_DENIED,
                 "/username");
  return Error(answer.error.empty() ? "OpenReview could not be asked." : answer.error, answer.status);
}

Error Client::refusal(const Response& answer) const {
  const Said said = said_in(answer.body);
  if (is_refused(answer) && account_.username.empty())
    return Error(
        "OpenReview no longer answers without an account: set `username` and `password`; an account at "
        "openreview.net is free.",
        GLEANER_DENIED, "/username");
  if (is_challenge(said))
    return Error("OpenReview wants a person in front of a browser in spite of the login; try again later.",
                 GLEANER_DENIED);
  if (is_refused(answer))
    return Error("OpenReview does not show this to " + account_.username + quoted(said), GLEANER_DENIED);
  const bool is_question = answer.http_status == 400 || answer.http_status == 404;
  if (is_question && !said.message.empty())
    return Error("OpenReview refused the question" + quoted(said), answer.status);
  return Error(answer.error.empty() ? "OpenReview could not be asked." : answer.error, answer.status);
}

}  // namespace gleaner::openreview
