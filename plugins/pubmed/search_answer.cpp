// SPDX-License-Identifier: Apache-2.0
#include "plugins/pubmed/search_answer.hpp"

#include <algorithm>

#include <boost/json/object.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/json.hpp"

namespace gleaner::pubmed {
namespace {

namespace bj = boost::json;

constexpr std::size_t kLongestPmid = 12;  // digits; eight today

bool is_pmid(std::string_view text) {
  return !text.empty() && text.size() <= kLongestPmid &&
         std::all_of(text.begin(), text.end(), common::is_digit);
}

void add_texts(const bj::object& lists, std::string_view key, std::vector<std::string>& out) {
  const bj::array* list = common::array_at(lists, key);
  if (list == nullptr) return;
  for (const bj::value& value : *list)
    if (std::string text = common::beginning_of(common::text_of(value)); !text.empty())
      out.push_back(std::move(text));
}

}  // namespace

Found read_search(std::string_view body, const std::string& origin) {
  const bj::value value = common::parse_json(body, origin);
  const bj::object* root = value.if_object();
  const bj::object* result = root == nullptr ? nullptr : common::object_at(*root, "esearchresult");
  std::string error = root == nullptr ? std::string{} : common::text_at(*root, "error");
  if (error.empty() && result != nullptr) error = common::text_at(*result, "ERROR");
  if (!error.empty()) throw common::malformed(origin, "refused: \"" + common::beginning_of(error) + "\".");
  const bj::array* list = result == nullptr ? nullptr : common::array_at(*result, "idlist");
  const auto count = result == nullptr ? std::nullopt : common::whole_at(*result, "count");
  if (list == nullptr || !count || *count < 0)
    throw common::malformed(origin, "is no answer of PubMed's search: it has no \"count\" and \"idlist\".");
  Found found;
  found.total = static_cast<std::uint64_t>(*count);
  found.rows = list->size();
  for (const bj::value& id : *list)
    if (std::string pmid = common::text_of(id); is_pmid(pmid)) found.pmids.push_back(std::move(pmid));
  if (const bj::object* errors = common::object_at(*result, "errorlist")) {
    add_texts(*errors, "phrasesnotfound", found.not_found);
    add_texts(*errors, "fieldsnotfound", found.not_found);
  }
  if (const bj::object* warnings = common::object_at(*result, "warninglist"))
    add_texts(*warnings, "quotedphrasesnotfound", found.not_found);
  return found;
}

std::string said_in(std::string_view error_body) {
  const std::string_view text = common::trimmed(error_body);
  if (!text.starts_with("{")) return {};
  try {
    const bj::value value = common::parse_json(text, "PubMed");
    return common::beginning_of(common::text_at(value.get_object(), "error"));
  } catch (const Error&) {  // cut off, or not JSON after all: the status alone is said
    return {};
  }
}

}  // namespace gleaner::pubmed
