// SPDX-License-Identifier: Apache-2.0
#include "plugins/pubmed/records.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include <pugixml.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/xml.hpp"

namespace gleaner::pubmed {
namespace {

using common::text_within;
using pugi::xml_node;

xml_node at_path(xml_node node, std::initializer_list<const char*> names) {
  for (const char* name : names)
    node = node.child(name);
  return node;
}

bool is_valid(const xml_node& node) {
  return std::string_view(node.attribute("ValidYN").value()) != "N";
}

// ---- Title and abstract

bool is_not_available(std::string_view title) {
  return common::equals_ignoring_case(title, "Not Available") ||
         common::equals_ignoring_case(title, "In Process Citation");
}

std::string without_full_stop(std::string text) {
  if (text.ends_with('.') && !text.ends_with("..")) text.pop_back();
  return text;
}

// A title that was translated stands in square brackets.
std::string title_of(const xml_node& article) {
  std::string title = without_full_stop(text_within(article.child("ArticleTitle")));
  if (title.starts_with('[') && title.ends_with(']'))
    title = without_full_stop(title.substr(1, title.size() - 2));
  return is_not_available(title) ? std::string{} : title;
}

// "BACKGROUND: … METHODS: …"
std::string abstract_of(const xml_node& article) {
  std::string all;
  for (const xml_node& part : article.child("Abstract").children("AbstractText")) {
    const std::string text = text_within(part);
    const std::string_view label = common::trimmed(part.attribute("Label").value());
    if (text.empty()) continue;
    if (!all.empty()) all += ' ';
    if (!label.empty() && !common::equals_ignoring_case(label, "UNLABELLED"))
      all.append(label).append(label.ends_with(':') ? " " : ": ");
    all += text;
  }
  return all;
}

// ---- Authors

// "Jane A Doe Jr" of LastName, ForeName and Suffix; a group has a name of its own.
std::string name_of(const xml_node& author) {
  std::string name = text_within(author.child("CollectiveName"));
  if (!name.empty()) return name;
  name = text_within(author.child("ForeName"));
  if (name.empty()) name = text_within(author.child("Initials"));
  for (const char* part : {"LastName", "Suffix"}) {
    const std::string text = text_within(author.child(part));
    if (!text.empty()) name += (name.empty() ? "" : " ") + text;
  }
  return name;
}

std::string affiliation_of(const xml_node& author) {
  std::string all;
  for (const xml_node& info : author.children("AffiliationInfo"))
    for (const xml_node& place : info.children("Affiliation"))
      if (const std::string text = text_within(place); !text.empty()) all += (all.empty() ? "" : "; ") + text;
  return all;
}

void read_authors(const xml_node& article, Record& record) {
  for (const xml_node& list : article.children("AuthorList")) {
    if (std::string_view(list.attribute("Type").value()) == "editors") continue;
    for (const xml_node& author : list.children("Author")) {
      std::string name = is_valid(author) ? name_of(author) : std::string{};
      if (name.empty()) continue;
      record.authors.push_back(std::move(name));
      record.affiliations.push_back(affiliation_of(author));
    }
  }
  const bool none = std::all_of(record.affiliations.begin(), record.affiliations.end(),
                                [](const std::string& place) { return place.empty(); });
  if (none) record.affiliations.clear();
}

// ---- Dates

int number_of(std::string_view text) {
  int number = 0;
  text = common::trimmed(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

// "5", "05" and "May".
int month_of(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string name = common::lower_case(common::trimmed(text).substr(0, 3));
  const auto at = std::find(kMonths.begin(), kMonths.end(), name);
  return at == kMonths.end() ? number_of(text) : static_cast<int>(at - kMonths.begin()) + 1;
}

// <Year>, <Month> and <Day>, or a <MedlineDate> such as "2025 May-Jun", of which the first is taken.
std::string day_of(const xml_node& date) {
  int year = number_of(date.child_value("Year"));
  int month = month_of(date.child_value("Month"));
  const int day = number_of(date.child_value("Day"));
  const std::string_view words = common::trimmed(date.child_value("MedlineDate"));
  if (year == 0 && words.size() >= 4) {
    year = number_of(words.substr(0, 4));
    month = words.size() > 5 ? month_of(words.substr(5, 3)) : 0;
  }
  if (year <= 0 || month < 0 || day < 0) return {};
  const auto whole = common::day_of_numbers(year, month, day);
  return whole ? *whole : common::day_of_numbers(year, 0, 0).value_or("");
}

std::string entered_on(const xml_node& data) {
  for (const char* status : {"entrez", "pubmed"})
    for (const xml_node& date : data.child("History").children("PubMedPubDate"))
      if (status == std::string_view(date.attribute("PubStatus").value())) return day_of(date);
  return {};
}

std::string published_on(const xml_node& article) {
  std::string day = day_of(article.child("ArticleDate"));
  return day.empty() ? day_of(at_path(article, {"Journal", "JournalIssue", "PubDate"})) : day;
}

// ---- Identifiers and key words

// Of the paper itself: those of what it cites are in lists of their own.
std::string article_id(const xml_node& data, std::string_view type) {
  for (const xml_node& id : data.child("ArticleIdList").children("ArticleId"))
    if (type == id.attribute("IdType").value()) return text_within(id);
  return {};
}

std::string doi_of(const xml_node& article, const xml_node& data) {
  for (const xml_node& id : article.children("ELocationID")) {
    if (std::string_view(id.attribute("EIdType").value()) != "doi" || !is_valid(id)) continue;
    if (std::string doi = common::bare_doi(text_within(id)); !doi.empty()) return doi;
  }
  return common::bare_doi(article_id(data, "doi"));
}

void add_keyword(std::string word, Record& record) {
  word = without_full_stop(std::move(word));
  const bool is_new =
      std::find(record.keywords.begin(), record.keywords.end(), word) == record.keywords.end();
  if (!word.empty() && is_new) record.keywords.push_back(std::move(word));
}

void read_keywords(const xml_node& citation, Record& record) {
  for (const xml_node& list : citation.children("KeywordList"))
    for (const xml_node& word : list.children("Keyword"))
      add_keyword(text_within(word), record);
  for (const xml_node& heading : citation.child("MeshHeadingList").children("MeshHeading"))
    add_keyword(text_within(heading.child("DescriptorName")), record);
}

// ---- Records

void finish(Record& record) {
  if (!record.title.empty()) return;
  record.title = record.vernacular_title;
  record.vernacular_title.clear();
}

Record article_record(const xml_node& node) {
  const xml_node citation = node.child("MedlineCitation");
  const xml_node article = citation.child("Article");
  const xml_node data = node.child("PubmedData");
  Record record;
  record.pmid = text_within(citation.child("PMID"));
  record.doi = doi_of(article, data);
  record.pmc = article_id(data, "pmc");
  record.title = title_of(article);
  record.vernacular_title = without_full_stop(text_within(article.child("VernacularTitle")));
  record.abstract = abstract_of(article);
  record.journal = text_within(at_path(article, {"Journal", "Title"}));
  record.entered = entered_on(data);
  record.published = published_on(article);
  read_authors(article, record);
  read_keywords(citation, record);
  finish(record);
  return record;
}

// A chapter of a book on NCBI's Bookshelf.
Record book_record(const xml_node& node) {
  const xml_node document = node.child("BookDocument");
  const xml_node book = document.child("Book");
  const xml_node data = node.child("PubmedBookData");
  Record record;
  record.pmid = text_within(document.child("PMID"));
  record.title = title_of(document);
  record.journal = text_within(book.child("BookTitle"));
  if (record.title.empty()) record.title = without_full_stop(record.journal);
  record.doi = doi_of(book, data);
  record.abstract = abstract_of(document);
  record.entered = entered_on(data);
  record.published = day_of(document.child("ContributionDate"));
  if (record.published.empty()) record.published = day_of(book.child("PubDate"));
  read_authors(document.child("AuthorList") ? document : book, record);
  read_keywords(document, record);
  return record;
}

bool is_number(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), common::is_digit);
}

}  // namespace

Records read_records(std::string body, const std::string& charset, const std::string& origin) {
  const common::XmlDocument document = common::parse_xml(std::move(body), charset, origin);
  const xml_node root = document.root();
  Records out;
  out.note = document.note;
  if (const xml_node error = root.child("ERROR"))
    throw common::malformed(origin, "refused: \"" + common::beginning_of(text_within(error)) + "\".");
  const std::string_view name = root.name();
  if (name != "PubmedArticleSet")
    throw common::malformed(
        origin, "is no set of PubMed records: it begins with <" + common::beginning_of(name) + ">.");
  for (const xml_node& node : root.children()) {
    const std::string_view kind = node.name();
    const bool is_article = kind == "PubmedArticle";
    if (!is_article && kind != "PubmedBookArticle") continue;
    Record record = is_article ? article_record(node) : book_record(node);
    if (!is_number(record.pmid) || record.title.empty())
      out.unreadable.push_back(record.pmid);
    else
      out.records.push_back(std::move(record));
  }
  return out;
}

}  // namespace gleaner::pubmed
