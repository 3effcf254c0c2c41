// SPDX-License-Identifier: Apache-2.0
// The component `arxiv`: which way a day's announcement is read, and what is handed on of it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/arxiv/core/calendar.hpp"
#include "plugins/arxiv/documentation.hpp"
#include "plugins/arxiv/earlier.hpp"
#include "plugins/arxiv/listing.hpp"
#include "plugins/arxiv/options.hpp"
#include "plugins/arxiv/pusher.hpp"

namespace gleaner::arxiv {

namespace detail {
constexpr auto quiet_days() {
  std::array<gleaner_str, kQuietLabels.size()> out{};
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = text(kQuietLabels[i]);
  return out;
}
}  // namespace detail

inline constexpr std::array kQuietDays = detail::quiet_days();

/// Bits 0 to 4: Monday to Friday. Labels, not evenings: Friday's is announced on Thursday evening.
inline constexpr std::uint32_t kMondayToFriday = 0x1F;

/// One thread at a time.
class Arxiv : public Source<ArxivOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "arxiv", "What arXiv announces on a day: its feed, its listings, its search API or OAI-PMH",
          field("categories", &ArxivOptions::categories,
                "Categories or whole archives; needed unless `file` or `query` is given")
              .example("[\"cs.LG\", \"cs.AI\"]"),
          field("announce", &ArxivOptions::announce, "Which kinds of announcement to take")
              .choices("new", "cross", "replace", "replace-cross")
              .fallback("[\"new\", \"cross\"]"),
          field("primary_only", &ArxivOptions::primary_only,
                "Whether to take only papers whose primary category is among `categories`")
              .fallback("false"),
          field("via", &ArxivOptions::via,
                "How to ask; auto: the feed for today, for the past the catch-up listing, then the API, then "
                "OAI-PMH")
              .choices("auto", "rss", "atom", "list", "api", "oai")
              .fallback("auto"),
          field("query", &ArxivOptions::query,
                "A search in arXiv's own syntax, within `categories` where these are given; only the API can "
                "search")
              .example("all:\"mixture of experts\""),
          field("compare", &ArxivOptions::compare,
                "Whether today's feed is compared with the listing pages, one request a category")
              .fallback("true"),
          field("on_stale", &ArxivOptions::on_stale,
                "A feed that still has an earlier day's papers: fallback reads the listing pages instead, "
                "wait is an "
                "error")
              .choices("fallback", "wait")
              .fallback("fallback"),
          field("base_url", &ArxivOptions::base_url,
                "The feed server; the categories are appended unless the URL has a path")
              .fallback("https://rss.arxiv.org"),
          field("list_url", &ArxivOptions::list_url,
                "The server of /list and /catchup pages; a path is kept in front of these")
              .fallback("https://arxiv.org"),
          field("api_url", &ArxivOptions::api_url,
                "The search API; /api/query is appended unless the URL has a path")
              .fallback("https://export.arxiv.org"),
          field("oai_url", &ArxivOptions::oai_url,
                "The OAI-PMH server; /oai is appended unless the URL has a path")
              .fallback("https://oaipmh.arxiv.org"),
          field("file", &ArxivOptions::file, "A saved feed to read instead of asking; - is standard input")
              .example("feed.xml"),
          field("latex", &ArxivOptions::latex,
                "unicode: TeX accents become letters; raw: texts as arXiv has them")
              .choices("unicode", "raw")
              .fallback("unicode"),
          field("interval", &ArxivOptions::interval,
                "Least time between two requests, up to 1h; arXiv asks for 3s")
              .fallback("3s")
              .within(0, 3600000))
          .remote()
          .needs_host("rss.arxiv.org", "the daily feeds")
          .needs_host("arxiv.org", "the listing pages: a second look at today, and missed days")
          .needs_host("export.arxiv.org", "the search API, for `query` and days long past")
          .needs_host("oaipmh.arxiv.org", "OAI-PMH, where the search API is away")
          .polite({"arxiv", std::chrono::milliseconds(3000), 1, {"Rate exceeded"}, {406}})
          .announces({"America/New_York", kMondayToFriday, kQuietDays})
          .version("1.1.0")
          .documentation(kDocumentation)
          .homepage("https://info.arxiv.org/help/rss.html");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  struct Read {
    std::string_view from;
    std::size_t readable = 0;
    std::size_t unreadable = 0;
  };

  [[nodiscard]] bool has_file() const { return !options.file.empty(); }
  [[nodiscard]] bool is_own_server() const;
  [[nodiscard]] bool may_ask(std::string_view url, std::string_view standard) const;
  [[nodiscard]] Asking asking() const { return {host, options, categories_, types_, holidays_}; }
  [[nodiscard]] Latex latex() const;
  [[nodiscard]] Selector selector(const std::vector<std::string>& categories_of_feed) const;
  void check_categories();
  void check_query() const;
  void check_pace(std::string_view url, std::string_view standard) const;

  void read_file(const Day& day, Sink& sink);
  [[nodiscard]] Announced announced(const std::string& wanted, const std::string& today, const Call& call);
  [[nodiscard]] Announced by_route(const std::string& wanted, const std::string& today, const Call& call);
  [[nodiscard]] Announced by_feed(const std::string& wanted, const Call& call);
  [[nodiscard]] Announced by_listing(const std::string& wanted, const std::string& today, const Call& call);
  [[nodiscard]] Announced today_by_all(const std::string& wanted, const Call& call);
  [[nodiscard]] Announced past_by_all(const std::string& wanted, const std::string& today, const Call& call);
  struct Instead {
    std::string why;             ///< the listing pages are read and not the feed
    bool feed_is_empty = false;  ///< of the day wanted, as it says itself
  };
  [[nodiscard]] std::optional<Announced> listing_instead(const std::string& wanted, const Instead& instead,
                                                         const Call& call);
  [[nodiscard]] Announced checked(Announced feed, const std::string& wanted, const Call& call);
  void settle_full(Announced& found, const std::vector<Listing>& pages) const;
  [[nodiscard]] std::vector<Listing> listings(const std::vector<std::string>& categories,
                                              const std::string& wanted, const Call& call);

  void hand_on(const Announced& found, const Day& day, Sink& sink);
  void account(const Selector& selector, const Read& read);

  std::vector<std::string> categories_;  // canonical, each once
  std::vector<Announce> announce_;
  AnnounceSet types_;
  Holidays holidays_;             // the reader's, for the day that is being fetched
  std::size_t from_listing_ = 0;  // of the papers found last, those a listing added to the feed
};

}  // namespace gleaner::arxiv
