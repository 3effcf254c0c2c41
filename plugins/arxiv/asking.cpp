// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "plugins/arxiv/options.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::uint64_t kLargestAnswer = 64ull << 20;  // bytes; a listing of all of cs has some 10 MB
constexpr std::uint32_t kPatience = 180'000;           // ms; arXiv has taken two minutes when it was busy

std::string accepted(const std::string& expect) {
  return expect == "xml" ? "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9"
                         : "text/html";
}

}  // namespace

Response ask(const Asking& asking, const Call& call, const std::string& url, const std::string& expect,
             int also) {
  call.stop_if_cancelled();
  Request request;
  request.url = url;
  request.headers = {{"Accept", accepted(expect)}};
  request.expect = expect;
  request.max_bytes = kLargestAnswer;
  request.timeout_ms = kPatience;
  Response response = asking.host.http(call).send(request);
  if (response.ok() || (also != 0 && response.http_status == also)) return response;
  if (response.error.empty()) response.error = url + " could not be fetched.";
  throw Error(response.error, response.status);
}

bool is_asked_for(const std::vector<std::string>& categories, std::string_view category) {
  return std::any_of(categories.begin(), categories.end(),
                     [category](const std::string& asked) { return covers(asked, category); });
}

}  // namespace gleaner::arxiv
