// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/s2/answers.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include <boost/json.hpp>

#include <gleaner/cpp/text.hpp>

namespace gleaner::authors {
namespace {

namespace bj = boost::json;

// Of everybody somebody wrote with, so many are kept: papers of large collaborations would fill the store.
constexpr std::size_t kMostCoAuthors = 1500;

Error unreadable(const std::string& why) {
  return Error("Semantic Scholar's answer cannot be read: " + why, GLEANER_MALFORMED);
}

bj::value parsed(std::string_view body) {
  bj::error_code error;
  bj::value out = bj::parse(bj::string_view(body.data(), body.size()), error);
  if (error) throw unreadable("it is not JSON, or it breaks off.");
  return out;
}

const bj::value* member(const bj::value& from, bj::string_view name) {
  const bj::object* object = from.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

/// A text, or a number as one; empty for anything else.
std::string text_of(const bj::value* value) {
  if (value == nullptr) return {};
  if (const bj::string* text = value->if_string()) return {text->data(), text->size()};
  if (const std::int64_t* number = value->if_int64()) return std::to_string(*number);
  return {};
}

std::optional<std::int64_t> number_of(const bj::value* value) {
  if (value == nullptr) return std::nullopt;
  if (const std::int64_t* number = value->if_int64()) return *number;
  if (const double* number = value->if_double(); number != nullptr && *number >= 0 && *number < 1e9)
    return static_cast<std::int64_t>(*number);
  const std::string text = text_of(value);
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoll(text);
}

std::optional<int> h_index_of(const bj::value& author) {
  const auto number = number_of(member(author, "hIndex"));
  if (!number || *number < 0 || *number > 100'000) return std::nullopt;
  return static_cast<int>(*number);
}

PaperAuthor paper_author(const bj::value& from) {
  return {text_of(member(from, "authorId")), text_of(member(from, "name")), h_index_of(from)};
}

/// The list under `name`, or an empty one.
const bj::array& list_of(const bj::value& from, bj::string_view name) {
  static const bj::array empty;
  const bj::value* value = member(from, name);
  const bj::array* list = value == nullptr ? nullptr : value->if_array();
  return list == nullptr ? empty : *list;
}

std::vector<std::string> texts_of(const bj::array& list) {
  std::vector<std::string> out;
  for (const bj::value& each : list)
    if (std::string text = text_of(&each); !text.empty()) out.push_back(std::move(text));
  return out;
}

void add_paper(const bj::value& paper, const std::string& own_id, std::set<std::string>& with,
               std::set<std::string>& fields) {
  for (const bj::value& author : list_of(paper, "authors")) {
    if (with.size() >= kMostCoAuthors) break;
    if (text_of(member(author, "authorId")) == own_id) continue;
    if (const Name name = parse_name(text_of(member(author, "name"))); !name.empty())
      with.insert(name.text());
  }
  for (const bj::value& field : list_of(paper, "s2FieldsOfStudy"))
    if (std::string text = text_of(member(field, "category")); !text.empty()) fields.insert(std::move(text));
}

Person person_of(const bj::value& from) {
  Person out;
  out.id = text_of(member(from, "authorId"));
  out.name = text_of(member(from, "name"));
  out.h_index = h_index_of(from);
  out.affiliations = texts_of(list_of(from, "affiliations"));
  std::set<std::string> with;
  std::set<std::string> fields;
  for (const bj::value& paper : list_of(from, "papers"))
    add_paper(paper, out.id, with, fields);
  out.co_authors.assign(with.begin(), with.end());
  out.fields.assign(fields.begin(), fields.end());
  return out;
}

const bj::array& batch_of(const bj::value& answer, std::size_t asked) {
  const bj::array* list = answer.if_array();
  if (list == nullptr) throw unreadable("it is not a list.");
  if (list->size() != asked)
    throw unreadable("it has " + std::to_string(list->size()) + " entries where " + std::to_string(asked) +
                     " were asked for.");
  return *list;
}

bj::array array_of(const std::vector<std::string>& texts) {
  bj::array out;
  for (const std::string& text : texts)
    out.emplace_back(bj::string_view(text));
  return out;
}

bj::value optional_number(const std::optional<int>& number) {
  return number ? bj::value(*number) : bj::value(nullptr);
}

/// What the store gave back; null for what is no JSON.
bj::value kept(std::string_view text) {
  bj::error_code error;
  bj::value out = bj::parse(bj::string_view(text.data(), text.size()), error);
  return error ? bj::value(nullptr) : out;
}

}  // namespace

std::vector<PaperRecord> read_papers(std::string_view body, std::size_t asked) {
  const bj::value answer = parsed(body);
  std::vector<PaperRecord> out;
  for (const bj::value& paper : batch_of(answer, asked)) {
    PaperRecord& record = out.emplace_back();
    if (!paper.is_object()) continue;
    std::vector<PaperAuthor>& authors = record.emplace();
    for (const bj::value& author : list_of(paper, "authors"))
      if (author.is_object()) authors.push_back(paper_author(author));
  }
  return out;
}

std::vector<std::optional<Person>> read_people(std::string_view body, std::size_t asked) {
  const bj::value answer = parsed(body);
  std::vector<std::optional<Person>> out;
  for (const bj::value& person : batch_of(answer, asked)) {
    std::optional<Person>& each = out.emplace_back();
    if (person.is_object()) each = person_of(person);
  }
  return out;
}

Namesakes read_search(std::string_view body) {
  const bj::value answer = parsed(body);
  if (!answer.is_object()) throw unreadable("it is not the answer to a search.");
  const bj::value* data = member(answer, "data");
  const auto total = number_of(member(answer, "total"));
  if (data != nullptr && !data->is_array() && !data->is_null()) throw unreadable("its `data` is not a list.");
  if (data == nullptr && !total) throw unreadable("it is not the answer to a search.");
  Namesakes out;
  const bj::array& list = list_of(answer, "data");
  for (const bj::value& person : list)
    if (person.is_object()) out.people.push_back(person_of(person));
  out.all = member(answer, "next") == nullptr && total && *total <= static_cast<std::int64_t>(list.size());
  return out;
}

std::string words_of_error(std::string_view body) {
  constexpr std::size_t kLongest = 200;  // bytes
  const bj::value answer = kept(body);
  std::string words = text_of(member(answer, "error"));
  if (words.empty()) words = text_of(member(answer, "message"));
  std::ranges::replace_if(
      words, [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
  if (words.size() <= kLongest) return words;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U)
    --end;
  return words.substr(0, end) + "…";
}

std::string written(const PaperRecord& record) {
  if (!record) return "null";
  bj::array out;
  for (const PaperAuthor& author : *record)
    out.push_back(bj::object{
        {"authorId", author.id}, {"name", author.name}, {"hIndex", optional_number(author.h_index)}});
  return bj::serialize(out);
}

std::optional<PaperRecord> read_paper_record(std::string_view text) {
  if (text == "null") return PaperRecord();
  const bj::value value = kept(text);
  const bj::array* list = value.if_array();
  if (list == nullptr) return std::nullopt;
  std::vector<PaperAuthor> authors;
  for (const bj::value& author : *list)
    authors.push_back(paper_author(author));
  return PaperRecord(std::move(authors));
}

std::string written(const Namesakes& namesakes) {
  bj::array people;
  for (const Person& person : namesakes.people)
    people.push_back(bj::object{{"authorId", person.id},
                                {"name", person.name},
                                {"hIndex", optional_number(person.h_index)},
                                {"affiliations", array_of(person.affiliations)},
                                {"fields", array_of(person.fields)},
                                {"with", array_of(person.co_authors)}});
  return bj::serialize(bj::object{{"all", namesakes.all}, {"people", std::move(people)}});
}

std::optional<Namesakes> read_namesakes(std::string_view text) {
  const bj::value value = kept(text);
  const bj::value* all = member(value, "all");
  if (all == nullptr || !all->is_bool()) return std::nullopt;
  Namesakes out;
  out.all = all->get_bool();
  for (const bj::value& each : list_of(value, "people")) {
    Person& person = out.people.emplace_back(person_of(each));
    person.fields = texts_of(list_of(each, "fields"));
    person.co_authors = texts_of(list_of(each, "with"));
  }
  return out;
}

}  // namespace gleaner::authors
