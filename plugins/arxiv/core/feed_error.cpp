#include "plugins/arxiv/core/feed_error.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::string_view kLookInBrowser = " Open the address in a browser to see what it serves.";

std::string quoted(std::string_view text, std::size_t longest = 60) {
  std::string out = "\"";
  const bool cut = text.size() > longest;
  if (cut) {
    text = text.substr(0, longest);
    // Not in the middle of a character: back over the continuation bytes and the lead byte they belong to.
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
      text.remove_suffix(1);
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.remove_suffix(1);
  }
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out + (cut ? "…\"" : "\"");
}

std::string count_of_papers(std::size_t count) {
  if (count == 0) return "before the first complete paper";
  if (count == 1) return "after 1 complete paper";
  return "after " + std::to_string(count) + " complete papers";
}

std::string hexadecimal(unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {'0', 'x', kDigits[byte >> 4], kDigits[byte & 0x0F]};
}

FeedError error(FeedFault fault, std::string_view feed, const std::string& rest, std::size_t entries = 0) {
  return {fault, std::string(feed) + rest, entries};
}

}  // namespace

namespace fault {

FeedError empty(std::string_view feed) {
  return error(FeedFault::empty, feed, " is empty where a feed should be. Fetch it again in a few minutes.");
}

FeedError rate_limited(std::string_view feed) {
  return error(FeedFault::rate_limited, feed,
               ": arXiv answered \"Rate exceeded.\" instead of a feed. It is turning requests away for now; "
               "try again in "
               "a few minutes.");
}

FeedError web_page(std::string_view feed, std::string_view title) {
  const std::string named = title.empty() ? std::string() : " (" + quoted(title) + ")";
  return error(FeedFault::web_page, feed,
               " is a web page" + named + ", not a feed." + std::string(kLookInBrowser));
}

FeedError compressed(std::string_view feed) {
  return error(FeedFault::not_xml, feed, " is compressed with gzip. Unpack it with gunzip first.");
}

FeedError not_xml(std::string_view feed, std::string_view beginning) {
  return error(FeedFault::not_xml, feed,
               " is not XML: it begins with " + quoted(beginning) + "." + std::string(kLookInBrowser));
}

FeedError not_a_feed(std::string_view feed, std::string_view root) {
  return error(FeedFault::not_a_feed, feed,
               " is XML but not a feed: it begins with <" + std::string(root.substr(0, 60)) +
                   "> where <rss> or <feed> should be. Check the address; daily feeds are at "
                   "https://rss.arxiv.org/rss/CATEGORY.");
}

FeedError search_result(std::string_view feed) {
  return error(FeedFault::not_a_feed, feed,
               " is a result of arXiv's search API, not a daily feed. Check the address; daily feeds are at "
               "https://rss.arxiv.org/rss/CATEGORY.");
}

FeedError utf16(std::string_view feed) {
  return error(FeedFault::encoding, feed,
               " is written in UTF-16; only UTF-8 is read. Convert it with `iconv -f UTF-16 -t UTF-8`.");
}

FeedError declared_encoding(std::string_view feed, std::string_view encoding) {
  return error(FeedFault::encoding, feed,
               " declares the encoding " + quoted(encoding) +
                   "; only UTF-8 is read. Convert it with iconv and change the declaration.");
}

FeedError not_utf8(std::string_view feed, std::size_t offset, unsigned char byte) {
  return error(FeedFault::encoding, feed,
               " is not valid UTF-8: the byte " + hexadecimal(byte) + " at offset " + std::to_string(offset) +
                   " belongs to no character. Fetch it again, or convert it with iconv.");
}

FeedError doctype(std::string_view feed, std::size_t offset) {
  return error(
      FeedFault::doctype, feed,
      " has a document type declaration (at offset " + std::to_string(offset) +
          "), which no arXiv feed has, and which is refused because its entities may expand without limit. "
          "Remove it if you trust the file.");
}

FeedError truncated(std::string_view feed, std::size_t entries, std::size_t offset,
                    std::string_view open_element) {
  return error(FeedFault::truncated, feed,
               " breaks off " + count_of_papers(entries) + ", at offset " + std::to_string(offset) +
                   ", where <" + std::string(open_element.substr(0, 60)) + "> is still open. Fetch it again.",
               entries);
}

FeedError malformed(std::string_view feed, std::size_t entries, std::size_t offset, std::string_view reason) {
  return error(FeedFault::malformed, feed,
               " is not well-formed XML " + count_of_papers(entries) + ", at offset " +
                   std::to_string(offset) + ": " + std::string(reason) + ". Fetch it again.",
               entries);
}

FeedError refused(std::string_view feed, std::string_view reason) {
  const std::string said = reason.empty() ? " without a reason." : ": " + quoted(reason, 400) + ".";
  return error(FeedFault::refused, feed, ": arXiv refused the query" + said + " Check `categories`.");
}

FeedError no_ids(std::string_view feed, std::size_t count) {
  const std::string entries =
      count == 1 ? "its only entry names no" : "none of its " + std::to_string(count) + " entries names an";
  return error(
      FeedFault::no_ids, feed,
      ": " + entries + " arXiv identifier. It is another site's feed, or arXiv has changed its format.");
}

}  // namespace fault

std::string entry_without_id(std::string_view feed, std::size_t position, std::string_view written) {
  const std::string found = written.empty() ? "it has neither id nor link" : quoted(written) + " is none";
  return std::string(feed) + ": entry " + std::to_string(position) +
         " was passed over because it names no arXiv identifier (" + found + ").";
}

}  // namespace gleaner::arxiv
