// A homeserver that keeps to Matrix's specification: transactions are taken once, events have a size, HTML
// has the specification's tags only. https://spec.matrix.org/v1.16/client-server-api/
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace gleaner::test {

/// What the specification would not have a client render; empty for good HTML.
inline std::string fault_of_html(std::string_view html) {
  static constexpr std::array<std::string_view, 16> tags{"p",   "a",  "ul",         "ol",    "li", "b",
                                                         "i",   "u",  "em",         "br",    "hr", "code",
                                                         "pre", "h3", "blockquote", "strong"};
  std::vector<std::string> open;
  for (std::size_t at = 0; at < html.size(); ++at) {
    if (html[at] == '&') {
      const auto rest = html.substr(at);
      const bool is_known = rest.starts_with("&amp;") || rest.starts_with("&lt;") ||
                            rest.starts_with("&gt;") || rest.starts_with("&quot;");
      if (!is_known) return "an ampersand was not escaped";
    }
    if (html[at] == '>') return "a stray >";
    if (html[at] != '<') continue;
    const auto end = html.find('>', at);
    if (end == html.npos) return "an open tag";
    std::string_view inside = html.substr(at + 1, end - at - 1);
    at = end;
    if (inside.starts_with('/')) {
      if (open.empty() || open.back() != inside.substr(1)) return "a wrong end tag " + std::string(inside);
      open.pop_back();
      continue;
    }
    const std::string name(inside.substr(0, inside.find(' ')));
    if (std::find(tags.begin(), tags.end(), name) == tags.end()) return "the tag " + name;
    const std::string_view attributes = inside.substr(name.size());
    const bool is_link =
        name == "a" &&
        (attributes.starts_with(" href=\"https://") || attributes.starts_with(" href=\"http://")) &&
        attributes.ends_with('"') && std::count(attributes.begin(), attributes.end(), '"') == 2;
    if (!attributes.empty() && !is_link) return "the attributes" + std::string(attributes);
    if (name == "a" && attributes.empty()) return "a link without an address";
    if (name != "br" && name != "hr") open.push_back(name);
    if (open.size() > 100) return "too deep";
  }
  return open.empty() ? "" : "no end of " + open.back();
}

class StrictMatrix {
 public:
  struct Answer {
    int status = 200;
    std::string body{};
  };
  struct Event {
    std::string id, room;
    boost::json::object content;
  };

  static constexpr std::string_view kToken = "syt_Ym90_s3cretAccess_1a2b3c";
  static constexpr std::string_view kRoom = "!room:example.org";

  bool is_member = true;
  bool is_encrypted = false;
  std::vector<Event> events{};
  std::size_t repeats = 0;  ///< transactions that came again

  Answer answer(const std::string& method, const std::string& target, const std::string& authorization,
                const std::string& body) {
    const std::string prefix = "/_matrix/client/v3";
    if (!target.starts_with(prefix)) return error(404, "M_UNRECOGNIZED", "Unrecognized request");
    if (authorization.empty()) return error(401, "M_MISSING_TOKEN", "Missing access token");
    if (authorization != "Bearer " + std::string(kToken))
      return error(401, "M_UNKNOWN_TOKEN", "Invalid access token passed.");
    const std::string path = target.substr(prefix.size());
    const std::string room = "/rooms/%21room%3Aexample.org";
    if (method == "GET" && path == "/account/whoami") return {200, R"({"user_id":"@bot:example.org"})"};
    if (method == "GET" && path == "/joined_rooms")
      return {200,
              is_member ? R"({"joined_rooms":["!other:x","!room:example.org"]})" : R"({"joined_rooms":[]})"};
    if (method == "GET" && path == "/directory/room/%23papers%3Aexample.org")
      return {200, R"({"room_id":"!room:example.org","servers":["example.org"]})"};
    if (method == "GET" && path.starts_with("/directory/room/"))
      return error(404, "M_NOT_FOUND", "Room alias not found");
    if (method == "GET" && path == room + "/state/m.room.encryption")
      return is_encrypted ? Answer{200, R"({"algorithm":"m.megolm.v1.aes-sha2"})"}
                          : error(404, "M_NOT_FOUND", "Event not found.");
    const std::string send = room + "/send/m.room.message/";
    if (method != "PUT" || !path.starts_with(send))
      return error(404, "M_UNRECOGNIZED", "Unrecognized request");
    if (!is_member) return error(403, "M_FORBIDDEN", "User not in room");
    return put(path.substr(send.size()), body);
  }

 private:
  static Answer error(int status, const std::string& code, const std::string& words) {
    return {status, boost::json::serialize(boost::json::object{{"errcode", code}, {"error", words}})};
  }

  Answer put(const std::string& transaction, const std::string& body) {
    if (const auto known = transactions_.find(transaction); known != transactions_.end()) {
      ++repeats;
      return {200, R"({"event_id":")" + known->second + R"("})"};
    }
    boost::json::error_code broken;
    const auto value = boost::json::parse(body, broken);
    if (broken || !value.is_object()) return error(400, "M_NOT_JSON", "Content not JSON.");
    // What the servers add: sender, room, hashes, signatures, references.
    if (body.size() + 4000 > 65'535) return error(413, "M_TOO_LARGE", "event too large");
    const auto& content = value.get_object();
    if (const std::string why = fault_of(content); !why.empty()) return error(400, "M_BAD_JSON", why);
    const std::string id = "$event" + std::to_string(events.size() + 1);
    transactions_[transaction] = id;
    events.push_back({id, std::string(kRoom), content});
    return {200, R"({"event_id":")" + id + R"("})"};
  }

  [[nodiscard]] std::string fault_of(const boost::json::object& content) const {
    const std::string type(content.at("msgtype").as_string());
    if (type != "m.notice" && type != "m.text") return "msgtype";
    if (content.at("body").as_string().empty()) return "body";
    if (content.at("format").as_string() != "org.matrix.custom.html") return "format";
    if (!content.at("m.mentions").as_object().empty()) return "somebody is mentioned";
    if (const auto* relation = content.if_contains("m.relates_to")) {
      const auto known = [this](const boost::json::value& id) {
        return std::any_of(events.begin(), events.end(),
                           [&](const Event& e) { return id.as_string() == e.id; });
      };
      if (relation->at("rel_type").as_string() != "m.thread") return "rel_type";
      if (!known(relation->at("event_id"))) return "Can't send relation to unknown event";
      if (!known(relation->at("m.in_reply_to").at("event_id"))) return "a reply to nothing";
    }
    return fault_of_html(std::string_view(content.at("formatted_body").as_string()));
  }

  std::map<std::string, std::string> transactions_;
};

}  // namespace gleaner::test
