// SPDX-License-Identifier: Apache-2.0
#include "plugins/references/ris.hpp"

#include <cstddef>

namespace gleaner::references {
namespace {

using common::PersonName;

// Two letters or digits, two spaces, a hyphen, a space: the value begins in column 7.
void add_tag(std::string& record, std::string_view tag, std::string_view value) {
  if (value.empty()) return;
  record.append(tag).append("  - ").append(value).append("\r\n");
}

// The format tells the parts of a name by its commas: "Last, First, Suffix".
std::string without_commas(std::string text) {
  std::erase(text, ',');
  return text;
}

std::string name_in_record(const PersonName& name) {
  std::string out = without_commas(name.particle_and_family());
  if (!name.given.empty()) out += ", " + without_commas(name.given);
  if (!name.suffix.empty()) out += (name.given.empty() ? ", , " : ", ") + without_commas(name.suffix);
  return out;
}

// "2025/05/06/": slashes are written even where day and month are missing.
std::string date_in_record(const std::string& date) {
  if (date.size() <= 4) return {};
  return date.substr(0, 4) + "/" + date.substr(5, 2) + "/" + (date.size() > 7 ? date.substr(8, 2) : "") + "/";
}

}  // namespace

std::string ris_record(const common::Citation& citation, bool has_abstract) {
  std::string out;
  add_tag(out, "TY", citation.journal.empty() ? "UNPB" : "JOUR");
  add_tag(out, "TI", citation.title);
  for (const PersonName& name : citation.authors)
    add_tag(out, "AU", name_in_record(name));
  add_tag(out, "PY", citation.year());
  add_tag(out, "DA", date_in_record(citation.date));
  add_tag(out, "JO", citation.journal);
  if (has_abstract) add_tag(out, "AB", citation.abstract);
  if (!citation.arxiv_id.empty()) {
    add_tag(out, "AN", "arXiv:" + citation.arxiv_id);
    if (citation.journal.empty()) add_tag(out, "PB", "arXiv");
  }
  add_tag(out, "DO", citation.doi);
  for (const std::string& category : citation.categories)
    add_tag(out, "KW", category);
  add_tag(out, "UR", citation.url);
  return out + "ER  - \r\n";
}

std::string Ris::render(const Digest& digest) const {
  std::string out;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    if (i > 0) out += "\r\n";
    out += ris_record(common::citation_of(digest[i].paper(), digest.date()), options.abstract);
  }
  return out;
}

}  // namespace gleaner::references
