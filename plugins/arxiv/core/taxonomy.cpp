#include "plugins/arxiv/core/taxonomy.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {
namespace {

struct Archive {
  std::string_view name;
  std::string_view classes;  // separated by spaces; none for an archive that is one category
};

constexpr std::array<Archive, 20> kArchives = {{
    {"cs",
     "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL "
     "RO "
     "SC SD SE SI SY"},
    {"econ", "EM GN TH"},
    {"eess", "AS IV SP SY"},
    {"math",
     "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST"},
    {"q-bio", "BM CB GN MN NC OT PE QM SC TO"},
    {"q-fin", "CP EC GN MF PM PR RM ST TR"},
    {"stat", "AP CO ME ML OT TH"},
    {"astro-ph", "CO EP GA HE IM SR"},
    {"cond-mat", "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con"},
    {"nlin", "AO CD CG PS SI"},
    {"physics",
     "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph "
     "geo-ph hist-ph "
     "ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph"},
    {"gr-qc", ""},
    {"hep-ex", ""},
    {"hep-lat", ""},
    {"hep-ph", ""},
    {"hep-th", ""},
    {"math-ph", ""},
    {"nucl-ex", ""},
    {"nucl-th", ""},
    {"quant-ph", ""},
}};

// Two names for one category.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kAliases = {{{"math.MP", "math-ph"},
                                                                                    {"stat.TH", "math.ST"},
                                                                                    {"math.IT", "cs.IT"},
                                                                                    {"q-fin.EC", "econ.GN"},
                                                                                    {"cs.SY", "eess.SY"},
                                                                                    {"cs.NA", "math.NA"}}};

template <typename Visit>
void for_each_class(std::string_view classes, Visit visit) {
  while (!classes.empty()) {
    const std::size_t end = std::min(classes.find(' '), classes.size());
    visit(classes.substr(0, end));
    classes.remove_prefix(std::min(end + 1, classes.size()));
  }
}

template <typename Visit>
void for_each_name(Visit visit) {
  for (const Archive& archive : kArchives) {
    visit(std::string(archive.name));
    for_each_class(archive.classes, [&](std::string_view subject) {
      visit(std::string(archive.name) + "." + std::string(subject));
    });
  }
}

std::string_view other_name(std::string_view category) {
  for (const auto& [one, other] : kAliases) {
    if (category == one) return other;
    if (category == other) return one;
  }
  return {};
}

bool is_within(std::string_view query, std::string_view category) {
  if (query == category) return true;
  return category.size() > query.size() && category.starts_with(query) && category[query.size()] == '.';
}

// Levenshtein's distance, case ignored.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (to_lower(a[i - 1]) == to_lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> canonical_category(std::string_view name) {
  std::optional<std::string> found;
  for_each_name([&](const std::string& known) {
    if (equals_ignoring_case(known, name)) found = known;
  });
  return found;
}

std::optional<std::string> nearest_category(std::string_view name) {
  constexpr std::size_t kLongest = 24;  // no category is longer than this and two edits
  if (name.size() > kLongest) return std::nullopt;
  std::optional<std::string> nearest;
  std::size_t least = 3;
  for_each_name([&](const std::string& known) {
    const std::size_t edits = distance(known, name);
    if (edits >= least || edits >= known.size()) return;
    least = edits;
    nearest = known;
  });
  return nearest;
}

std::vector<std::string> categories_of(std::string_view archive) {
  std::vector<std::string> categories;
  for (const Archive& known : kArchives) {
    if (known.name != archive) continue;
    for_each_class(known.classes, [&](std::string_view subject) {
      categories.push_back(std::string(archive) + "." + std::string(subject));
    });
  }
  return categories;
}

bool covers(std::string_view query, std::string_view category) {
  if (is_within(query, category)) return true;
  const std::string_view other = other_name(category);
  return !other.empty() && is_within(query, other);
}

}  // namespace gleaner::arxiv
