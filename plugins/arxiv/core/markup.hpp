// Where the pieces of an XML document begin and end, without parsing them: enough to cut a feed into items so
// that a
// `</item>` within a comment or CDATA section ends nothing.
#pragma once

#include <cstddef>
#include <string_view>

namespace gleaner::arxiv {

enum class MarkupKind {
  start,        // <name …>
  empty,        // <name …/>
  end,          // </name>
  comment,      // <!-- … -->
  cdata,        // <![CDATA[ … ]]>
  instruction,  // <? … ?>
  declaration,  // <!DOCTYPE and other <!…; `end` is just behind the "<!"
  cut,          // begins but does not end within the text
  none,         // no '<' from here on; `begin` and `end` are the text's size
};

struct Markup {
  MarkupKind kind = MarkupKind::none;
  std::size_t begin = 0;  // offset of '<'
  std::size_t end = 0;    // offset behind '>'
  std::string_view name;  // qualified name of a tag, target of an instruction; a view into the text
};

// The first piece of markup at or after `from`. Linear in what it passes over; never reads past `text`.
Markup next_markup(std::string_view text, std::size_t from);

// The end tag that closes `start` (of kind start): kind end, or cut with `begin` where the text stops making
// sense.
Markup closing_tag(std::string_view text, const Markup& start);

// The name without its prefix: `arxiv:DOI` is `DOI`. Re-serialised feeds choose their own prefixes.
std::string_view local_name(std::string_view qualified);

}  // namespace gleaner::arxiv
