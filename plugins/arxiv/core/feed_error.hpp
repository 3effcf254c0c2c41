// What can be wrong with a feed, each as one sentence or two for a person.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gleaner::arxiv {

enum class FeedFault {
  empty,         // nothing but whitespace
  rate_limited,  // arXiv's `Rate exceeded.`, which it also serves with HTTP status 200
  web_page,      // HTML: maintenance, a challenge, a wrong address
  not_xml,
  not_a_feed,  // XML, but neither RSS 2.0 nor an Atom daily feed
  encoding,    // not UTF-8
  doctype,     // a document type declaration, refused for what its entities may expand to
  truncated,
  malformed,
  refused,  // a feed that says the query was wrong
  no_ids,   // entries, but not one with an arXiv identifier
};

// what() is the message: it begins with the name of the feed and ends with what to do.
class FeedError : public std::runtime_error {
 public:
  FeedError(FeedFault fault, const std::string& message, std::size_t entries = 0)
      : std::runtime_error(message), fault_(fault), entries_(entries) {}

  FeedFault fault() const { return fault_; }
  std::size_t entries() const { return entries_; }  // complete papers read before the fault

 private:
  FeedFault fault_;
  std::size_t entries_;
};

// The messages. `feed` is the address or path it came from; text of the feed itself is quoted with control
// characters replaced and cut to a readable length. Offsets are in bytes from the start of the feed, the
// first being 0.
namespace fault {
FeedError empty(std::string_view feed);
FeedError rate_limited(std::string_view feed);
FeedError web_page(std::string_view feed, std::string_view title);
FeedError compressed(std::string_view feed);
FeedError not_xml(std::string_view feed, std::string_view beginning);
FeedError not_a_feed(std::string_view feed, std::string_view root);
FeedError search_result(std::string_view feed);
FeedError utf16(std::string_view feed);
FeedError declared_encoding(std::string_view feed, std::string_view encoding);
FeedError not_utf8(std::string_view feed, std::size_t offset, unsigned char byte);
FeedError doctype(std::string_view feed, std::size_t offset);
FeedError truncated(std::string_view feed, std::size_t entries, std::size_t offset,
                    std::string_view open_element);
FeedError malformed(std::string_view feed, std::size_t entries, std::size_t offset, std::string_view reason);
FeedError refused(std::string_view feed, std::string_view reason);
FeedError no_ids(std::string_view feed, std::size_t count);
}  // namespace fault

// The warning for one entry that was passed over because it has no arXiv identifier; `position` counts
// from 1.
std::string entry_without_id(std::string_view feed, std::size_t position, std::string_view written);

}  // namespace gleaner::arxiv
