#include "tests/plugins/slack/slack_server.hpp"

#include <algorithm>

namespace gleaner::test {
namespace {

namespace json = boost::json;

/// Counted as JavaScript does: two for what is above U+FFFF.
std::size_t utf16(std::string_view text) {
  std::size_t out = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) out += byte >= 0xF0 ? 2 : 1;
  }
  return out;
}

std::string_view text_of(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

const json::array* list_of(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

bool is_text_object(const json::value* value, std::size_t most, bool is_plain) {
  const auto* object = value == nullptr ? nullptr : value->if_object();
  if (object == nullptr) return false;
  const auto type = text_of(*object, "type");
  const std::size_t size = utf16(text_of(*object, "text"));
  return (type == "plain_text" || (!is_plain && type == "mrkdwn")) && size >= 1 && size <= most;
}

bool is_inline(const json::value& value) {
  const auto* element = value.if_object();
  if (element == nullptr) return false;
  const auto type = text_of(*element, "type");
  if (type == "text") return !text_of(*element, "text").empty();
  if (type != "link") return false;
  const auto url = text_of(*element, "url");
  return url.size() <= 3000 && (url.starts_with("https://") || url.starts_with("http://"));
}

bool is_rich_text(const json::object& block) {
  const auto* elements = list_of(block, "elements");
  return elements != nullptr && !elements->empty() &&
         std::all_of(elements->begin(), elements->end(), [](const json::value& value) {
           const auto* section = value.if_object();
           if (section == nullptr || text_of(*section, "type") != "rich_text_section") return false;
           const auto* parts = list_of(*section, "elements");
           return parts != nullptr && !parts->empty() &&
                  std::all_of(parts->begin(), parts->end(), is_inline) && utf16(shown_text(value)) <= 3000;
         });
}

bool is_block(const json::value& value) {
  const auto* block = value.if_object();
  if (block == nullptr) return false;
  const auto type = text_of(*block, "type");
  if (type == "header") return is_text_object(block->if_contains("text"), 150, true);
  if (type == "section") return is_text_object(block->if_contains("text"), 3000, false);
  if (type == "divider") return true;
  if (type == "rich_text") return is_rich_text(*block);
  if (type != "context") return false;
  const auto* elements = list_of(*block, "elements");
  return elements != nullptr && !elements->empty() && elements->size() <= 10 &&
         std::all_of(elements->begin(), elements->end(),
                     [](const json::value& each) { return is_text_object(&each, 3000, false); });
}

void gather(const json::value& value, std::string& out) {
  if (const auto* list = value.if_array())
    for (const auto& each : *list)
      gather(each, out);
  const auto* object = value.if_object();
  if (object == nullptr) return;
  if (const auto* text = object->if_contains("text")) {
    if (text->is_string()) out += text->get_string();
    gather(*text, out);
  }
  if (const auto* elements = object->if_contains("elements")) gather(*elements, out);
}

Reply api(const json::object& answer) {
  return {.headers = {{"Content-Type", "application/json"}}, .body = json::serialize(answer)};
}
Reply error(std::string_view word) {
  return api({{"ok", false}, {"error", word}});
}

}  // namespace

std::string shown_text(const json::value& blocks) {
  std::string out;
  gather(blocks, out);
  return out;
}

std::string fault_of(const json::object& body) {
  const auto text = text_of(body, "text");
  const auto* blocks = list_of(body, "blocks");
  if (text.empty()) return "no_text";
  if (utf16(text) > 40000) return "msg_too_long";
  if (blocks == nullptr) return "";
  if (blocks->size() > 50 || !std::all_of(blocks->begin(), blocks->end(), is_block)) return "invalid_blocks";
  // As users measured it: the JSON of all blocks.
  if (utf16(json::serialize(*blocks)) > 13200) return "msg_blocks_too_long";
  return "";
}

SlackServer::SlackServer() {
  server_.otherwise([this](const Recorded& request) { return reply_to(request); });
}

void SlackServer::answer(std::size_t number, Reply reply) {
  const std::lock_guard lock(mutex_);
  answers_[number] = std::move(reply);
}

std::vector<Posted> SlackServer::posted() const {
  const std::lock_guard lock(mutex_);
  return posted_;
}

std::size_t SlackServer::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

Reply SlackServer::reply_to(const Recorded& request) {
  const std::lock_guard lock(mutex_);
  const bool is_api = request.target.starts_with("/api/");
  if (!is_api && request.target != "/services/T0/B0/xyzzy") return {.status = 404, .body = "no_service"};
  if (request.method != "POST" ||
      !request.header("content-type").value_or("").starts_with("application/json"))
    return is_api ? error("invalid_form_data") : Reply{.status = 400, .body = "invalid_payload"};
  if (is_api && request.header("authorization") != "Bearer " + std::string(token))
    return error("invalid_auth");
  if (request.target == "/api/auth.test") return api({{"ok", true}, {"team", "T0"}});
  if (is_api && request.target != "/api/chat.postMessage") return error("unknown_method");
  ++asked_;
  json::error_code bad;
  const auto value = json::parse(request.body, bad);
  if (bad || !value.is_object())
    return is_api ? error("invalid_json") : Reply{.status = 400, .body = "invalid_payload"};
  const auto scripted = answers_.find(asked_);
  // Of a connection that ends without an answer nobody knows more than that the message was there.
  const bool ends_badly = scripted != answers_.end() && scripted->second.ending != Ending::whole;
  if (scripted != answers_.end() && !ends_badly) return scripted->second;
  const Reply reply = post(value.get_object(), is_api);
  return ends_badly ? scripted->second : reply;
}

Reply SlackServer::post(const json::object& body, bool is_api) {
  if (const std::string fault = fault_of(body); !fault.empty())
    return is_api ? error(fault) : Reply{.status = 400, .body = fault};
  const std::string thread(text_of(body, "thread_ts"));
  if (is_api && text_of(body, "channel") != "#papers" && text_of(body, "channel") != "C42")
    return error("channel_not_found");
  const bool is_known =
      std::any_of(posted_.begin(), posted_.end(), [&](const Posted& each) { return each.ts == thread; });
  if (!thread.empty() && (!is_known || text_of(body, "channel") != "C42")) return error("thread_not_found");
  const std::string ts = "1700000000." + std::to_string(100000 + posted_.size());
  posted_.push_back({body, ts, thread});
  if (!is_api) return {.headers = {{"Content-Type", "text/plain"}}, .body = "ok"};
  return api({{"ok", true}, {"channel", "C42"}, {"ts", ts}});
}

}  // namespace gleaner::test
