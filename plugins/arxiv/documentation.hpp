// SPDX-License-Identifier: Apache-2.0
// What `gleaner describe arxiv` says.
#pragma once

#include <string_view>

namespace gleaner::arxiv {

inline constexpr std::string_view kDocumentation =
    R"(Reads what arXiv announces on a day, today's or any past one's.

    [[source]]
    use        = "arxiv"
    categories = ["cs.LG", "stat.ML"]
    announce   = ["new", "cross"]

A paper that is new in one of the categories and cross-listed to another is *new*. An archive (`cs`, `math`) stands for all its
categories. `primary_only` keeps the papers whose primary category is one of `categories`. Papers left out for `announce` or
`primary_only` are counted in the receipt.

**Ways to ask** (`via`)

| via | what it is | days |
| --- | --- | --- |
| `rss`, `atom` | the daily feed, all categories in one request | today |
| `list` | the pages /list/CATEGORY/new and /catchup/CATEGORY/DATE: the announcement itself, one request a category | today and 90 days back |
| `api` | the search API: what was submitted in the announcement's window; no replacements and no later cross-lists | any; totals are approximate |
| `oai` | OAI-PMH: whose metadata changed on that day | any; totals are approximate |

`auto` asks the feed for today; for a past day the catch-up pages, then the API, then OAI-PMH. It goes on to the next where one
cannot be reached or refuses, and says so. If `base_url` names a server of your own, the others are asked only where
`list_url`, `api_url` or `oai_url` is given, too.

**Today's feed is checked.** It is compared with the listing pages (`compare`): papers that only these have are taken from there
and said. A feed that still holds an earlier day's papers, be it for one category of three, is told by their identifiers, which are
remembered for a few days; so is one that cannot be reached, is of another day, or is empty on a day with an announcement. With
`on_stale = "fallback"` the listing pages take its place; with `"wait"` a stale feed is an error, to be tried again later. A feed
holds at most 2,000 entries and leaves out new papers first: a full one is asked for again, category by category, and what still
does not fit is taken from the listing pages. A listing page that still has an earlier announcement is replaced by the catch-up page of
the day, or waited for, as `on_stale` has it.

**A part is never taken for the whole.** What a page, the API or a full feed is known to lack is counted as missing: the receipt does
not close, the run exits 3, the digest says so at its top, and a later run makes the day again.

**Search.** `query` is arXiv's search syntax, as in `query = 'ti:"state space" AND abs:mamba'`; `categories` may then be absent, and
the API is asked for every day.

**Calendar.** arXiv announces Monday to Friday. Cut-off is 14:00 in New York; what is announced on Sunday evening carries Monday's
date. Days after an evening without mailing (its holidays in 2025 and 2026) are quiet; `[run] holidays` adds others. So is a past day
whose catch-up page is empty, and today where the feed and the listing pages are both of today and empty.

`file` reads a feed saved before, RSS or Atom, instead of asking: it is the whole answer, `categories` then only matters to
`primary_only` (which goes by the feed's own title where `categories` is not given). A feed of another day than the one asked for is refused.

`latex = "unicode"` turns TeX accents in titles, abstracts and names into letters and leaves `$math$` alone.

Thank you to arXiv for use of its open access interoperability.
)";

}  // namespace gleaner::arxiv
