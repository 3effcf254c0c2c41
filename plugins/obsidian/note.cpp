// SPDX-License-Identifier: Apache-2.0
#include "plugins/obsidian/note.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/common/digest/problems.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/visible_text.hpp"
#include "plugins/obsidian/markdown_text.hpp"
#include "plugins/obsidian/names.hpp"

namespace gleaner::obsidian {
namespace {

using digest::Paper;

void add_key(std::string& yaml, std::string_view key, std::string_view value) {
  if (!common::visible_line(value).empty())
    yaml.append(key).append(": ").append(yaml_text(value)).append("\n");
}

void add_list(std::string& yaml, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  yaml.append(key).append(":\n");
  for (const std::string& value : values)
    yaml.append("  - ").append(yaml_text(value)).append("\n");
}

void add_scores(std::string& yaml, const Paper& paper) {
  std::string rows;
  for (const digest::Axis& axis : paper.scores)
    if (std::isfinite(axis.value))
      rows += "  " + yaml_text(axis.name) + ": " + digest::number(axis.value) + "\n";
  if (!rows.empty()) yaml += "scores:\n" + rows;
  if (paper.total && std::isfinite(*paper.total)) yaml += "total: " + digest::number(*paper.total) + "\n";
}

std::vector<std::string> tags_of(const Paper& paper, const std::vector<std::string>& always) {
  std::vector<std::string> out;
  const auto add = [&out](std::string tag) {
    if (!tag.empty() && std::find(out.begin(), out.end(), tag) == out.end()) out.push_back(std::move(tag));
  };
  for (const std::string& tag : always)
    add(tag_of(tag));
  for (const std::string& category : paper.categories)
    add(tag_of(category));
  return out;
}

std::string doi_of(const Paper& paper) {
  const auto id = common::id_of_doi(paper.doi.empty() ? paper.id : paper.doi);
  return id ? id->doi : std::string();
}

std::string scores_line(const Paper& paper) {
  std::string out;
  const auto add = [&out](const std::string& text) { out += (out.empty() ? "" : " · ") + text; };
  if (paper.total && std::isfinite(*paper.total)) add("**" + digest::number(*paper.total) + "**");
  for (const digest::Axis& axis : paper.scores)
    if (std::isfinite(axis.value)) add(note_text(axis.name) + " " + digest::number(axis.value));
  return out;
}

std::string names_line(const std::vector<std::string>& authors) {
  std::string out;
  for (const std::string& author : authors)
    out += (out.empty() ? "" : ", ") + note_text(author);
  return out;
}

void add_paragraph(std::string& body, std::string_view before, const std::string& text) {
  if (!text.empty()) body.append(before).append(text).append("\n\n");
}

// https://info.arxiv.org: the PDF of an identifier is at /pdf/.
std::string links_of(const Paper& paper, std::string_view day_note) {
  std::string out = "- [[" + std::string(day_note) + "]]\n";
  const auto add = [&out](std::string_view words, const std::string& url) {
    if (!url.empty()) out.append("- [").append(words).append("](<").append(url).append(">)\n");
  };
  add("Page", digest::safe_url(digest::paper_url(paper)));
  if (digest::is_arxiv_id(paper.id)) add("PDF", digest::safe_url("https://arxiv.org/pdf/" + paper.id));
  if (const std::string doi = doi_of(paper); !doi.empty())
    add("DOI", digest::safe_url("https://doi.org/" + doi));
  return out;
}

std::string day_entry(const Filed& filed) {
  const Paper& paper = *filed.paper;
  std::string out = "- [[" + filed.name + "|" + link_words(paper.title) + "]]";
  if (const std::string scores = scores_line(paper); !scores.empty()) out += " — " + scores;
  out += "\n";
  if (paper.authors && !paper.authors->empty()) out += "    " + names_line(*paper.authors) + "\n";
  const std::string why = note_text(paper.comment.value_or(paper.summary));
  if (!why.empty()) out += "    *Why:* " + why + "\n";
  return out;
}

// Where the one line that begins so does; npos where there is none or another. A title in the properties that
// reads like it begins no line.
std::size_t only_line(std::string_view file, std::string_view words) {
  const std::string line = "\n" + std::string(words);
  const std::size_t at = file.find(line);
  if (at == std::string_view::npos || file.find(line, at + 1) != std::string_view::npos)
    return std::string_view::npos;
  return at + 1;
}

std::string counted(std::size_t count, std::string_view what) {
  return digest::grouped(static_cast<long long>(count)) + " " + std::string(what) + (count == 1 ? "" : "s");
}

}  // namespace

Note paper_note(const Paper& paper, const std::vector<std::string>& tags, std::string_view date,
                std::string_view day_note) {
  Note note;
  std::string& yaml = note.front_matter;
  yaml = "---\n";
  add_key(yaml, "id", paper.id);
  add_key(yaml, "title", paper.title);
  add_list(yaml, "aliases", {paper.title});
  add_list(yaml, "authors", paper.authors.value_or(std::vector<std::string>()));
  yaml.append("date: ").append(date).append("\n");
  if (digest::parse_date(paper.published)) yaml += "published: " + paper.published + "\n";
  add_list(yaml, "tags", tags_of(paper, tags));
  add_scores(yaml, paper);
  add_key(yaml, "url", digest::safe_url(digest::paper_url(paper)));
  add_key(yaml, "doi", doi_of(paper));
  yaml += "---\n";

  std::string& body = note.body;
  add_paragraph(body, "# ", note_text(paper.title));
  add_paragraph(body, "", names_line(paper.authors.value_or(std::vector<std::string>())));
  add_paragraph(body, "", scores_line(paper));
  add_paragraph(body, "> *Why:* ", note_text(paper.comment.value_or("")));
  add_paragraph(body, "> *Flag:* ", note_text(paper.flag));
  add_paragraph(body, "## Summary\n\n", note_text(paper.summary));
  add_paragraph(body, "## Abstract\n\n", note_text(paper.abstract.value_or("")));
  body += "## Links\n\n" + links_of(paper, day_note);
  return note;
}

Note day_note(const digest::Page& page, std::string_view date, const std::vector<Filed>& papers,
              const std::vector<std::string>& tags) {
  Note note;
  std::string& yaml = note.front_matter;
  const std::string title = (page.title.empty() ? page.pipeline : page.title) + " " + std::string(date);
  yaml = "---\n";
  add_key(yaml, "title", title);
  yaml.append("date: ").append(date).append("\n");
  add_key(yaml, "pipeline", page.pipeline);
  add_list(yaml, "tags", tags_of(Paper(), tags));
  yaml += "---\n";

  std::string& body = note.body;
  add_paragraph(body, "# ", note_text(title));
  const auto problems = digest::problems(page);
  for (const digest::Problem& problem : problems)
    body += (&problem == &problems.front() ? "> [!warning] Not everything is here\n> - " : "> - ") +
            note_text(problem.sentence) + "\n";
  if (!problems.empty()) body += "\n";
  std::string line = counted(papers.size(), "paper");
  if (page.counts.scanned) line += " of " + digest::grouped(*page.counts.scanned) + " scanned";
  add_paragraph(body, "", line);
  for (const Filed& filed : papers)
    body += day_entry(filed);
  return note;
}

std::string new_file(const Note& note) {
  return note.front_matter + "\n" + std::string(kBegin) + "\n" + note.body + std::string(kEnd) + "\n";
}

std::optional<std::string> updated_file(std::string_view file, const Note& note) {
  const std::size_t begin = only_line(file, kBegin);
  const std::size_t end = only_line(file, kEnd);
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return std::nullopt;
  std::string out(file.substr(0, begin + kBegin.size()));
  return out.append("\n").append(note.body).append(file.substr(end));
}

}  // namespace gleaner::obsidian
