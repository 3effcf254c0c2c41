// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/s2/client.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <boost/json.hpp>

namespace gleaner::authors {
namespace {

constexpr std::uint64_t kDay = 86'400;  // seconds
constexpr std::uint64_t kKnownFor = 30 * kDay;
constexpr std::uint64_t kUnknownFor = 3 * kDay;  // papers of the day appear there within one to three days
constexpr std::size_t kPapersAtOnce = 500;       // the server's limits
constexpr std::size_t kPeopleAtOnce = 1000;
constexpr std::size_t kProfilesAtOnce = 5;  // with all their papers: the server's answers end at 10 MB
constexpr std::string_view kProfile = "name,hIndex,affiliations,papers.authors,papers.s2FieldsOfStudy";

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
  }
  return out;
}

/// An address without a path is the real server's twin; one with a path is used as it is.
std::string root_of(std::string base_url) {
  while (base_url.ends_with('/'))
    base_url.pop_back();
  const std::size_t host = base_url.find("://") + 3;
  return base_url.find('/', host) == std::string::npos ? base_url + "/graph/v1" : base_url;
}

bool is_about_size(const Response& response) {
  if (response.http_status == 413) return true;
  const std::string words = words_of_error(response.body);
  return response.http_status == 400 &&
         (words.find("exceed") != std::string::npos || words.find("too large") != std::string::npos);
}

/// A batch of which the server knows no single paper or author is answered with 400 instead of a list of
/// nulls.
bool is_about_unknown_ids(const Response& response) {
  return response.http_status == 400 && words_of_error(response.body).find("No valid ") != std::string::npos;
}

std::string paper_slot(const std::string& key) {
  return "paper/" + key;
}

std::string name_slot(const Name& name) {
  constexpr std::size_t kLongest = 500;  // bytes; a key of the store may have 1,024
  return "name/" + name.text().substr(0, kLongest);
}

}  // namespace

void check(const ServerOptions& options) {
  if (options.base_url.starts_with("http://") || options.base_url.starts_with("https://")) return;
  throw invalid_option(
      "base_url",
      "\"" + options.base_url + "\" is no address of a server; it has to begin with https:// or http://.");
}

std::string paper_key(const Paper& paper) {
  const std::string_view id = paper.id();
  constexpr std::size_t kLongest = 300;  // bytes: whatever is longer is no identifier
  std::string out;
  if (id.starts_with("doi:"))
    out = "DOI:" + std::string(id.substr(4));
  else if (id.starts_with("pmid:"))
    out = "PMID:" + std::string(id.substr(5));
  else if (!id.empty() && id.find(':') == std::string_view::npos)
    out = "ARXIV:" + std::string(id);
  else if (!paper.doi().empty())
    out = "DOI:" + std::string(paper.doi());
  return out.size() > kLongest ? std::string() : out;
}

Request SemanticScholar::request(std::string_view path_and_query) const {
  Request out;
  out.url = root_of(options_.base_url) + std::string(path_and_query);
  out.headers = {{"Accept", "application/json"}};
  if (!options_.api_key.empty()) out.headers.emplace_back("x-api-key", host_.reveal(options_.api_key));
  out.expect = "json";
  return out;
}

Request SemanticScholar::batch_request(std::string_view path_and_query,
                                       std::span<const std::string> ids) const {
  Request out = request(path_and_query);
  out.headers.emplace_back("Content-Type", "application/json");
  boost::json::array list;
  for (const std::string& id : ids)
    list.emplace_back(boost::json::string_view(id));
  out.body = boost::json::serialize(boost::json::object{{"ids", std::move(list)}});
  out.flags = GLEANER_HTTP_IDEMPOTENT;
  return out;
}

Response SemanticScholar::ask(const Request& request) {
  call_.stop_if_cancelled();
  return host_.http(call_).send(request);
}

Error SemanticScholar::failure(const Response& response) const {
  const std::string status = " (HTTP " + std::to_string(response.http_status) + ")";
  const std::string words = words_of_error(response.body);
  if (response.http_status == 401 || response.http_status == 403) {
    if (options_.api_key.empty())
      return Error(
          "Semantic Scholar refuses to answer without a key" + status + ": get one and set `api_key`.",
          GLEANER_DENIED);
    return Error("Semantic Scholar does not accept the key of `api_key`" + status + ".", GLEANER_DENIED,
                 "/api_key");
  }
  if (response.http_status == 429)
    return Error(options_.api_key.empty() ? "Semantic Scholar is asked too often by all who have no key" +
                                                status + "; try again later, or set `api_key`."
                                          : "Semantic Scholar says that this key asks too often" + status +
                                                "; a longer `interval` helps.",
                 GLEANER_UNREACHABLE);
  if (response.http_status == 404)
    return Error(
        "There is no Semantic Scholar at " + root_of(options_.base_url) + status + "; check `base_url`.",
        GLEANER_NOT_FOUND, "/base_url");
  if (response.http_status >= 400 && response.http_status < 500 && !words.empty())
    return Error("Semantic Scholar did not take the request" + status + ": " + words, GLEANER_FAILED);
  return Error(response.error.empty() ? "Semantic Scholar gave no answer." : response.error,
               response.status == GLEANER_OK ? GLEANER_FAILED : response.status);
}

