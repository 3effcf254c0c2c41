// arXiv's daily feeds, RSS 2.0 and Atom, read one paper at a time in place.
//
// One thread at a time may use a FeedReader; several readers may run at once on buffers of their own.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "plugins/arxiv/core/feed_error.hpp"
#include "plugins/arxiv/core/ids.hpp"
#include "plugins/arxiv/core/markup.hpp"

namespace gleaner::arxiv {

// Why a paper is in the feed, in the order in which feeds list them. `none`: the feed does not say.
enum class Announce { fresh, cross, replace, replace_cross, none };
inline constexpr std::size_t kAnnounceKinds = 5;
using AnnounceSet = std::bitset<kAnnounceKinds>;  // index: Announce

// The word feeds and options use: "new", "cross", "replace", "replace-cross"; "none".
std::string_view announce_word(Announce announce);
// The other way round; any other word, also the feed's "absonly", is nullopt.
std::optional<Announce> announce_of(std::string_view word);

enum class FeedKind { rss, atom };

struct FeedHeader {
  FeedKind kind = FeedKind::rss;
  std::string title;                    // "cs.LG, cs.AI updates on arXiv.org"
  std::vector<std::string> categories;  // archives and categories of the query, as the title lists them
  std::string date;  // announcement day, YYYY-MM-DD as labelled; empty if the feed has none
};

// One paper as the feed has it: XML decoded, whitespace collapsed, TeX as written. The views point into the
// feed's buffer and stay valid as long as it lives: later calls of next() do not touch them. The strings and
// the lists themselves are reused by the next call.
struct Entry {
  std::string id;        // bare canonical identifier, never empty
  unsigned version = 0;  // 0 if the feed does not say
  std::string_view title;
  std::string_view abstract;  // without the "arXiv:… Announce Type: … Abstract:" that feeds put before it
  std::vector<std::string_view> authors;
  std::vector<std::string_view> affiliations;  // one for each author, empty where none is given
  std::vector<std::string_view> categories;    // primary first, none twice
  Announce announce = Announce::none;
  std::string_view doi;
  std::string_view journal;
  std::string_view licence;  // an URL
  std::string date;          // announcement day, YYYY-MM-DD as labelled; the header's where the item has none
};

class FeedReader {
 public:
  // Reads the header. `feed` is the whole document; it is overwritten while it is read and must outlive the
  // reader and every view taken from it. `name` is its address or path, for messages. Throws FeedError.
  FeedReader(std::span<char> feed, std::string_view name);

  FeedReader(const FeedReader&) = delete;
  FeedReader& operator=(const FeedReader&) = delete;

  const FeedHeader& header() const { return header_; }

  // From the next call of next() on, entries that say they are of another type than `types` come with
  // identifier and type alone: whoever leaves them out anyway need not wait for their texts to be made.
  void read_texts_of(AnnounceSet types) { wanted_ = types; }

  // The next paper, or nullptr when the feed has ended as it should. The entry belongs to the reader and is
  // valid until the next call. Throws FeedError where the feed breaks off or is not well-formed; the papers
  // before were good, and every later call throws the same again.
  const Entry* next();

  std::size_t entries() const { return entries_; }  // papers returned so far
  // Where the entry begins that next() returned last: nothing before is looked at again.
  std::size_t entry_offset() const { return entry_offset_; }
  std::size_t unreadable() const { return unreadable_; }  // entries passed over for want of an identifier
  // A sentence for each of the first few entries passed over.
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::string_view text() const { return {feed_.data(), size_}; }
  Markup read_prolog();
  void read_header(const Markup& root);
  void parse_header(std::string document);
  bool starts_entry(const Markup& markup) const;
  bool read_entry();
  bool parse_entry(const Markup& start, const Markup& end);
  bool is_unwanted(const pugi::xml_node& item);
  void parse_identifier(const pugi::xml_node& item);
  void parse_field(const pugi::xml_node& node);
  void parse_description(std::string_view description);
  void add_category(std::string_view category);
  void set_date(std::string_view written);
  void set_id(std::string_view written);
  void pass_over();
  FeedError cut_short(std::size_t offset, std::string_view open_element) const;

  std::span<char> feed_;
  std::size_t size_ = 0;  // of the feed, without a character that breaks off at its end
  std::string name_;
  FeedHeader header_;
  std::string root_;  // qualified name of the outermost element
  std::size_t at_ = 0;
  bool ahead_ = false;  // entry_ holds an entry that next() has not returned yet
  bool ended_ = false;
  std::optional<FeedError> failure_;
  std::size_t entries_ = 0;
  std::size_t unreadable_ = 0;
  std::size_t entry_offset_ = 0;
  AnnounceSet wanted_ = AnnounceSet().set();
  std::vector<std::string> warnings_;

  pugi::xml_document item_;
  Entry entry_;
  std::string_view written_id_;    // what the entry gives as its identifier, for the warning
  std::string last_date_written_;  // all entries of a feed have the same one, so it is worked out once
  std::string last_date_;
};

}  // namespace gleaner::arxiv
