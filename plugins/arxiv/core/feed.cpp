#include "plugins/arxiv/core/feed.hpp"

#include <array>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/dates.hpp"
#include "plugins/arxiv/core/feed_sniff.hpp"
#include "plugins/arxiv/core/xml_text.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kDeepestHeader = 32;  // a real one is three deep

constexpr std::array<std::string_view, kAnnounceKinds> kAnnounceWords = {"new", "cross", "replace",
                                                                         "replace-cross", "none"};

// "cs.LG, cs.AI updates on arXiv.org"
std::vector<std::string> categories_of_title(std::string_view title) {
  constexpr std::string_view kTail = " updates on arXiv.org";
  std::vector<std::string> categories;
  if (!title.ends_with(kTail)) return categories;
  title.remove_suffix(kTail.size());
  while (!title.empty()) {
    const std::size_t comma = std::min(title.find(','), title.size());
    const std::string_view category = trimmed(title.substr(0, comma));
    if (!category.empty()) categories.emplace_back(category);
    title.remove_prefix(std::min(comma + 1, title.size()));
  }
  return categories;
}

}  // namespace

std::string_view announce_word(Announce announce) {
  return kAnnounceWords[static_cast<std::size_t>(announce)];
}

std::optional<Announce> announce_of(std::string_view word) {
  for (std::size_t i = 0; i < kAnnounceKinds; ++i) {
    if (word == kAnnounceWords[i]) return static_cast<Announce>(i);
  }
  return std::nullopt;
}

FeedReader::FeedReader(std::span<char> feed, std::string_view name) : feed_(feed), name_(name) {
  size_ = check_body({feed.data(), feed.size()}, name);
  read_header(read_prolog());
  // A label the header does not have, the first paper does: the Atom feed dates its entries only.
  if (header_.date.empty() && !ended_) {
    ahead_ = read_entry();
    if (ahead_) header_.date = entry_.date;
  }
}

FeedError FeedReader::cut_short(std::size_t offset, std::string_view open_element) const {
  return fault::truncated(name_, entries_, offset, open_element);
}

// Passes over declaration, comments and instructions to the outermost element.
Markup FeedReader::read_prolog() {
  std::size_t at = document_start(text());
  for (;;) {
    const Markup markup = next_markup(text(), at);
    switch (markup.kind) {
      case MarkupKind::none:
      case MarkupKind::cut:
        throw cut_short(size_, "the document");
      case MarkupKind::declaration:
        throw fault::doctype(name_, markup.begin);
      case MarkupKind::start:
      case MarkupKind::empty:
        return markup;
      case MarkupKind::end:
      case MarkupKind::cdata:
        throw fault::malformed(name_, 0, markup.begin, "this cannot stand before the first element");
      case MarkupKind::comment:
      case MarkupKind::instruction:
        at = markup.end;
    }
  }
}

bool FeedReader::starts_entry(const Markup& markup) const {
  const std::string_view name = header_.kind == FeedKind::rss ? "item" : "entry";
  return markup.kind == MarkupKind::start && local_name(markup.name) == name;
}

// Finds the end of the header, which is the first entry or the end of the feed, and reads a copy of it with
// the elements closed that are still open there.
void FeedReader::read_header(const Markup& root) {
  const std::string_view kind = local_name(root.name);
  if (kind == "html") throw fault::web_page(name_, {});
  if (kind != "rss" && kind != "feed") throw fault::not_a_feed(name_, root.name);
  header_.kind = kind == "rss" ? FeedKind::rss : FeedKind::atom;
  root_ = root.name;
  std::vector<std::string_view> open;
  if (root.kind == MarkupKind::start) open.push_back(root.name);
  at_ = root.end;
  while (!open.empty()) {
    const Markup markup = next_markup(text(), at_);
    if (markup.kind == MarkupKind::none || markup.kind == MarkupKind::cut)
      throw cut_short(size_, open.back());
    if (markup.kind == MarkupKind::declaration) throw fault::doctype(name_, markup.begin);
    if (starts_entry(markup)) break;
    at_ = markup.end;
    if (markup.kind == MarkupKind::end) open.pop_back();
    if (markup.kind != MarkupKind::start) continue;
    open.push_back(markup.name);
    if (open.size() > kDeepestHeader) {
      throw fault::malformed(name_, 0, markup.begin, "the header's elements are nested too deeply");
    }
  }
  ended_ = open.empty();
  std::string document(text().substr(root.begin, at_ - root.begin));
  for (; !open.empty(); open.pop_back())
    document.append("</").append(open.back()).append(">");
  parse_header(std::move(document));
}

void FeedReader::parse_header(std::string document) {
  pugi::xml_document parsed;
  const pugi::xml_parse_result result =
      parsed.load_buffer_inplace(document.data(), document.size(), kXmlOptions, pugi::encoding_utf8);
  if (!result)
    throw fault::malformed(name_, 0, 0,
                           std::string("its header does not parse (") + result.description() + ")");
  std::string_view description;
  std::string_view updated;
  const pugi::xml_node root = parsed.first_child();
  pugi::xml_node channel = root;
  if (header_.kind == FeedKind::rss) {
    channel = root.first_child();
    while (channel && local_name(channel.name()) != "channel")
      channel = channel.next_sibling();
    if (!channel) throw fault::malformed(name_, 0, 0, "there is no <channel> in it");
  }
  for (const pugi::xml_node& node : channel.children()) {
    const std::string_view name = local_name(node.name());
    if (name == "title" && header_.title.empty()) header_.title = take_text(node);
    if ((name == "description" || name == "subtitle") && description.empty()) description = take_text(node);
    if (name == "pubDate" && header_.date.empty()) header_.date = day_of(take_text(node)).value_or("");
    if (name == "updated" && updated.empty()) updated = take_text(node);
  }
  if (header_.title.starts_with("Feed error for query")) throw fault::refused(name_, description);
  if (header_.title.starts_with("arXiv Query")) throw fault::search_result(name_);
  header_.categories = categories_of_title(header_.title);
  // An Atom feed without entries has no other date than that of its generation.
  if (ended_ && header_.date.empty()) header_.date = new_york_day_of_utc(updated).value_or("");
}

const Entry* FeedReader::next() {
  if (failure_) throw FeedError(*failure_);
  try {
    if (!ahead_ && !read_entry()) return nullptr;
  } catch (const FeedError& error) {
    failure_ = error;
    throw;
  }
  ahead_ = false;
  ++entries_;
  return &entry_;
}

// Reads the next entry that has an identifier into entry_; false at the end of the feed.
bool FeedReader::read_entry() {
  while (!ended_) {
    const Markup markup = next_markup(text(), at_);
    if (markup.kind == MarkupKind::none || markup.kind == MarkupKind::cut) throw cut_short(size_, root_);
    if (markup.kind == MarkupKind::declaration) throw fault::doctype(name_, markup.begin);
    if (starts_entry(markup)) {
      const Markup end = closing_tag(text(), markup);
      if (end.kind != MarkupKind::end && end.end == size_) throw cut_short(size_, markup.name);
      if (end.kind != MarkupKind::end) throw fault::doctype(name_, end.begin);
      at_ = end.end;
      if (parse_entry(markup, end)) return true;
      continue;
    }
    at_ = markup.end;
    ended_ = markup.kind == MarkupKind::end && markup.name == root_;
  }
  if (entries_ == 0 && unreadable_ > 0) throw fault::no_ids(name_, unreadable_);
  return false;
}

}  // namespace gleaner::arxiv
