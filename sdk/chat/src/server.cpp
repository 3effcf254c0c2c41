#include "server.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace gleaner::chat {
namespace {

constexpr std::uint64_t month_s = 30ULL * 24 * 3600;
// Reasoning models think for minutes before the first byte comes; a `timeout` of the pipeline file goes
// before.
constexpr std::uint32_t one_try_ms = 300'000;

constexpr std::array<std::pair<std::string_view, Format>, 3> format_names{
    {{"schema", Format::schema}, {"json", Format::json}, {"lines", Format::lines}}};

std::string_view name_of(Format format) {
  for (const auto& [name, value] : format_names)
    if (value == format) return name;
  return "text";
}

Format format_named(std::string_view name) {
  for (const auto& [known, value] : format_names)
    if (known == name) return value;
  return Format::schema;
}

// The server's own words in an error body, wherever its kind of server puts them.
std::string_view words_of(const Value& body) {
  const Value& error = body.is_list() ? body[0]["error"] : body["error"];
  if (error.is_text()) return error.text();
  if (!error["message"].text().empty()) return error["message"].text();
  if (!body["message"].text().empty()) return body["message"].text();
  return body["detail"].text();
}

// An answer without the key, which some servers repeat: taken out before anything is cut, quoted or kept,
// since half a key is not found by who looks for a whole one.
std::string without_key(std::string body, std::string_view key) {
  constexpr std::string_view stand_in = "(key)";
  if (key.empty()) return body;
  for (auto at = body.find(key); at != std::string::npos; at = body.find(key, at + stand_in.size()))
    body.replace(at, key.size(), stand_in);
  return body;
}

}  // namespace

bool Ask::is_refused(std::string_view parameter) const {
  return std::find(refused->begin(), refused->end(), parameter) != refused->end();
}

std::string full_base_url(std::string_view base_url, std::string_view standard_path) {
  const auto scheme = base_url.find("://");
  const bool known = base_url.starts_with("http://") || base_url.starts_with("https://");
  const bool has_host = known && base_url.find_first_of("/?#", scheme + 3) != scheme + 3;
  if (!has_host || scheme + 3 >= base_url.size())
    throw Error("base_url is no address of a server: \"" + std::string(base_url) +
                    "\". Write one that starts with https:// or http://.",
                GLEANER_INVALID, "/base_url");
  std::string_view query;
  if (const auto mark = base_url.find('?'); mark != std::string_view::npos) {
    query = base_url.substr(mark);
    base_url = base_url.substr(0, mark);
  }
  while (base_url.ends_with('/'))
    base_url.remove_suffix(1);
  std::string out(base_url);
  if (base_url.find('/', scheme + 3) == std::string_view::npos) out += standard_path;
  return out.append(query);
}

std::string join_url(std::string_view base, std::string_view path) {
  const auto mark = std::min(base.find('?'), base.size());
  std::string out(base.substr(0, mark));
  return out.append(path).append(base.substr(mark));
}

Server::Server(const Provider& provider, const CommonOptions& options, const Host& host)
    : provider_(provider),
      options_(options),
      host_(host),
      base_url_(full_base_url(options.base_url, provider.facts->standard_path)),
      price_(price_of(options.model, options.price)) {
  if (options_.model.empty())
    throw Error("No model is named. Write the name the server knows it by.", GLEANER_INVALID, "/model");
  if (!options_.extra.text.empty()) {
    const auto extra = parse(options_.extra.text);
    if (extra) extra_ = *extra;
  }
  const auto& facts = *provider_.facts;
  if (facts.needs_key && options_.api_key.handle.empty() &&
      base_url_ == full_base_url(facts.base_url, facts.standard_path))
    throw Error(std::string(facts.title) + " wants a key. Write api_key = \"${secret:" +
                    std::string(facts.secret) + "}\" and set " + std::string(facts.secret) + ".",
                GLEANER_INVALID, "/api_key");
  if (options_.format != "auto") format_ = format_named(options_.format);
}

std::string Server::memory_key() const {
  return "dialect " + base_url_ + " " + options_.model;
}

void Server::recall() {
  const auto kept = host_.get(memory_key());
  const auto value = kept ? parse(*kept) : std::nullopt;
  if (!value) return;
  refused_.clear();
  for (const auto& parameter : (*value)["refused"].items())
    refused_.emplace_back(parameter.text());
  if (options_.format == "auto") format_ = format_named((*value)["format"].text());
}

void Server::remember() {
  Value refused = Value::list();
  for (const auto& parameter : refused_)
    refused.push(parameter);
  host_.put(memory_key(), write(Value::object({{"refused", refused}, {"format", name_of(format_)}})),
            month_s);
}

bool Server::refuse(const std::string& parameter) {
  if (parameter.empty() || std::find(refused_.begin(), refused_.end(), parameter) != refused_.end())
    return false;
  refused_.push_back(parameter);
  remember();
  return true;
}

