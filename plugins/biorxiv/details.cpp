// SPDX-License-Identifier: Apache-2.0
#include "plugins/biorxiv/details.hpp"

#include <algorithm>

#include <boost/json/object.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/json.hpp"
#include "plugins/common/names.hpp"

namespace gleaner::biorxiv {
namespace {

namespace bj = boost::json;
using common::text_at;

// The interface writes "NA" for what it does not know.
std::string known(const bj::object& row, std::string_view key) {
  std::string text = common::plain_line(text_at(row, key));
  return common::equals_ignoring_case(text, "NA") ? std::string{} : text;
}

std::uint64_t count_of(std::optional<std::int64_t> number) {
  return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

Posting read_posting(const bj::object& row) {
  Posting out;
  out.doi = common::bare_doi(text_at(row, "doi"));
  out.version =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(count_of(common::whole_at(row, "version")), 9999));
  out.date = known(row, "date");
  if (!common::is_day(out.date)) out.date.clear();
  out.title = common::html_to_text(text_at(row, "title"));
  out.abstract = common::without_heading(common::html_to_text(text_at(row, "abstract")), "abstract");
  if (out.abstract == "NA") out.abstract.clear();
  out.license = known(row, "license");
  out.category = category_key(known(row, "category"));
  out.published_doi = common::bare_doi(text_at(row, "published"));
  if (out.version == 0) out.version = 1;
  out.authors = common::split_names(known(row, "authors"));
  return out;
}

// messages[0], or NULL.
const bj::object* message_of(const bj::object& root) {
  const bj::array* messages = common::array_at(root, "messages");
  return messages == nullptr || messages->empty() ? nullptr : messages->front().if_object();
}

// "ok", and the ways of saying that there is nothing: "no posts found", "no articles found for …".
void check_status(const bj::object& message, const std::string& origin) {
  const std::string status = common::lower_case(text_at(message, "status"));
  if (status.empty() || status == "ok" || status.starts_with("no ")) return;
  throw common::malformed(origin, "refused: \"" + common::beginning_of(status) + "\".");
}

}  // namespace

std::string category_key(std::string_view written) {
  std::string key = common::lower_case(common::trimmed(written));
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

Page read_page(std::string_view body, const std::string& origin) {
  const bj::value value = common::parse_json(body, origin);
  const bj::object* root = value.if_object();
  const bj::array* collection = root == nullptr ? nullptr : common::array_at(*root, "collection");
  const bj::object* message = root == nullptr ? nullptr : message_of(*root);
  if (message != nullptr) check_status(*message, origin);
  if (collection == nullptr)
    throw common::malformed(origin,
                            "is no answer of the details interface: it has no list named \"collection\".");
  Page page;
  page.rows = collection->size();
  page.step = message == nullptr ? page.rows : count_of(common::whole_at(*message, "count"));
  if (page.step == 0) page.step = page.rows;
  if (message != nullptr)
    if (const auto total = common::whole_at(*message, "total"); total && *total >= 0)
      page.total = static_cast<std::uint64_t>(*total);
  for (const bj::value& row : *collection) {
    Posting posting = row.is_object() ? read_posting(row.get_object()) : Posting{};
    if (posting.doi.empty() || posting.title.empty())
      page.unreadable.push_back(posting.doi.empty() ? posting.title : posting.doi);
    else
      page.postings.push_back(std::move(posting));
  }
  return page;
}

}  // namespace gleaner::biorxiv
