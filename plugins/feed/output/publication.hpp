// SPDX-License-Identifier: Apache-2.0
// What a feed says, whatever its format: plain values that own their text. Texts are clean (see text.hpp) and
// escaped for no place; addresses are http or https, absolute and within ASCII, or empty.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gleaner::feed::output {

/// "YYYY-MM-DD", a day that exists. Feeds want instants: its midnight in UTC, which is never in the future
/// once the day was announced.
using Day = std::string;

/// One entry.
struct Post {
  std::string id;     ///< a URI that stays when the file is written again, in every format the same
  std::string title;  ///< one line, never empty
  std::string link;
  std::string related;  ///< another address of the same paper
  std::vector<std::string> authors;
  std::vector<std::string> categories;
  std::string doi;  ///< only where it is what the paper is known by, or one more name of an arXiv paper
  Day published;
  Day updated;
  std::string summary;  ///< plain text, may be empty
  std::string html;     ///< a fragment, never empty
  std::string paper_id;
  std::vector<std::pair<std::string, double>> scores;
  std::optional<double> total;
};

struct Publication {
  std::string id;
  std::string title;        ///< never empty
  std::string description;  ///< never empty
  std::string self;         ///< where the feed itself is
  std::string site;
  std::string logo;
  std::string author;    ///< empty: nobody in particular
  std::string language;  ///< as BCP 47 writes it
  Day updated;
  std::vector<Post> posts;  ///< newest first
};

}  // namespace gleaner::feed::output
