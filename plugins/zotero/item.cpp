// SPDX-License-Identifier: Apache-2.0
#include "plugins/zotero/item.hpp"

#include <algorithm>
#include <cstddef>

#include <boost/json/array.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/json.hpp"

namespace gleaner::zotero {
namespace {

namespace json = boost::json;
using common::Citation;
using common::PersonName;

constexpr std::size_t kMostTags = 50;
constexpr std::size_t kLongestTag = 255;  // bytes; longer ones do not sync

void add_name(Names& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

void add_known(Names& names, const std::optional<common::PaperId>& id) {
  if (!id) return;
  if (id->is_arxiv())
    add_name(names, "arxiv:" + id->id);
  else if (!id->doi.empty())
    add_name(names, "doi:" + id->doi);
  else
    add_name(names, id->id.starts_with("url:") ? id->id : "url:" + id->id);
}

// "arXiv:2505.01557 [cs.LG]" and "DOI: 10.1/x" on lines of their own, as Zotero and its translators write
// them.
void add_extra(Names& names, std::string_view extra) {
  while (!extra.empty()) {
    const std::size_t end = std::min(extra.find('\n'), extra.size());
    std::string_view line = common::trimmed(extra.substr(0, end));
    extra.remove_prefix(std::min(end + 1, extra.size()));
    const bool is_arxiv = common::drop_prefix(line, "arXiv:");
    const bool is_doi = !is_arxiv && common::drop_prefix(line, "DOI:");
    line = common::trimmed(line);
    line = line.substr(0, line.find(' '));
    if (is_arxiv) add_known(names, common::id_of_arxiv(line));
    if (is_doi) add_known(names, common::id_of_doi(line));
  }
}

json::object creator_of(const PersonName& name) {
  if (name.is_organisation || name.given.empty())
    return {{"creatorType", "author"}, {"name", name.particle_and_family()}};
  const std::string given = name.suffix.empty() ? name.given : name.given + ", " + name.suffix;
  return {{"creatorType", "author"}, {"firstName", given}, {"lastName", name.particle_and_family()}};
}

json::array tags_of(const Citation& citation, const std::vector<std::string>& own) {
  json::array out;
  for (const std::string& tag : own)
    out.push_back(json::object{{"tag", tag}});
  for (const std::string& category : citation.categories)
    if (out.size() < kMostTags && category.size() <= kLongestTag &&
        std::find(own.begin(), own.end(), category) == own.end())
      out.push_back(json::object{{"tag", category}, {"type", 1}});
  return out;
}

std::string extra_of(const Citation& citation) {
  if (citation.arxiv_id.empty()) return {};
  const bool has_class =
      !citation.primary_category.empty() && citation.arxiv_id.find('/') == std::string::npos;
  return "arXiv:" + citation.arxiv_id + (has_class ? " [" + citation.primary_category + "]" : "");
}

}  // namespace

Names names_of(const json::object& data) {
  Names names;
  add_known(names, common::id_of_doi(common::text_at(data, "DOI")));
  std::string archive = common::text_at(data, "archiveID");
  add_known(names, common::id_of_arxiv(archive));
  add_known(names, common::id_of_url(common::text_at(data, "url")));
  add_extra(names, common::text_at(data, "extra"));
  return names;
}

Names names_of(const Citation& citation) {
  Names names;
  if (!citation.arxiv_id.empty()) add_name(names, "arxiv:" + citation.arxiv_id);
  if (!citation.doi.empty()) add_name(names, "doi:" + citation.doi);
  add_known(names, common::id_of_url(citation.url));
  return names;
}

json::object item_of(const Citation& citation, const std::vector<std::string>& tags,
                     const std::string& collection) {
  const bool is_preprint = citation.journal.empty();
  json::object item{{"itemType", is_preprint ? "preprint" : "journalArticle"}, {"title", citation.title}};
  json::array creators;
  for (const PersonName& name : citation.authors)
    creators.push_back(creator_of(name));
  item["creators"] = std::move(creators);
  item["abstractNote"] = citation.abstract;
  if (!is_preprint) item["publicationTitle"] = citation.journal;
  if (is_preprint && !citation.arxiv_id.empty()) {
    item["repository"] = "arXiv";
    item["archiveID"] = "arXiv:" + citation.arxiv_id;
  }
  // https://info.arxiv.org/help/doi.html: arXiv registers one for every preprint.
  const bool is_arxivs = citation.doi.empty() && is_preprint && !citation.arxiv_id.empty();
  item["DOI"] = is_arxivs ? "10.48550/arXiv." + citation.arxiv_id : citation.doi;
  item["date"] = citation.date;
  item["url"] = citation.url;
  item["extra"] = extra_of(citation);
  item["tags"] = tags_of(citation, tags);
  json::array collections;
  if (!collection.empty()) collections.push_back(json::string(collection));
  item["collections"] = std::move(collections);
  item["relations"] = json::object();
  return item;
}

}  // namespace gleaner::zotero
