// A webhook that takes what Discord's documentation allows and refuses the rest as Discord does.
// https://discord.com/developers/docs/resources/webhook and …/resources/message
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace gleaner::test {

/// UTF-16 units of valid UTF-8.
inline std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

class StrictDiscord {
 public:
  struct Answer {
    int status = 200;
    std::string body{};
    std::string retry_after{};
  };
  struct Message {
    std::string channel;
    boost::json::object body;
  };

  static constexpr std::string_view kPath = "/api/webhooks/4711/s3cret-Token_x";
  static constexpr std::string_view kChannel = "900";
  static constexpr std::string_view kThread = "901";

  bool is_forum = false;
  bool is_gone = false;
  std::vector<Message> messages{};

  Answer answer(const std::string& method, const std::string& target, const std::string& body) {
    const std::string path = target.substr(0, target.find('?'));
    const std::string query = target.find('?') == std::string::npos ? "" : target.substr(path.size() + 1);
    if (is_gone || path != kPath) return error(404, 10015, "Unknown Webhook");
    if (method == "GET")
      return {200, R"({"id":"4711","channel_id":"900","type":1,"token":"s3cret-Token_x"})"};
    if (method != "POST") return error(405, 0, "405: Method Not Allowed");
    boost::json::error_code broken;
    const auto value = boost::json::parse(body, broken);
    if (broken || !value.is_object()) return error(400, 50109, "The request body contains invalid JSON.");
    const auto& message = value.get_object();
    if (const std::string why = problem_of(message); !why.empty()) return invalid(why);
    return post(message, query);
  }

 private:
  using Object = boost::json::object;

  static Answer error(int status, int code, const std::string& words) {
    return {status, boost::json::serialize(Object{{"message", words}, {"code", code}})};
  }
  static Answer invalid(const std::string& words) {
    const Object leaf{{"_errors", boost::json::array{Object{{"code", "X"}, {"message", words}}}}};
    return {400,
            boost::json::serialize(Object{
                {"message", "Invalid Form Body"}, {"code", 50035}, {"errors", Object{{"embeds", leaf}}}})};
  }

  Answer post(const Object& message, const std::string& query) {
    const bool makes_thread = message.contains("thread_name");
    const auto at = query.find("thread_id=");
    const std::string thread =
        at == std::string::npos ? "" : query.substr(at + 10, query.find('&', at) - at - 10);
    if (!thread.empty() && makes_thread) return error(400, 220002, "Webhooks cannot have both");
    if (!thread.empty() && thread != kThread) return error(404, 10003, "Unknown Channel");
    if (makes_thread && !is_forum)
      return error(400, 220003, "Webhooks can only create threads in forum channels");
    if (!makes_thread && is_forum && thread.empty())
      return error(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id");
    const std::string channel(makes_thread || !thread.empty() ? kThread : kChannel);
    messages.push_back({channel, message});
    if (query.find("wait=true") == std::string::npos) return {204};
    return {200, boost::json::serialize(
                     Object{{"id", std::to_string(1000 + messages.size())}, {"channel_id", channel}})};
  }

  static std::string text_of(const Object& object, std::string_view key, std::size_t most, std::size_t& sum) {
    const auto* value = object.if_contains(key);
    if (value == nullptr) return {};
    if (!value->is_string()) return std::string(key) + ": Could not interpret as string.";
    const std::size_t units = utf16_units(std::string_view(value->get_string()));
    sum += units;
    if (units == 0 || units > most)
      return std::string(key) + ": Must be between 1 and " + std::to_string(most);
    return {};
  }
  static std::string problem_of(const Object& embed, std::size_t& sum) {
    for (const auto& [key, value] : embed)
      if (key != "title" && key != "description" && key != "url" && key != "color")
        return "unexpected field " + std::string(key);
    for (const auto& [key, most] : {std::pair{"title", 256}, std::pair{"description", 4096}})
      if (auto why = text_of(embed, key, static_cast<std::size_t>(most), sum); !why.empty()) return why;
    if (const auto* url = embed.if_contains("url")) {
      const std::string_view address = url->as_string();
      const bool is_web = address.starts_with("https://") || address.starts_with("http://");
      if (!is_web || address.size() > 2048 || address.find_first_of(" \n\"<>") != address.npos)
        return "Not a well formed URL.";
    }
    if (!embed.contains("title") && !embed.contains("description")) return "This embed is empty.";
    return {};
  }
  static std::string problem_of(const Object& message) {
    const auto* embeds = message.if_contains("embeds");
    const auto* content = message.if_contains("content");
    if (content != nullptr && utf16_units(std::string_view(content->as_string())) > 2000)
      return "2000 or fewer";
    if (embeds == nullptr || embeds->as_array().empty())
      return content == nullptr ? "Cannot send an empty message" : "";
    if (embeds->as_array().size() > 10) return "Must be 10 or fewer in length.";
    std::size_t sum = 0;
    for (const auto& embed : embeds->as_array())
      if (auto why = problem_of(embed.as_object(), sum); !why.empty()) return why;
    if (sum > 6000) return "Embed size exceeds maximum size of 6000";
    const auto* name = message.if_contains("thread_name");
    if (name != nullptr &&
        (name->as_string().empty() || utf16_units(std::string_view(name->as_string())) > 100))
      return "thread_name: Must be between 1 and 100 in length.";
    const auto* flags = message.if_contains("flags");
    if (flags != nullptr && (flags->as_int64() & ~(4 | 4096)) != 0) return "flags: not allowed";
    // Not a rule of Discord's but ours: nobody is notified.
    const auto* mentions = message.if_contains("allowed_mentions");
    if (mentions == nullptr || !mentions->at("parse").as_array().empty()) return "mentions are allowed";
    return {};
  }
};

}  // namespace gleaner::test
