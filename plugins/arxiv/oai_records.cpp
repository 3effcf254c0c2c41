// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/oai_records.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <gleaner/cpp/text.hpp>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/authors.hpp"
#include "plugins/arxiv/core/dates.hpp"
#include "plugins/arxiv/core/ids.hpp"
#include "plugins/common/answer_checks.hpp"
#include "plugins/common/xml.hpp"

namespace gleaner::arxiv {
namespace {

using common::child_named;
using common::local_name;
using common::text_within;

// Archives that are a group of their own; all others are in the group physics.
constexpr std::array<std::string_view, 7> kGroups = {"cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"};

std::string text_of_child(const pugi::xml_node& parent, std::string_view name) {
  return text_within(child_named(parent, name));
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!(text = trimmed(text)).empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

// <author><keyname>Harman</keyname><forenames>Zoltán</forenames><suffix>Jr</suffix></author>
void add_persons(const pugi::xml_node& authors, OwnedEntry& paper) {
  for (const pugi::xml_node& author : authors.children()) {
    if (author.type() != pugi::node_element) continue;
    std::string name = text_of_child(author, "forenames");
    for (const char* part : {"keyname", "suffix"}) {
      const std::string more = text_of_child(author, part);
      if (!more.empty()) name.append(name.empty() ? "" : " ").append(more);
    }
    if (name.empty()) continue;
    paper.authors.push_back(std::move(name));
    paper.affiliations.push_back(text_of_child(author, "affiliation"));
  }
}

void add_line(const std::string& line, OwnedEntry& paper) {
  std::vector<std::string_view> names;
  std::vector<std::string_view> affiliations;
  split_authors(line, names, affiliations);
  paper.authors.assign(names.begin(), names.end());
  paper.affiliations.assign(affiliations.begin(), affiliations.end());
}

void read_common(const pugi::xml_node& metadata, OaiRecord& record) {
  OwnedEntry& paper = record.paper;
  paper.title = text_of_child(metadata, "title");
  paper.abstract = text_of_child(metadata, "abstract");
  paper.categories = words_of(text_of_child(metadata, "categories"));
  paper.doi = text_of_child(metadata, "doi");
  paper.journal = text_of_child(metadata, "journal-ref");
  paper.licence = text_of_child(metadata, "license");
}

void read_arxiv(const pugi::xml_node& metadata, OaiRecord& record) {
  add_persons(child_named(metadata, "authors"), record.paper);
  const std::string created = day_of(text_of_child(metadata, "created")).value_or("");
  const std::string updated = day_of(text_of_child(metadata, "updated")).value_or("");
  record.submitted = updated.empty() ? created : updated;
  record.is_replaced = !updated.empty() && updated != created;
}

void read_raw(const pugi::xml_node& metadata, OaiRecord& record) {
  add_line(text_of_child(metadata, "authors"), record.paper);
  for (const pugi::xml_node& node : metadata.children()) {
    if (node.type() != pugi::node_element || local_name(node) != "version") continue;
    ++record.paper.version;  // all are listed, the first one first
    record.submitted = day_of(text_of_child(node, "date")).value_or("");
  }
  record.is_replaced = record.paper.version > 1;
}

void read_record(const pugi::xml_node& node, OaiPage& page) {
  const pugi::xml_node header = child_named(node, "header");
  if (std::string_view(header.attribute("status").value()) == "deleted") {
    ++page.deleted;
    return;
  }
  OaiRecord record;
  record.datestamp = text_of_child(header, "datestamp");
  const auto id = parse_id(text_of_child(header, "identifier"));
  const pugi::xml_node metadata = child_named(node, "metadata").first_child();
  pugi::xml_node format = metadata;
  while (format && format.type() != pugi::node_element)
    format = format.next_sibling();
  if (!id || !format) {
    ++page.unreadable;
    return;
  }
  record.paper.id = id->bare;
  read_common(format, record);
  if (local_name(format) == "arXivRaw")
    read_raw(format, record);
  else
    read_arxiv(format, record);
  page.records.push_back(std::move(record));
}

}  // namespace

OaiPage parse_oai(std::string bytes, std::string_view charset, std::string_view origin) {
  if (starts_ignoring_case(trimmed(bytes), "rate exceeded"))
    throw Error(std::string(origin) +
                    ": arXiv answered \"Rate exceeded.\" instead of records. It is turning requests "
                    "away for now; try again in a few minutes.",
                GLEANER_UNREACHABLE);
  const common::XmlDocument document = common::parse_xml(std::move(bytes), charset, origin);
  const pugi::xml_node root = document.root();
  if (local_name(root) != "OAI-PMH")
    throw common::malformed(origin, "is XML but no answer of OAI-PMH: it begins with <" +
                                        std::string(local_name(root).substr(0, 60)) +
                                        "> where <OAI-PMH> should be.");
  OaiPage page;
  if (const pugi::xml_node error = child_named(root, "error")) {
    page.error_code = error.attribute("code").value();
    page.error = text_within(error);
    if (page.error_code.empty()) page.error_code = "error";
    return page;
  }
  const pugi::xml_node list = child_named(root, "ListRecords");
  for (const pugi::xml_node& node : list.children()) {
    if (node.type() != pugi::node_element) continue;
    if (local_name(node) == "record") read_record(node, page);
    if (local_name(node) == "resumptionToken") page.token = trimmed(common::raw_text(node));
  }
  const bool has_identity = static_cast<bool>(child_named(root, "Identify"));
  if (!list && !has_identity)
    throw common::malformed(origin, "is an OAI-PMH answer without records or an error.");
  return page;
}

std::string set_spec(std::string_view category) {
  const std::size_t dot = category.find('.');
  const std::string archive(category.substr(0, dot));
  const bool is_group = std::find(kGroups.begin(), kGroups.end(), archive) != kGroups.end();
  const std::string group = is_group ? archive : "physics";
  if (dot != std::string_view::npos)
    return group + ":" + archive + ":" + std::string(category.substr(dot + 1));
  return is_group ? archive : "physics:" + archive;
}

}  // namespace gleaner::arxiv
