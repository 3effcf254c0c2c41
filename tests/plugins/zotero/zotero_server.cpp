#include "tests/plugins/zotero/zotero_server.hpp"

#include <algorithm>
#include <cstdlib>

namespace gleaner::test {
namespace {

namespace json = boost::json;

// "100" of "…?limit=100&start=0"; empty without.
std::string parameter(const std::string& target, const std::string& name) {
  for (const std::string mark : {"?", "&"}) {
    const std::size_t at = target.find(mark + name + "=");
    if (at == std::string::npos) continue;
    const std::size_t start = at + name.size() + 2;
    return target.substr(start, target.find('&', start) - start);
  }
  return {};
}

bool is_token(const std::string& text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// https://api.zotero.org/itemTypeFields?itemType=preprint and =journalArticle, with what every item has.
const std::set<std::string>& fields_of(const std::string& type) {
  static const std::set<std::string> preprint{"itemType",
                                              "title",
                                              "creators",
                                              "abstractNote",
                                              "genre",
                                              "repository",
                                              "archiveID",
                                              "place",
                                              "date",
                                              "series",
                                              "seriesNumber",
                                              "DOI",
                                              "citationKey",
                                              "url",
                                              "accessDate",
                                              "archive",
                                              "archiveLocation",
                                              "shortTitle",
                                              "language",
                                              "libraryCatalog",
                                              "callNumber",
                                              "rights",
                                              "extra",
                                              "tags",
                                              "collections",
                                              "relations"};
  static const std::set<std::string> article{"itemType",
                                             "title",
                                             "creators",
                                             "abstractNote",
                                             "publicationTitle",
                                             "volume",
                                             "issue",
                                             "pages",
                                             "date",
                                             "series",
                                             "seriesTitle",
                                             "seriesText",
                                             "journalAbbreviation",
                                             "language",
                                             "DOI",
                                             "ISSN",
                                             "shortTitle",
                                             "url",
                                             "accessDate",
                                             "archive",
                                             "archiveLocation",
                                             "libraryCatalog",
                                             "callNumber",
                                             "rights",
                                             "extra",
                                             "tags",
                                             "collections",
                                             "relations"};
  static const std::set<std::string> none;
  return type == "preprint" ? preprint : type == "journalArticle" ? article : none;
}

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

Reply plain(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(body)};
}

Reply json_reply(const json::value& value) {
  return {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = json::serialize(value)};
}

}  // namespace

ZoteroServer::ZoteroServer() {
  server_.otherwise([this](const Recorded& request) {
    const std::lock_guard lock(mutex_);
    Reply reply = answer(request);
    reply.headers.insert(reply.headers.end(), headers_.begin(), headers_.end());
    return reply;
  });
}

std::vector<Recorded> ZoteroServer::asked(const std::string& method, const std::string& words) const {
  std::vector<Recorded> out;
  for (Recorded& each : server_.requests())
    if (each.method == method && each.target.find(words) != std::string::npos) out.push_back(std::move(each));
  return out;
}

std::string ZoteroServer::add(json::object data) {
  static constexpr char letters[] = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ";
  std::string name = "AAAA";
  std::size_t number = order_.size();
  for (int i = 0; i < 4; ++i, number /= 33)
    name += letters[number % 33];
  data["key"] = name;
  data["version"] = version_;
  order_.push_back(name);
  items_[name] = std::move(data);
  return name;
}

std::string ZoteroServer::put(json::object data) {
  const std::lock_guard lock(mutex_);
  ++version_;
  return add(std::move(data));
}

void ZoteroServer::remove(const std::string& item) {
  const std::lock_guard lock(mutex_);
  items_.erase(item);
  order_.erase(std::find(order_.begin(), order_.end(), item));
  deleted_[item] = ++version_;
}

std::string ZoteroServer::collection(const std::string& name, const std::string& parent) {
  const std::lock_guard lock(mutex_);
  const std::string key_of_it = "CCCCCCC" + std::to_string(collections_.size() + 2);
  json::object data{{"key", key_of_it}, {"name", name}, {"version", version_}};
  if (parent.empty())
    data["parentCollection"] = false;
  else
    data["parentCollection"] = parent;
  collections_[key_of_it] = std::move(data);
  return key_of_it;
}

std::vector<json::object> ZoteroServer::items() const {
  const std::lock_guard lock(mutex_);
  std::vector<json::object> out;
  for (const std::string& each : order_)
    out.push_back(items_.at(each));
  return out;
}

void ZoteroServer::refuse_next(const std::string& method, Reply reply) {
  const std::lock_guard lock(mutex_);
  refusals_[method].push_back(std::move(reply));
}

void ZoteroServer::lose_next_answer() {
  const std::lock_guard lock(mutex_);
  loses_ = true;
}

void ZoteroServer::add_header(std::string name, std::string value) {
  const std::lock_guard lock(mutex_);
  headers_.emplace_back(std::move(name), std::move(value));
}

void ZoteroServer::refuse_title(std::string words) {
  const std::lock_guard lock(mutex_);
  refused_title_ = std::move(words);
}

void ZoteroServer::forbid_writing() {
  const std::lock_guard lock(mutex_);
  may_write_ = false;
}

Reply ZoteroServer::answer(const Recorded& request) {
  if (auto& waiting = refusals_[request.method]; !waiting.empty()) {
    Reply reply = waiting.front();
    waiting.erase(waiting.begin());
    return reply;
  }
  if (request.header("zotero-api-version") != "3") return plain(400, "API version 3 is required");
  if (request.header("zotero-api-key") != key) return plain(403, "Invalid key");
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (path == "/keys/current")
    return json_reply(
        {{"key", key},
         {"userID", 123},
         {"username", "reader"},
         {"access", {{"user", {{"library", true}, {"write", may_write_}}}, {"groups", json::object()}}}});
  if (path.rfind("/users/123/", 0) != 0) return plain(404, "Not found");
  const std::string what = path.substr(std::string("/users/123").size());
  if (request.method == "POST" && what == "/items") return take(request);
  if (request.method != "GET") return plain(405, "Method not allowed");
  const std::int64_t since = std::atoll(parameter(request.target, "since").c_str());
  if (what == "/deleted") {
    json::array keys;
    for (const auto& [each, when] : deleted_)
      if (when > since) keys.push_back(json::string(each));
    return json_reply({{"collections", json::array()}, {"items", keys}, {"tags", json::array()}});
  }
  std::vector<json::object> all;
  if (what == "/items") {
    for (const std::string& each : order_)
      if (items_.at(each).at("version").as_int64() > since) all.push_back(items_.at(each));
    return list(request.target, all);
  }
  if (what == "/collections") {
    for (const auto& [each, data] : collections_)
      all.push_back(data);
    return list(request.target, all);
  }
  return plain(404, "Not found");
}

Reply ZoteroServer::list(const std::string& target, const std::vector<json::object>& all) const {
  const std::string limit = parameter(target, "limit");
  const std::size_t most =
      std::min<std::size_t>(100, limit.empty() ? 25 : std::strtoul(limit.c_str(), nullptr, 10));
  const std::size_t start = std::strtoul(parameter(target, "start").c_str(), nullptr, 10);
  json::array page;
  for (std::size_t i = start; i < std::min(all.size(), start + most); ++i)
    page.push_back(
        json::object{{"key", all[i].at("key")}, {"version", all[i].at("version")}, {"data", all[i]}});
  Reply reply = json_reply(page);
  reply.headers.emplace_back("Total-Results", std::to_string(all.size()));
  reply.headers.emplace_back("Last-Modified-Version", std::to_string(version_));
  return reply;
}

std::string ZoteroServer::problem_of(const json::object& item) const {
  const std::string type = text_of(item, "itemType");
  const auto& fields = fields_of(type);
  if (fields.empty()) return "'" + type + "' is not a valid itemType";
  for (const auto& field : item)
    if (fields.count(std::string(field.key())) == 0)
      return "'" + std::string(field.key()) + "' is not a valid field for type '" + type + "'";
  for (const json::value& creator : item.at("creators").as_array()) {
    const json::object& name = creator.as_object();
    const bool is_whole = name.contains("name") && !name.contains("lastName");
    const bool is_split = name.contains("firstName") && name.contains("lastName") && !name.contains("name");
    if (text_of(name, "creatorType") != "author" || is_whole == is_split) return "'creators' are not valid";
  }
  for (const json::value& tag : item.at("tags").as_array())
    if (text_of(tag.as_object(), "tag").empty() || text_of(tag.as_object(), "tag").size() > 255)
      return "Tag is empty or too long to sync";
  for (const json::value& each : item.at("collections").as_array())
    if (collections_.count(std::string(each.as_string())) == 0)
      return "Collection " + std::string(each.as_string()) + " not found";
  if (!refused_title_.empty() && text_of(item, "title").find(refused_title_) != std::string::npos)
    return "Invalid item";
  return {};
}

Reply ZoteroServer::take(const Recorded& request) {
  if (!may_write_) return plain(403, "Write access denied");
  if (request.header("content-type") != "application/json") return plain(400, "Content-Type is not JSON");
  const auto token = request.header("zotero-write-token");
  if (!token) return plain(428, "Zotero-Write-Token or If-Unmodified-Since-Version not provided");
  if (!is_token(*token)) return plain(400, "Invalid Zotero-Write-Token");
  if (tokens_.count(*token) != 0) return plain(412, "Write token already used");
  boost::system::error_code error;
  const json::value body = json::parse(request.body, error);
  if (error || !body.is_array()) return plain(400, "Uploaded data must be a JSON array");
  if (body.get_array().empty()) return plain(400, "No items provided");
  if (body.get_array().size() > 50) return plain(413, "Cannot add more than 50 items at a time");
  json::object successful, success, failed;
  ++version_;
  for (std::size_t i = 0; i < body.get_array().size(); ++i) {
    const json::object& item = body.get_array()[i].as_object();
    const std::string number = std::to_string(i);
    if (const std::string why = problem_of(item); !why.empty()) {
      failed[number] = json::object{{"code", 400}, {"message", why}};
      continue;
    }
    const std::string name = add(item);
    success[number] = name;
    successful[number] = json::object{{"key", name}, {"version", version_}, {"data", items_.at(name)}};
  }
  tokens_.insert(*token);
  Reply reply = json_reply(
      {{"successful", successful}, {"success", success}, {"unchanged", json::object()}, {"failed", failed}});
  reply.headers.emplace_back("Last-Modified-Version", std::to_string(version_));
  if (loses_) reply.ending = Ending::close_at_once;
  loses_ = false;
  return reply;
}

}  // namespace gleaner::test
