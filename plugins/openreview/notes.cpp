// SPDX-License-Identifier: Apache-2.0
#include "plugins/openreview/notes.hpp"

#include <algorithm>

#include <boost/json/object.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/json.hpp"

namespace gleaner::openreview {
namespace {

namespace bj = boost::json;
using common::whole_at;

// API 2 puts every field into {"value": …}, API 1 and a few old notes do not.
const bj::value* content_field(const bj::object& content, std::string_view name) {
  const bj::value* value = content.if_contains(name);
  if (value == nullptr || !value->is_object()) return value;
  return value->get_object().if_contains("value");
}

std::string text_field(const bj::object& content, std::string_view name) {
  const bj::value* value = content_field(content, name);
  return value == nullptr ? std::string{} : common::plain_line(common::text_of(*value));
}

// An entry of a list: a text, or a person as an object.
std::string entry_of(const bj::value& value) {
  if (!value.is_object()) return common::plain_line(common::text_of(value));
  for (const std::string_view name : {"fullname", "name"})
    if (std::string text = text_field(value.get_object(), name); !text.empty()) return text;
  return {};
}

void add_parts(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",;"), text.size());
    if (const std::string_view part = common::trimmed(text.substr(0, end)); !part.empty())
      out.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// A list, or one text that enumerates ("graphs, sparsity").
std::vector<std::string> list_field(const bj::object& content, std::string_view name) {
  std::vector<std::string> out;
  const bj::value* value = content_field(content, name);
  if (value == nullptr) return out;
  if (!value->is_array()) {
    add_parts(common::plain_line(common::text_of(*value)), out);
    return out;
  }
  for (const bj::value& entry : value->get_array())
    if (std::string text = entry_of(entry); !text.empty()) out.push_back(std::move(text));
  return out;
}

// Of the years 1970 to 9999; anything else is no time.
std::optional<std::int64_t> time_at(const bj::object& note, std::string_view key) {
  constexpr std::int64_t kEnd = 253402300800000;
  const auto time = whole_at(note, key);
  return time && *time >= 0 && *time < kEnd ? time : std::nullopt;
}

bool may_be_read_by_all(const bj::object& note) {
  const bj::array* readers = common::array_at(note, "readers");
  return readers != nullptr && std::any_of(readers->begin(), readers->end(), [](const bj::value& reader) {
           return common::text_of(reader) == "everyone";
         });
}

Note read_note(const bj::object& from) {
  Note note;
  note.id = common::plain_line(common::text_at(from, "id"));
  note.forum = common::plain_line(common::text_at(from, "forum"));
  if (note.forum.empty()) note.forum = note.id;
  note.created = time_at(from, "tcdate");  // cdate is what the organisers want it to be
  if (!note.created) note.created = time_at(from, "cdate");
  note.online = time_at(from, "odate");
  note.published = time_at(from, "pdate");
  note.modified = time_at(from, "tmdate");
  note.is_public = may_be_read_by_all(from);
  note.is_deleted = whole_at(from, "ddate").has_value();
  const bj::object* content = common::object_at(from, "content");
  if (content == nullptr) return note;
  note.title = text_field(*content, "title");
  note.abstract = common::without_heading(text_field(*content, "abstract"), "abstract");
  note.tldr = text_field(*content, "TLDR");
  if (note.tldr.empty()) note.tldr = text_field(*content, "TL;DR");
  note.venue = text_field(*content, "venue");
  note.venue_id = text_field(*content, "venueid");
  note.pdf = text_field(*content, "pdf");
  note.authors = list_field(*content, "authors");
  note.keywords = list_field(*content, "keywords");
  return note;
}

}  // namespace

Page read_page(std::string_view body, const std::string& origin) {
  const bj::value value = common::parse_json(body, origin);
  const bj::object* root = value.if_object();
  const bj::array* notes = root == nullptr ? nullptr : common::array_at(*root, "notes");
  if (notes == nullptr)
    throw common::malformed(origin, "is no list of OpenReview's: it has no list named \"notes\".");
  Page page;
  page.rows = notes->size();
  if (const auto total = whole_at(*root, "count"); total && *total >= 0)
    page.total = static_cast<std::uint64_t>(*total);
  for (const bj::value& note : *notes) {
    if (!note.is_object()) continue;
    Note read = read_note(note.get_object());
    if (!read.id.empty()) page.notes.push_back(std::move(read));
  }
  return page;
}

}  // namespace gleaner::openreview
