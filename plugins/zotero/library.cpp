// SPDX-License-Identifier: Apache-2.0
#include "plugins/zotero/library.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/json.hpp"
#include "plugins/common/url.hpp"
#include "plugins/common/visible_text.hpp"
#include "plugins/zotero/item.hpp"
#include "plugins/zotero/shelf.hpp"

namespace gleaner::zotero {
namespace {

namespace json = boost::json;
using common::Citation;

constexpr std::size_t kBatch = 50;  // items a request, by the server's rule
constexpr std::size_t kNamed = 3;   // refused papers that are named; the rest is only counted

bool is_library(std::string_view text) {
  const bool is_user = text.starts_with("users/");
  if (!is_user && !text.starts_with("groups/")) return false;
  text.remove_prefix(is_user ? 6 : 7);
  return !text.empty() && text.size() < 20 && std::all_of(text.begin(), text.end(), common::is_digit);
}

// 128 bits of FNV-1a twice: it need not resist anyone, only differ. The papers are part of it, since a later
// try sends those alone that the earlier one did not get in.
std::string write_token(std::string_view key, const std::vector<const Citation*>& papers) {
  std::uint64_t first = 0xCBF29CE484222325ULL;
  std::uint64_t second = 0x84222325CBF29CE4ULL;
  const auto mix = [&](std::string_view text) {
    for (const char c : text) {
      first = (first ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
      second = (second ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL + 1;
    }
    first = (first ^ 0xFFu) * 0x100000001B3ULL;
    second = (second ^ 0xFEu) * 0x100000001B3ULL;
  };
  mix(key);
  for (const Citation* paper : papers)
    mix(paper->id);
  char out[33];
  std::snprintf(out, sizeof out, "%016llx%016llx", static_cast<unsigned long long>(first),
                static_cast<unsigned long long>(second));
  return out;
}

/// What came of the batches so far.
struct Outcome {
  std::size_t added = 0;
  std::vector<std::string> refused;  // "2505.01557 (413: …)"

  void read(const json::value& answer, const std::vector<const Citation*>& papers) {
    static const json::object kNothing;
    const auto part = [&answer](std::string_view name) -> const json::object& {
      const json::object* found = answer.is_object() ? common::object_at(answer.get_object(), name) : nullptr;
      return found == nullptr ? kNothing : *found;
    };
    const json::object& failed = part("failed");
    for (std::size_t i = 0; i < papers.size(); ++i) {
      const std::string number = std::to_string(i);
      if (part("success").contains(number) || part("unchanged").contains(number))
        ++added;
      else if (const json::object* why = common::object_at(failed, number))
        refused.push_back(
            papers[i]->id + " (" + common::text_at(*why, "code") + ": " +
            common::shortened_text(common::visible_line(common::text_at(*why, "message")), 200) + ")");
      else
        refused.push_back(papers[i]->id + " (of which it says nothing)");
    }
  }

  void read(const Shelf& shelf, const std::vector<const Citation*>& papers) {
    for (const Citation* paper : papers) {
      const Names names = names_of(*paper);
      if (names.empty() || shelf.holds(names))
        ++added;
      else
        refused.push_back(paper->id + " (sent before, and not there)");
    }
  }

  void throw_if_refused() const {
    if (refused.empty()) return;
    std::string words;
    for (std::size_t i = 0; i < std::min(refused.size(), kNamed); ++i)
      words.append(i == 0 ? "" : ", ").append(refused[i]);
    if (refused.size() > kNamed) words += " and " + std::to_string(refused.size() - kNamed) + " more";
    throw Error("Zotero took " + std::to_string(added) + " papers and refused " +
                    std::to_string(refused.size()) + ": " + words + ". What it took is not sent again.",
                GLEANER_FAILED);
  }
};

std::vector<Citation> citations_of(const Digest& digest) {
  std::vector<Citation> out;
  for (std::size_t i = 0; i < digest.size(); ++i)
    out.push_back(common::citation_of(digest[i].paper(), digest.date()));
  return out;
}

struct Collection {
  std::string name, parent;
};

// "Reading/This week"; a library whose parents form a circle has no path for them.
std::string path_of(const std::map<std::string, Collection>& all, const std::string& key) {
  std::string path;
  std::string at = key;
  for (std::size_t steps = 0; steps <= all.size(); ++steps) {
    const auto found = all.find(at);
    if (found == all.end()) return path;
    path.insert(0, path.empty() ? found->second.name : found->second.name + "/");
    at = found->second.parent;
  }
  return {};
}

bool may_write(const json::object& access, std::string_view library) {
  if (library.starts_with("users/")) {
    const json::object* user = common::object_at(access, "user");
    return user != nullptr && common::flag_at(*user, "library") && common::flag_at(*user, "write");
  }
  const json::object* groups = common::object_at(access, "groups");
  if (groups == nullptr) return false;
  const json::object* one = common::object_at(*groups, library.substr(7));
  if (one == nullptr) one = common::object_at(*groups, "all");
  return one != nullptr && common::flag_at(*one, "write");
}

}  // namespace

void Library::start() {
  if (!is_library(options.library))
    throw invalid_option("library",
                         "\"" + options.library +
                             "\" is no library; it is users/NUMBER or groups/NUMBER, and your number "
                             "is shown at https://www.zotero.org/settings/keys.");
  common::check_address(options.base_url, "base_url");
  options.base_url = common::with_path(options.base_url, "");
  for (std::size_t i = 0; i < options.tags.size(); ++i) {
    options.tags[i] = common::visible_line(options.tags[i]);
    if (options.tags[i].empty())
      throw invalid_option("tags/" + std::to_string(i), "An empty tag says nothing; take it out.");
  }
}

Client Library::client(const Call& call) const {
  return Client(host, call, options.api_key, {options.base_url, options.library});
}

std::string Library::collection_key(Client& client) const {
  if (options.collection.empty()) return {};
  std::map<std::string, Collection> all;
  client.each("/collections?format=json", [&all](const json::object& object) {
    const json::object* data = common::object_at(object, "data");
    if (data == nullptr) return;
    all[common::text_at(object, "key")] = {common::text_at(*data, "name"),
                                           common::text_at(*data, "parentCollection")};
  });
  if (all.count(options.collection) != 0) return options.collection;
  std::vector<std::string> keys;
  for (const auto& [key, collection] : all)
    if (path_of(all, key) == options.collection) keys.push_back(key);
  if (keys.empty())
    for (const auto& [key, collection] : all)
      if (collection.name == options.collection) keys.push_back(key);
  if (keys.size() == 1) return keys.front();
  if (keys.empty())
    throw Error("The library " + options.library + " has no collection \"" + options.collection +
                    "\"; make it in Zotero and sync, or correct `collection`.",
                GLEANER_NOT_FOUND, "/collection");
  throw Error("The library " + options.library + " has " + std::to_string(keys.size()) + " collections \"" +
                  options.collection + "\"; name one by its key, as " + keys.front() + ".",
              GLEANER_INVALID, "/collection");
}

std::string Library::shelf_key() const {
  return "shelf " + options.base_url + " " + options.library;
}

// One too large to be kept is read whole the next time.
void Library::keep(const Shelf& shelf) const {
  const std::string text = shelf.text();
  if (text.size() <= GLEANER_STORE_VALUE_MAX) host.put(shelf_key(), text);
}

void Library::deliver(const Digest& digest) {
  const std::vector<Citation> papers = citations_of(digest);
  if (papers.empty()) return;
  Client asking = client(digest.call());
  const std::string collection = collection_key(asking);
  Shelf shelf = Shelf::of_text(host.get(shelf_key()).value_or(""));
  shelf.refresh(asking);
  keep(shelf);

  Outcome outcome;
  std::size_t there = 0;
  // Batches are cut before papers that are there go out of them: a later try cuts the same.
  for (std::size_t from = 0; from < papers.size(); from += kBatch) {
    std::vector<const Citation*> batch;
    json::array items;
    for (std::size_t i = from; i < std::min(papers.size(), from + kBatch); ++i) {
      if (shelf.holds(names_of(papers[i]))) {
        ++there;
        continue;
      }
      batch.push_back(&papers[i]);
      items.push_back(item_of(papers[i], options.tags, collection));
    }
    if (batch.empty()) continue;
    const Client::Posted posted = asking.post_items(items, write_token(digest.key(), batch));
    if (posted.is_repeated) {
      shelf.refresh(asking);  // the answer that was lost may have refused some of them
      outcome.read(shelf, batch);
    } else {
      outcome.read(posted.answer, batch);
    }
    digest.call().progress(std::min(papers.size(), from + kBatch), papers.size(), "papers");
  }
  host.info("Zotero: " + std::to_string(outcome.added) + " added, " + std::to_string(there) + " were there.");
  outcome.throw_if_refused();
}

void Library::health(const Call& call) {
  Client asking = client(call);
  const json::value key = asking.get_global("/keys/current");
  const json::object* access = key.is_object() ? common::object_at(key.get_object(), "access") : nullptr;
  if (access == nullptr || !may_write(*access, options.library))
    throw Error("The key of `api_key` may not write to " + options.library +
                    "; give it that right at https://www.zotero.org/settings/keys.",
                GLEANER_DENIED, "/api_key");
  if (options.library.starts_with("users/") &&
      common::text_at(key.get_object(), "userID") != options.library.substr(6))
    throw Error("The key of `api_key` is that of users/" + common::text_at(key.get_object(), "userID") +
                    ", not of " + options.library + ".",
                GLEANER_DENIED, "/library");
  (void)collection_key(asking);
}

}  // namespace gleaner::zotero
