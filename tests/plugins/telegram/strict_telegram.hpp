// A Bot API server that takes what Telegram's documentation allows and refuses the rest in Telegram's words:
// it parses the HTML, counts UTF-16 of what is left, and keeps what a client would show.
// https://core.telegram.org/bots/api#sendmessage, #html-style
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace gleaner::test {

/// The text that is left of Telegram's HTML, and what it marks.
struct ParsedHtml {
  struct Entity {
    std::string tag, url;
    std::size_t length = 0;  ///< bytes
  };
  std::string text;
  std::vector<Entity> entities;
  std::string error;  ///< in Telegram's words
};

class HtmlReader {
 public:
  explicit HtmlReader(std::string_view html) : html_(html) {}

  ParsedHtml read() {
    while (at_ < html_.size() && out_.error.empty()) {
      if (html_[at_] == '<')
        read_tag();
      else if (html_[at_] == '&')
        read_character();
      else
        out_.text += html_[at_++];
    }
    if (out_.error.empty() && !open_.empty())
      out_.error = "Can't find end tag corresponding to start tag \"" + open_.back().tag + "\"";
    return std::move(out_);
  }

 private:
  struct Open {
    std::string tag, url;
    std::size_t from = 0;
  };

  // Telegram shows what is no entity as it stands; here it is a fault, since it means that something was not
  // escaped.
  void read_character() {
    constexpr std::array<std::pair<std::string_view, char>, 4> names{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};
    for (const auto& [name, character] : names)
      if (html_.substr(at_).starts_with(name)) {
        out_.text += character;
        at_ += name.size();
        return;
      }
    out_.error = "an ampersand was not escaped";
  }

  void read_tag() {
    const auto end = html_.find('>', at_);
    if (end == html_.npos) return fail("Unclosed start tag");
    std::string_view inside = html_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (inside.starts_with('/')) return close(inside.substr(1));
    const std::string tag(inside.substr(0, inside.find(' ')));
    static constexpr std::array<std::string_view, 9> known{"b",    "i",   "u",          "s",         "a",
                                                           "code", "pre", "blockquote", "tg-spoiler"};
    if (std::find(known.begin(), known.end(), tag) == known.end())
      return fail("Unsupported start tag \"" + tag + "\"");
    std::string url;
    if (inside.size() > tag.size()) {
      inside.remove_prefix(tag.size());
      if (tag != "a" || !inside.starts_with(" href=\"") || !inside.ends_with('"'))
        return fail("a strange attribute");
      url = HtmlReader(inside.substr(7, inside.size() - 8)).read().text;
      if (!url.starts_with("http://") && !url.starts_with("https://")) return fail("a strange address");
    }
    if (tag == "blockquote" &&
        std::any_of(open_.begin(), open_.end(), [](const Open& o) { return o.tag == "blockquote"; }))
      return fail("blockquote entities can't be nested");
    open_.push_back({tag, url, out_.text.size()});
  }

  void close(std::string_view tag) {
    if (open_.empty()) return fail("Unexpected end tag");
    if (open_.back().tag != tag) return fail("Unmatched end tag, expected \"</" + open_.back().tag + ">\"");
    out_.entities.push_back({open_.back().tag, open_.back().url, out_.text.size() - open_.back().from});
    open_.pop_back();
  }

  void fail(const std::string& words) { out_.error = words + " at byte offset " + std::to_string(at_); }

  std::string_view html_;
  std::size_t at_ = 0;
  ParsedHtml out_;
  std::vector<Open> open_;
};

class StrictTelegram {
 public:
  struct Answer {
    int status = 200;
    std::string body{};
  };
  struct Message {
    std::string chat;
    boost::json::object body;
    ParsedHtml shown;
  };

  static constexpr std::string_view kToken = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

  std::string chat = "-100777";
  std::string moved_to{};  ///< not empty: `chat` has become this supergroup
  std::vector<Message> messages{};

  Answer answer(const std::string& target, const std::string& body) {
    const std::string prefix = "/bot" + std::string(kToken) + "/";
    if (!target.starts_with(prefix)) return error(401, "Unauthorized");
    const std::string method = target.substr(prefix.size(), target.find('?') - prefix.size());
    if (method == "getMe")
      return {200, R"({"ok":true,"result":{"id":110201543,"is_bot":true,"first_name":"G"}})"};
    if (method == "getChat") {
      if (target.ends_with("chat_id=" + chat)) return {200, R"({"ok":true,"result":{"id":1}})"};
      return error(400, "Bad Request: chat not found");
    }
    if (method != "sendMessage") return error(404, "Not Found");
    boost::json::error_code broken;
    const auto value = boost::json::parse(body, broken);
    if (broken || !value.is_object()) return error(400, "Bad Request: can't parse the body");
    return send(value.get_object());
  }

  static std::size_t units(std::string_view text) {
    std::size_t out = 0;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0U) != 0x80U) out += byte >= 0xF0 ? 2 : 1;
    }
    return out;
  }

 private:
  static Answer error(int status, const std::string& words) {
    return {status, boost::json::serialize(
                        boost::json::object{{"ok", false}, {"error_code", status}, {"description", words}})};
  }

  static std::string chat_of(const boost::json::object& body) {
    const auto* id = body.if_contains("chat_id");
    if (id == nullptr) return {};
    return id->is_string() ? std::string(id->get_string()) : std::to_string(id->as_int64());
  }

  Answer send(const boost::json::object& body) {
    const std::string to = chat_of(body);
    if (to == chat && !moved_to.empty())
      return {400, R"({"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a )"
                   R"(supergroup chat","parameters":{"migrate_to_chat_id":)" +
                       moved_to + "}}"};
    if (to != chat && (moved_to.empty() || to != moved_to)) return error(400, "Bad Request: chat not found");
    if (body.at("parse_mode").as_string() != "HTML") return error(400, "Bad Request: unsupported parse_mode");
    const auto* topic = body.if_contains("message_thread_id");
    if (topic != nullptr && topic->as_int64() != 5)
      return error(400, "Bad Request: message thread not found");
    ParsedHtml shown = HtmlReader(std::string_view(body.at("text").as_string())).read();
    if (!shown.error.empty()) return error(400, "Bad Request: can't parse entities: " + shown.error);
    if (shown.text.find_first_not_of(" \n") == std::string::npos)
      return error(400, "Bad Request: message text is empty");
    if (units(shown.text) > 4096) return error(400, "Bad Request: message is too long");
    if (shown.entities.size() > 100) return error(400, "Bad Request: too many entities would be lost");
    messages.push_back({to, body, std::move(shown)});
    return {200, R"({"ok":true,"result":{"message_id":)" + std::to_string(messages.size()) + "}}"};
  }
};

}  // namespace gleaner::test