std::vector<PaperRecord> SemanticScholar::ask_papers(std::span<const std::string> keys, Detail detail) {
  const std::string_view fields = detail == Detail::names ? "authors.authorId,authors.name"
                                                          : "authors.authorId,authors.name,authors.hIndex";
  const Response response = ask(batch_request("/paper/batch?fields=" + std::string(fields), keys));
  if (response.ok()) return read_papers(response.body, keys.size());
  if (is_about_unknown_ids(response)) return std::vector<PaperRecord>(keys.size());
  if (!is_about_size(response) || keys.size() < 2) throw failure(response);
  std::vector<PaperRecord> out = ask_papers(keys.first(keys.size() / 2), detail);
  std::vector<PaperRecord> rest = ask_papers(keys.subspan(keys.size() / 2), detail);
  std::ranges::move(rest, std::back_inserter(out));
  return out;
}

std::vector<std::optional<Person>> SemanticScholar::ask_people(std::span<const std::string> ids,
                                                               std::string_view fields) {
  const Response response = ask(batch_request("/author/batch?fields=" + std::string(fields), ids));
  if (response.ok()) return read_people(response.body, ids.size());
  if (is_about_unknown_ids(response)) return std::vector<std::optional<Person>>(ids.size());
  if (!is_about_size(response)) throw failure(response);
  if (ids.size() == 1)
    return {Person{ids.front(), {}, {}, {}, {}, {}}};  // too much is known of them to be sent
  std::vector<std::optional<Person>> out = ask_people(ids.first(ids.size() / 2), fields);
  std::vector<std::optional<Person>> rest = ask_people(ids.subspan(ids.size() / 2), fields);
  std::ranges::move(rest, std::back_inserter(out));
  return out;
}

void SemanticScholar::keep(const std::string& slot, std::string_view text, bool is_known) {
  try {
    host_.put(slot, text, is_known ? kKnownFor : kUnknownFor);
  } catch (const Error& error) {  // the answer at hand counts all the same
    host_.warn(error.what());
  }
}

void SemanticScholar::papers(const std::vector<std::string>& keys, Detail detail,
                             const std::function<void(std::size_t index, const PaperRecord& record)>& found) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto text = host_.get(paper_slot(keys[i]));
    const auto record = text ? read_paper_record(*text) : std::nullopt;
    if (record)
      found(i, *record);
    else
      open.push_back(i);
  }
  if (reach_ == Reach::store_only) return;
  for (std::size_t from = 0; from < open.size(); from += kPapersAtOnce) {
    call_.progress(from, open.size(), "papers looked up");
    const auto chunk = std::span(open).subspan(from, std::min(kPapersAtOnce, open.size() - from));
    std::vector<std::string> asked;
    for (const std::size_t i : chunk)
      asked.push_back(keys[i]);
    const std::vector<PaperRecord> records = ask_papers(asked, detail);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      keep(paper_slot(asked[i]), written(records[i]), records[i].has_value());
      found(chunk[i], records[i]);
    }
  }
}

std::optional<Namesakes> SemanticScholar::namesakes(const Name& name, std::size_t& searches_left) {
  if (const auto text = host_.get(name_slot(name))) {
    if (auto kept = read_namesakes(*text)) return kept;
  }
  if (reach_ == Reach::store_only || searches_left == 0) return std::nullopt;
  --searches_left;
  // The search takes words: a hyphen in a name would find nobody.
  const Response response = ask(request("/author/search?query=" + percent_encoded(name.text()) +
                                        "&fields=" + std::string(kProfile) + "&limit=10"));
  Namesakes out;
  if (response.ok())
    out = read_search(response.body);
  else if (!is_about_size(response))
    throw failure(response);
  keep(name_slot(name), written(out), !out.people.empty());
  return out;
}

void SemanticScholar::remember(const Name& name, const Namesakes& namesakes) {
  keep(name_slot(name), written(namesakes), true);
}

std::vector<std::optional<Person>> SemanticScholar::people(const std::vector<std::string>& ids) {
  std::vector<std::optional<Person>> out(ids.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto text = host_.get("person/" + ids[i]);
    const auto kept = text ? read_namesakes(*text) : std::nullopt;
    if (!kept)
      open.push_back(i);
    else if (!kept->people.empty())
      out[i] = kept->people.front();
  }
  if (reach_ == Reach::store_only) return out;
  for (std::size_t from = 0; from < open.size(); from += kProfilesAtOnce) {
    const auto chunk = std::span(open).subspan(from, std::min(kProfilesAtOnce, open.size() - from));
    std::vector<std::string> asked;
    for (const std::size_t i : chunk)
      asked.push_back(ids[i]);
    const auto people = ask_people(asked, kProfile);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      Namesakes one;
      if (people[i]) one.people.push_back(*people[i]);
      keep("person/" + asked[i], written(one), people[i].has_value());
      out[chunk[i]] = people[i];
    }
  }
  return out;
}

std::vector<std::string> SemanticScholar::names(const std::vector<std::string>& ids) {
  std::vector<std::string> out(ids.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (auto kept = host_.get("name-of/" + ids[i]))
      out[i] = std::move(*kept);
    else
      open.push_back(i);
  }
  if (reach_ == Reach::store_only) return out;
  for (std::size_t from = 0; from < open.size(); from += kPeopleAtOnce) {
    const auto chunk = std::span(open).subspan(from, std::min(kPeopleAtOnce, open.size() - from));
    std::vector<std::string> asked;
    for (const std::size_t i : chunk)
      asked.push_back(ids[i]);
    const auto people = ask_people(asked, "name");
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      out[chunk[i]] = people[i] ? people[i]->name : std::string();
      keep("name-of/" + asked[i], out[chunk[i]], people[i].has_value());
      if (!people[i]) host_.warn("Semantic Scholar knows no author " + asked[i] + "; check the id.");
    }
  }
  return out;
}

void SemanticScholar::ping() {
  const std::string one = "ARXIV:1706.03762";
  (void)ask_papers(std::span(&one, 1), Detail::names);
}

}  // namespace gleaner::authors
