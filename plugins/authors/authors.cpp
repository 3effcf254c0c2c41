// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/authors.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace gleaner::authors {
namespace {

constexpr std::string_view kMatch = "Author match";  // the classic page's words
constexpr std::size_t kBetweenQuestions = 64;       // papers between two looks whether the run is interrupted
constexpr std::uintmax_t kLargestFile = 4U << 20U;  // bytes
constexpr std::size_t kSearches = 50;  // for names, a run: only names that are followed come to it

std::string text_of_file(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw invalid_option("follow", path + " cannot be read: " + error.message() + ".");
  if (size > kLargestFile)
    throw invalid_option("follow", path + " is too large for a list of people (4 MiB at most).");
  std::ifstream in(path, std::ios::binary);
  std::string out(std::istreambuf_iterator<char>(in), {});
  if (!in) throw invalid_option("follow", path + " cannot be read.");
  return out;
}

}  // namespace

void Authors::start() {
  check(static_cast<const ServerOptions&>(options));
  if (options.follow.empty() && options.names.empty())
    throw Error(
        "There is nobody to follow: give a file as `follow`, or `names`, as in names = [\"Ada Lovelace\"].",
        GLEANER_INVALID);
  if (!options.follow.empty()) read_file();
  for (std::size_t i = 0; i < options.names.size(); ++i) {
    try {
      follow(parse_entry(options.names[i]));
    } catch (const BadEntry& error) {
      throw invalid_option("names/" + std::to_string(i), error.what());
    }
  }
}

void Authors::read_file() {
  if (options.follow.is_standard_stream())
    throw invalid_option("follow", "`follow` is a file; standard input cannot be read for it.");
  try {
    const std::vector<Followed> people = parse_follow(text_of_file(options.follow.text), options.follow.text);
    for (const Followed& each : people)
      follow(each);
    if (people.empty()) host.warn(options.follow.text + " names nobody to follow.");
  } catch (const BadEntry& error) {
    throw invalid_option("follow", error.what());
  }
}

void Authors::follow(const Followed& followed) {
  if (followed.id.empty()) {
    names_.insert(same_key(parse_name(followed.name)));
    return;
  }
  if (ids_.insert(followed.id).second) people_.push_back({followed.id, parse_name(followed.name)});
}

void Authors::judge(const Batch& batch) {
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (i % kBetweenQuestions == 0) batch.call().stop_if_cancelled();
    if (matches_by_name(batch[i]))
      batch.pick(i, options.total, kMatch);
    else
      rest.push_back(i);
  }
  if (ids_.empty() || rest.empty()) return;
  const bool is_dry = batch.call().dry_run();
  if (is_dry) host.info("A dry run asks no server: papers by people followed by id may be missing.");
  SemanticScholar server(host, options, batch.call(), is_dry ? Reach::store_only : Reach::network);
  const std::vector<Open> open = pick_by_id(batch, rest, server);
  if (!open.empty()) pick_by_evidence(batch, open, server);
}

bool Authors::matches_by_name(const Paper& paper) const {
  if (names_.empty()) return false;
  for (const std::string_view author : paper.authors())
    if (names_.contains(same_key(parse_name(author)))) return true;
  return false;
}

bool Authors::has_id(const std::vector<PaperAuthor>& authors) const {
  for (const PaperAuthor& author : authors)
    if (ids_.contains(author.id)) return true;
  return false;
}

std::vector<Authors::Open> Authors::pick_by_id(const Batch& batch, const std::vector<std::size_t>& papers,
                                               SemanticScholar& server) {
  std::vector<std::size_t> asked;
  std::vector<std::string> keys;
  std::vector<Open> out;
  const auto leave_open = [&](std::size_t paper) {
    Open& open = out.emplace_back(Open{paper, {}});
    for (const std::string_view author : batch[paper].authors())
      open.authors.push_back(parse_name(author));
  };
  for (const std::size_t paper : papers) {
    std::string key = paper_key(batch[paper]);
    if (key.empty()) {
      leave_open(paper);
      continue;
    }
    asked.push_back(paper);
    keys.push_back(std::move(key));
  }
  server.papers(keys, SemanticScholar::Detail::names, [&](std::size_t index, const PaperRecord& record) {
    const std::size_t paper = asked[index];
    if (!record || record->empty()) return leave_open(paper);
    if (has_id(*record)) return batch.pick(paper, options.total, kMatch);
    Open undecided{paper, {}};
    for (const PaperAuthor& author : *record)
      if (author.id.empty()) undecided.authors.push_back(parse_name(author.name));
    if (!undecided.authors.empty()) out.push_back(std::move(undecided));
  });
  return out;
}

void Authors::pick_by_evidence(const Batch& batch, const std::vector<Open>& open, SemanticScholar& server) {
  learn_names(server);
  Identities identities(server, kSearches);
  for (const Open& each : open)
    if (is_followed(batch[each.paper], each, identities)) batch.pick(each.paper, options.total, kMatch);
}

bool Authors::is_followed(const Paper& paper, const Open& open, Identities& identities) {
  for (const Name& author : open.authors) {
    for (const ById& person : people_) {
      if (person.name.empty() || !may_be_same(author, person.name)) continue;
      const Name& searched = has_given_name(author) ? author : person.name;
      const Identity found = identities.find(paper, author, searched, person.id);
      if (found.known == Known::yes && found.person.id == person.id) return true;
      if (found.known == Known::yes) continue;
      host.info(std::string(paper.id()) + ": nothing shows whether its author " + author.text() +
                " is the one with the Semantic Scholar id " + person.id + ".");
    }
  }
  return false;
}

void Authors::learn_names(SemanticScholar& server) {
  std::vector<std::string> nameless;
  for (const ById& person : people_)
    if (person.name.empty()) nameless.push_back(person.id);
  if (nameless.empty()) return;
  const std::vector<std::string> names = server.names(nameless);
  std::size_t next = 0;
  for (ById& person : people_)
    if (person.name.empty()) person.name = parse_name(names[next++]);
}

void Authors::health(const Call& call) {
  if (ids_.empty()) return;
  SemanticScholar server(host, options, call, Reach::network);
  server.ping();
}

}  // namespace gleaner::authors