bool Server::next_format() {
  if (options_.format != "auto" || format_ == Format::lines) return false;
  format_ = format_ == Format::schema ? Format::json : Format::lines;
  remember();
  return true;
}

std::string Server::key() const {
  return options_.api_key.handle.empty() ? std::string() : host_.reveal(options_.api_key);
}

Request Server::request(const Question& question) const {
  static const Value no_schema;
  Ask ask;
  const std::string revealed = key();
  ask.model = options_.model;
  ask.key = revealed;
  ask.base_url = base_url_;
  ask.system = question.system;
  ask.prefix = question.prefix;
  ask.rest = question.rest;
  ask.format = format(question.schema == nullptr);
  ask.schema = question.schema == nullptr ? &no_schema : question.schema;
  const std::uint64_t factor = question.wide ? 2 : 1;
  ask.output_tokens = static_cast<std::uint64_t>(options_.output_tokens) * factor;
  ask.expected_tokens = ask.output_tokens > 0 ? ask.output_tokens : question.expected_tokens * factor;
  ask.context_tokens = question.context_tokens + (question.wide ? question.expected_tokens : 0);
  ask.temperature = options_.temperature;
  ask.refused = &refused_;
  Post post = provider_.request(ask);
  post.body.merge(extra_);
  Request out;
  out.url = join_url(base_url_, post.path);
  out.method = "POST";
  out.headers = std::move(post.headers);
  out.headers.emplace_back("Content-Type", "application/json");
  out.body = write(post.body);
  out.expect = "json";
  out.timeout_ms = one_try_ms;
  // A model may be asked again: what it then says is only paid for once more when the first answer was lost.
  out.flags = GLEANER_HTTP_IDEMPOTENT;
  return out;
}

Problem Server::problem(const Response& response) const {
  const std::string revealed = key();
  const Value body = parse(without_key(response.body, revealed)).value_or(Value());
  const auto words = words_of(body);
  Failure failure;
  failure.http_status = response.http_status;
  // OpenRouter says its errors with status 200, too, and the real status in the body.
  const double code = body["error"]["code"].number(0);
  if (response.ok() && code >= 400 && code < 600) failure.http_status = static_cast<int>(code);
  failure.body = &body;
  failure.message = words.empty() ? std::string_view(response.error) : words;
  failure.model = options_.model;
  failure.error = response.ok() ? "The server answered with an error." : std::string_view(response.error);
  return provider_.problem(failure);
}

Reply Server::read(const Response& response) const {
  const auto body = parse(without_key(response.body, key()));
  if (body) return provider_.read(*body);
  Reply out;
  out.finish = Finish::error;
  out.remark = "its answer was no JSON";
  return out;
}

void Server::account(const Tokens& tokens) const {
  Cost cost = cost_of(tokens, price_);
  // A server that does not count its tokens leaves the price open.
  if (tokens.prompt == 0 && tokens.completion == 0)
    cost.prompt = cost.completion = std::numeric_limits<double>::quiet_NaN();
  gleaner_usage usage{};
  usage.size = sizeof usage;
  usage.model = text(options_.model);
  usage.requests = 1;
  usage.prompt_tokens = tokens.prompt;
  usage.cached_tokens = tokens.cached;
  usage.completion_tokens = tokens.completion;
  usage.prompt_cost = cost.prompt;
  usage.completion_cost = cost.completion;
  host_.usage(usage);
}

void Server::account_estimate(std::uint64_t requests, std::uint64_t prompt, std::uint64_t completion) const {
  if (requests == 0) return;
  Tokens tokens;
  tokens.prompt = prompt;
  tokens.completion = completion;
  const Cost cost = cost_of(tokens, price_);
  gleaner_usage usage{};
  usage.size = sizeof usage;
  usage.model = text(options_.model);
  usage.requests = requests;
  usage.prompt_tokens = prompt;
  usage.completion_tokens = completion;
  usage.prompt_cost = cost.prompt;
  usage.completion_cost = cost.completion;
  host_.usage(usage);
}

void Server::health(const Call& call) const {
  if (provider_.health == nullptr) return;
  Ask ask;
  const std::string revealed = key();
  ask.model = options_.model;
  ask.key = revealed;
  ask.base_url = base_url_;
  ask.refused = &refused_;
  Get get = provider_.health(ask);
  Request request;
  request.url = join_url(base_url_, get.path);
  request.headers = std::move(get.headers);
  Http http = host_.http(call);
  const Response response = http.send(request);
  if (response.ok()) return;
  const Problem found = problem(response);
  throw Error(found.sentence.empty() ? response.error : found.sentence,
              response.status == GLEANER_OK ? GLEANER_FAILED : response.status);
}

}  // namespace gleaner::chat
