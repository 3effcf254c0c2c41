// SPDX-License-Identifier: Apache-2.0
#include "plugins/huggingface/listing.hpp"

#include <optional>
#include <utility>

#include <boost/json/object.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/json.hpp"
#include "plugins/common/names.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::huggingface {
namespace {

namespace bj = boost::json;
using common::plain_line;
using common::text_at;

std::string address_at(const bj::object& paper, std::string_view key) {
  std::string address = text_at(paper, key);
  return common::is_web_address(address) ? address : std::string{};
}

std::vector<std::string> authors_of(const bj::object& paper) {
  std::vector<std::string> names;
  if (const bj::array* authors = common::array_at(paper, "authors"))
    for (const bj::value& author : *authors)
      if (const bj::object* person = author.if_object())
        if (std::string name = common::natural_name(text_at(*person, "name")); !name.empty())
          names.push_back(std::move(name));
  return names;
}

// Title and summary stand in the paper and again beside it.
std::string text_of_either(const bj::object& paper, const bj::object& row, std::string_view key) {
  std::string text = plain_line(text_at(paper, key));
  return text.empty() ? plain_line(text_at(row, key)) : text;
}

std::optional<Listed> read_row(const bj::object& row, const bj::object& paper) {
  const auto id = common::id_of_arxiv(text_at(paper, "id"));
  if (!id) return std::nullopt;
  Listed out;
  out.id = id->id;
  out.title = text_of_either(paper, row, "title");
  if (out.title.empty()) return std::nullopt;
  out.abstract = text_of_either(paper, row, "summary");
  out.authors = authors_of(paper);
  out.upvotes = common::whole_at(paper, "upvotes").value_or(0);
  out.comments = common::whole_at(row, "numComments").value_or(0);
  out.code = address_at(paper, "githubRepo");
  out.project = address_at(paper, "projectPage");
  return out;
}

}  // namespace

Listing read_listing(std::string_view body, const std::string& origin) {
  const bj::value value = common::parse_json(body, origin);
  const bj::array* rows = value.if_array();
  if (rows == nullptr) {
    const std::string error = value.is_object() ? text_at(value.get_object(), "error") : std::string{};
    if (!error.empty()) throw common::malformed(origin, "refused: \"" + common::beginning_of(error) + "\".");
    throw common::malformed(origin, "is no list of daily papers.");
  }
  Listing listing;
  listing.rows = rows->size();
  for (const bj::value& each : *rows) {
    const bj::object* row = each.if_object();
    const bj::object* paper = row == nullptr ? nullptr : common::object_at(*row, "paper");
    auto read = paper == nullptr ? std::nullopt : read_row(*row, *paper);
    if (read)
      listing.papers.push_back(std::move(*read));
    else
      listing.unreadable.push_back(paper == nullptr ? std::string{} : plain_line(text_at(*paper, "id")));
  }
  return listing;
}

}  // namespace gleaner::huggingface
