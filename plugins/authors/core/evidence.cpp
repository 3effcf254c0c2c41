// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/core/evidence.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gleaner::authors {
namespace {

// What speaks for somebody, in points. A co-author whose given name is written out is worth two of whom only
// an initial is known: one "J. Wang" more or less says nothing.
constexpr int kFullCoAuthor = 4;
constexpr int kInitialCoAuthor = 2;
constexpr int kAffiliation = 4;
constexpr int kField = 1;
constexpr int kEnough = 4;

struct Points {
  int total = 0;
  bool has_full = false;  ///< a co-author by full name, or the affiliation
};

/// Surname and first letter: what "J. Smith" and "John Smith" share.
std::string short_form(const Name& name) {
  return name.words.size() < 2 ? name.text() : name.words.front().substr(0, 1) + " " + name.words.back();
}

Points of_co_authors(const Byline& byline, const Person& person) {
  std::set<std::string> full;
  std::set<std::string> initials;  // of those who are known by initials only
  std::set<std::string> all_short;
  for (const std::string& text : person.co_authors) {
    const Name name = parse_name(text);
    full.insert(same_key(name));
    all_short.insert(short_form(name));
    if (!has_given_name(name)) initials.insert(short_form(name));
  }
  Points out;
  for (const Name& other : byline.others) {
    if (has_given_name(other) && full.contains(same_key(other))) {
      out.total += kFullCoAuthor;
      out.has_full = true;
    } else if ((has_given_name(other) ? initials : all_short).contains(short_form(other))) {
      out.total += kInitialCoAuthor;
    }
  }
  return out;
}

/// One affiliation within the other, word for word: "MIT" in "CSAIL, MIT".
bool is_within(const std::string& small, const std::string& large) {
  return small.size() > 2 && (" " + large + " ").find(" " + small + " ") != std::string::npos;
}

bool same_place(const Byline& byline, const Person& person) {
  const std::string here = plain_words(byline.affiliation);
  if (here.empty()) return false;
  return std::ranges::any_of(person.affiliations, [&](const std::string& written) {
    const std::string there = plain_words(written);
    return is_within(there, here) || is_within(here, there);
  });
}

bool same_field(const Byline& byline, const Person& person) {
  return std::ranges::any_of(person.fields,
                             [&](const std::string& field) { return byline.fields.contains(field); });
}

Points points_of(const Byline& byline, const Person& person) {
  Points out = of_co_authors(byline, person);
  if (same_place(byline, person)) {
    out.total += kAffiliation;
    out.has_full = true;
  }
  if (same_field(byline, person)) out.total += kField;
  return out;
}

/// The field decides only between one and nobody: everybody of that name is known, and that is one person.
bool is_only_one(const Byline& byline, const Namesakes& namesakes, const Person& person) {
  if (!namesakes.all || !has_given_name(byline.name) || !same_name(byline.name, parse_name(person.name)))
    return false;
  const auto of_that_name = std::ranges::count_if(namesakes.people, [&](const Person& other) {
    return may_be_same(byline.name, parse_name(other.name));
  });
  return of_that_name == 1 && same_field(byline, person);
}

}  // namespace

std::optional<Decision> identify(const Byline& byline, const Namesakes& namesakes) {
  std::optional<std::size_t> best;
  Points most;
  bool is_tie = false;
  for (std::size_t i = 0; i < namesakes.people.size(); ++i) {
    const Person& person = namesakes.people[i];
    if (!may_be_same(byline.name, parse_name(person.name))) continue;
    const Points points = points_of(byline, person);
    if (!best || points.total > most.total) {
      best = i;
      most = points;
      is_tie = false;
    } else if (points.total == most.total) {
      is_tie = true;
    }
  }
  if (!best || is_tie) return std::nullopt;
  // "J. Smith" is taken for John Smith only on the word of somebody who is known by more than an initial.
  const bool same = same_name(byline.name, parse_name(namesakes.people[*best].name));
  if (most.total >= kEnough && (same || most.has_full)) return Decision{*best, true};
  if (is_only_one(byline, namesakes, namesakes.people[*best])) return Decision{*best, false};
  return std::nullopt;
}

std::set<std::string> fields_of(const std::vector<std::string_view>& categories) {
  using Row = std::pair<std::string_view, std::array<std::string_view, 2>>;
  constexpr std::array<Row, 19> rows{{{"cs", {"Computer Science", ""}},
                                      {"eess", {"Engineering", "Computer Science"}},
                                      {"stat", {"Mathematics", "Computer Science"}},
                                      {"math", {"Mathematics", ""}},
                                      {"q-bio", {"Biology", "Medicine"}},
                                      {"q-fin", {"Economics", "Business"}},
                                      {"econ", {"Economics", ""}},
                                      {"physics", {"Physics", ""}},
                                      {"astro-ph", {"Physics", ""}},
                                      {"cond-mat", {"Physics", "Materials Science"}},
                                      {"gr-qc", {"Physics", ""}},
                                      {"hep-ex", {"Physics", ""}},
                                      {"hep-lat", {"Physics", ""}},
                                      {"hep-ph", {"Physics", ""}},
                                      {"hep-th", {"Physics", ""}},
                                      {"nucl-ex", {"Physics", ""}},
                                      {"nucl-th", {"Physics", ""}},
                                      {"nlin", {"Physics", "Mathematics"}},
                                      {"quant-ph", {"Physics", ""}}}};
  std::set<std::string> out;
  for (const std::string_view category : categories) {
    const std::string_view archive = category.substr(0, category.find('.'));
    const auto* row = std::ranges::find(rows, archive, &Row::first);
    if (archive == "math-ph") out.insert({"Physics", "Mathematics"});
    if (row == rows.end()) continue;
    for (const std::string_view field : row->second)
      if (!field.empty()) out.emplace(field);
  }
  return out;
}

}  // namespace gleaner::authors
