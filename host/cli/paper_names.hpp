// What a reader may have typed for a paper: its id, its address, with a version behind it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gleaner::host::cli {

/// The canonical ids `written` may mean, the likeliest first, the text itself always among them: without a
/// version ("2505.01557v2"), without prefixes ("oai:arXiv.org:2505.01557"), without a subject class
/// ("math.GT/0309136"), what an arXiv DOI names ("10.48550/arXiv.2505.01557"), the end of an address (one
/// part of its path, or two, as old ids and DOIs have), as "doi:…" in lower case. The state knows which of
/// them exists. Pure.
[[nodiscard]] std::vector<std::string> paper_names(std::string_view written);

}  // namespace gleaner::host::cli
