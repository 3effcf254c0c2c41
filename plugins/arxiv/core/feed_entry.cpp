// The part of FeedReader that reads one <item> or <entry>.
#include <algorithm>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/authors.hpp"
#include "plugins/arxiv/core/dates.hpp"
#include "plugins/arxiv/core/feed.hpp"
#include "plugins/arxiv/core/xml_text.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kLongestEntry = std::size_t{1} << 20;  // bytes; a real one has about 2,000
constexpr std::size_t kMostWarnings = 5;

void clear(Entry& entry) {
  entry.id.clear();
  entry.version = 0;
  entry.title = entry.abstract = entry.doi = entry.journal = entry.licence = {};
  entry.authors.clear();
  entry.affiliations.clear();
  entry.categories.clear();
  entry.announce = Announce::none;
  entry.date.clear();
}

// The next word of `text`, taken off it together with the space behind it.
std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

// The type that `item` names plainly, in one element and one piece of text; nullopt sends it the long way.
// Only looks: whoever reads the element afterwards finds it as it was.
std::optional<Announce> plain_type(const pugi::xml_node& item) {
  std::optional<Announce> type;
  for (const pugi::xml_node& node : item.children()) {
    if (local_name(node.name()) != "announce_type") continue;
    const pugi::xml_node value = node.first_child();
    if (type || value.next_sibling()) return std::nullopt;
    type = announce_of(trimmed(value.value()));
    if (!type) return std::nullopt;
  }
  return type;
}

bool may_identify(std::string_view field) {
  return field == "guid" || field == "id" || field == "link";
}

void keep_first(std::string_view& field, const pugi::xml_node& node) {
  if (field.empty()) field = take_text(node);
}

}  // namespace

// False if the entry names no paper; it is counted and passed over then.
bool FeedReader::parse_entry(const Markup& start, const Markup& end) {
  const std::size_t size = end.end - start.begin;
  if (size > kLongestEntry)
    throw fault::malformed(name_, entries_, start.begin, "an entry is larger than 1 MiB");
  const pugi::xml_parse_result result =
      item_.load_buffer_inplace(feed_.data() + start.begin, size, kXmlOptions, pugi::encoding_utf8);
  if (!result) {
    const std::size_t offset =
        start.begin + static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    throw fault::malformed(name_, entries_, offset, result.description());
  }
  clear(entry_);
  written_id_ = {};
  entry_offset_ = start.begin;
  const pugi::xml_node item = item_.first_child();
  if (!wanted_.all() && is_unwanted(item)) {
    parse_identifier(item);
  } else {
    for (const pugi::xml_node& node : item.children())
      parse_field(node);
  }
  if (entry_.id.empty()) {
    pass_over();
    return false;
  }
  if (entry_.date.empty()) entry_.date = header_.date;
  return true;
}

bool FeedReader::is_unwanted(const pugi::xml_node& item) {
  const std::optional<Announce> type = plain_type(item);
  if (!type || wanted_.test(static_cast<std::size_t>(*type))) return false;
  entry_.announce = *type;
  return true;
}

// Each element is read once at most, the long ones only where the short ones do not tell.
void FeedReader::parse_identifier(const pugi::xml_node& item) {
  for (const pugi::xml_node& node : item.children())
    if (entry_.id.empty() && may_identify(local_name(node.name()))) parse_field(node);
  if (!entry_.id.empty()) return;
  for (const pugi::xml_node& node : item.children())
    if (!may_identify(local_name(node.name()))) parse_field(node);
}

void FeedReader::pass_over() {
  ++unreadable_;
  if (warnings_.size() == kMostWarnings) return;
  warnings_.push_back(entry_without_id(name_, entries_ + unreadable_, written_id_));
}

// The names of RSS and of Atom at once: none means two things (feed/serializers of arXiv's own service).
void FeedReader::parse_field(const pugi::xml_node& node) {
  const std::string_view name = local_name(node.name());
  if (name == "title") {
    keep_first(entry_.title, node);
  } else if (name == "description" || name == "summary") {
    if (entry_.abstract.empty()) parse_description(take_text(node));
  } else if (name == "category") {
    const pugi::xml_attribute term = node.attribute("term");
    add_category(term ? take_text(term) : take_text(node));
  } else if (name == "guid" || name == "id") {
    set_id(take_text(node));
  } else if (name == "link") {
    const pugi::xml_attribute address = node.attribute("href");
    set_id(address ? take_text(address) : take_text(node));
  } else if (name == "announce_type") {
    entry_.announce = announce_of(take_text(node)).value_or(entry_.announce);
  } else if (name == "creator") {
    split_authors(take_text(node), entry_.authors, entry_.affiliations);
  } else if (name == "pubDate" || name == "published") {
    set_date(take_text(node));
  } else if (name == "rights") {
    keep_first(entry_.licence, node);
  } else if (name == "DOI" || name == "doi") {
    keep_first(entry_.doi, node);
  } else if (name == "journal_reference" || name == "journal_ref") {
    keep_first(entry_.journal, node);
  }
}

// An entry gives its identifier up to three times: with the version in guid or id and in the description,
// without it in the link. The first that has a version wins.
void FeedReader::set_id(std::string_view written) {
  if (!entry_.id.empty() && entry_.version != 0) return;
  std::optional<PaperId> id = parse_id(written);
  if (!id) {
    if (written_id_.empty()) written_id_ = written;
    return;
  }
  if (!entry_.id.empty() && (id->version == 0 || id->bare != entry_.id)) return;
  entry_.id = std::move(id->bare);
  entry_.version = id->version;
}

// "arXiv:2505.01557v1 Announce Type: new Abstract: Text"; whitespace is collapsed here, and so the line break
// before "Abstract:" and the space before that, which re-formatters lose, make no difference. Text of another
// form is kept.
void FeedReader::parse_description(std::string_view description) {
  entry_.abstract = description;
  std::string_view rest = description;
  if (!drop_prefix(rest, "arXiv:")) return;
  const std::string_view id = take_word(rest);
  if (!drop_prefix(rest, "Announce Type: ")) return;
  const std::string_view type = take_word(rest);
  if (!drop_prefix(rest, "Abstract:")) return;
  entry_.abstract = trimmed(rest);
  set_id(id);
  if (entry_.announce == Announce::none) entry_.announce = announce_of(type).value_or(Announce::none);
}

void FeedReader::add_category(std::string_view category) {
  const auto& known = entry_.categories;
  if (category.empty() || std::find(known.begin(), known.end(), category) != known.end()) return;
  entry_.categories.push_back(category);
}

void FeedReader::set_date(std::string_view written) {
  if (!entry_.date.empty()) return;
  if (written != last_date_written_) {
    last_date_ = day_of(written).value_or("");
    last_date_written_ = written;
  }
  entry_.date = last_date_;
}

}  // namespace gleaner::arxiv
