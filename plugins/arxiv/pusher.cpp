// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/pusher.hpp"

#include <algorithm>

#include "plugins/arxiv/core/latex.hpp"

namespace gleaner::arxiv {
namespace {

std::uint32_t announce_code(Announce announce) {
  switch (announce) {
    case Announce::fresh:
      return GLEANER_ANNOUNCE_NEW;
    case Announce::cross:
      return GLEANER_ANNOUNCE_CROSS;
    case Announce::replace:
      return GLEANER_ANNOUNCE_REPLACE;
    case Announce::replace_cross:
      return GLEANER_ANNOUNCE_REPLACE_CROSS;
    case Announce::none:
      break;
  }
  return GLEANER_ANNOUNCE_NONE;
}

bool any(const std::vector<std::string_view>& texts) {
  return std::any_of(texts.begin(), texts.end(), [](std::string_view text) { return !text.empty(); });
}

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace

gleaner_str Pusher::clean(std::string_view words, std::string& buffer) const {
  return text(latex_ == Latex::raw ? words : latex_to_unicode(words, buffer));
}

void Pusher::add_names(const std::vector<std::string_view>& names) {
  for (const std::string_view name : names)
    texts_.push_back(clean(name, converted_[converted_count_++]));
}

void Pusher::push(const Entry& entry, Sink& sink) {
  const bool has_affiliations = entry.affiliations.size() == entry.authors.size() && any(entry.affiliations);
  const std::size_t names = entry.authors.size() * (has_affiliations ? 2 : 1);
  if (converted_.size() < names) converted_.resize(names);
  converted_count_ = 0;
  texts_.clear();
  texts_.reserve(names + entry.categories.size());  // pointers into it stay valid
  add_names(entry.authors);
  if (has_affiliations) add_names(entry.affiliations);
  for (const std::string_view category : entry.categories)
    texts_.push_back(text(category));
  url_.assign("https://arxiv.org/abs/").append(entry.id);

  gleaner_paper paper{};
  paper.size = sizeof paper;
  paper.id = text(entry.id);
  paper.title = clean(entry.title, title_);
  paper.abstract = clean(entry.abstract, abstract_);
  paper.url = text(url_);
  paper.doi = text(entry.doi);
  paper.published = text(entry.date);
  paper.journal = text(entry.journal);
  paper.license = text(entry.licence);
  paper.authors = texts_.data();
  paper.author_count = entry.authors.size();
  if (has_affiliations) paper.affiliations = texts_.data() + entry.authors.size();
  paper.categories = texts_.data() + names;
  paper.category_count = entry.categories.size();
  paper.version = entry.version;
  paper.announce = announce_code(entry.announce);
  sink.push(paper);
}

Entry view_of(const OwnedEntry& owned) {
  Entry entry;
  entry.id = owned.id;
  entry.version = owned.version;
  entry.title = owned.title;
  entry.abstract = owned.abstract;
  entry.authors = views(owned.authors);
  entry.affiliations = views(owned.affiliations);
  entry.categories = views(owned.categories);
  entry.announce = owned.announce;
  entry.doi = owned.doi;
  entry.journal = owned.journal;
  entry.licence = owned.licence;
  entry.date = owned.date;
  return entry;
}

}  // namespace gleaner::arxiv
