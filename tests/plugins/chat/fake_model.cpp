#include "tests/plugins/chat/fake_model.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace gleaner::chat_test {
namespace {

namespace json = boost::json;
using test::Reply;

constexpr std::array<std::string_view, 2> axes{"relevance", "novelty"};

std::uint64_t tokens_of(std::string_view text) {
  return (text.size() + 3) / 4;
}

// The last digits of an id as a number.
unsigned number_of(std::string_view id) {
  unsigned out = 0;
  for (const char c : id.substr(id.size() - std::min<std::size_t>(3, id.size())))
    out = out * 10 + static_cast<unsigned>(c - '0');
  return out;
}

// Words that go wrong, as against servers that do.
bool is_of_words(Fault fault) {
  switch (fault) {
    case Fault::truncated_answer:
    case Fault::prose:
    case Fault::id_missing:
    case Fault::id_invented:
    case Fault::score_in_words:
    case Fault::empty_choices:
    case Fault::content_filter:
    case Fault::refusal:
    case Fault::length_cut:
      return true;
    default:
      return false;
  }
}

std::string entry(std::string_view id, Form form, bool in_words) {
  json::object out{{form == Form::lines ? "ARXIVID" : "id", id},
                   {form == Form::lines ? "COMMENT" : "comment", "Criterion 1 matches."}};
  for (const auto axis : axes) {
    std::string name(axis);
    if (form == Form::lines)
      std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    if (in_words)
      out[name] = "quite high";
    else
      out[name] = score_of(id, axis);
  }
  return json::serialize(out);
}

End end_of(std::optional<Fault> fault) {
  if (!fault) return End::stop;
  switch (*fault) {
    case Fault::empty_choices:
      return End::nothing;
    case Fault::content_filter:
      return End::filtered;
    case Fault::refusal:
      return End::declined;
    case Fault::length_cut:
      return End::length;
    default:
      return End::stop;
  }
}

}  // namespace

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::throttled_with_hint:
      return "throttled_with_hint";
    case Fault::throttled:
      return "throttled_without_hint";
    case Fault::server_error:
      return "status_500";
    case Fault::overloaded:
      return "status_529";
    case Fault::reset:
      return "reset";
    case Fault::hang:
      return "hang";
    case Fault::slow_drip:
      return "slow_drip";
    case Fault::truncated_body:
      return "truncated_body";
    case Fault::truncated_answer:
      return "truncated_answer";
    case Fault::prose:
      return "prose";
    case Fault::id_missing:
      return "id_missing";
    case Fault::id_invented:
      return "id_invented";
    case Fault::score_in_words:
      return "score_in_words";
    case Fault::empty_choices:
      return "empty_choices";
    case Fault::content_filter:
      return "content_filter";
    case Fault::refusal:
      return "refusal";
    case Fault::length_cut:
      return "length_cut";
    case Fault::wrong_key:
      return "wrong_key";
    case Fault::quota:
      return "quota";
  }
  return "";
}

double score_of(std::string_view id, std::string_view axis) {
  return static_cast<double>(1 + (number_of(id) * 7 + axis.size()) % 10);
}

bool is_dropped(std::string_view id) {
  return number_of(id) % 3 == 0;
}

FakeModel::FakeModel(Protocol protocol) : protocol_(protocol) {
  server_.otherwise([this](const test::Recorded& request) { return reply(request); });
}

void FakeModel::fails_once(Fault fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  poisoned_.clear();
  once_ = true;
}

void FakeModel::fails_always(Fault fault, std::string poisoned) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  poisoned_ = std::move(poisoned);
  once_ = false;
}

void FakeModel::is_well() {
  const std::lock_guard lock(mutex_);
  fault_.reset();
}

void FakeModel::objects(std::function<std::optional<Reply>(const Question&)> objection) {
  const std::lock_guard lock(mutex_);
  objection_ = std::move(objection);
}

std::vector<Exchange> FakeModel::exchanges() const {
  const std::lock_guard lock(mutex_);
  return exchanges_;
}

std::vector<std::string> FakeModel::complaints() const {
  const std::lock_guard lock(mutex_);
  return complaints_;
}

Usage FakeModel::used() const {
  Usage out;
  for (const auto& exchange : exchanges()) {
    out.prompt += exchange.usage.prompt;
    out.cached += exchange.usage.cached;
    out.written += exchange.usage.written;
    out.completion += exchange.usage.completion;
  }
  return out;
}

std::size_t FakeModel::answers() const {
  const auto all = exchanges();
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [](const Exchange& each) { return each.usage.prompt > 0; }));
}

double FakeModel::cost() const {
  const Prices price;
  const Usage all = used();
  const auto plain = all.prompt - all.cached - all.written;
  return (static_cast<double>(plain) * price.input + static_cast<double>(all.cached) * price.cached +
          static_cast<double>(all.written) * price.written +
          static_cast<double>(all.completion) * price.output) /
         1e6;
}

std::size_t FakeModel::times_scored(std::string_view id) const {
  std::size_t out = 0;
  for (const auto& exchange : exchanges())
    out += static_cast<std::size_t>(std::ranges::count(exchange.scored, id));
  return out;
}

void FakeModel::forget() {
  const std::lock_guard lock(mutex_);
  exchanges_.clear();
  cached_.clear();
}

Reply FakeModel::reply(const test::Recorded& request) {
  const std::lock_guard lock(mutex_);
  try {
    Exchange& exchange = exchanges_.emplace_back();
    exchange.at = request.at;
    exchange.question = read_request(protocol_, request, key, name);
    return reply_to(exchange);
  } catch (const std::exception& problem) {
    complaints_.emplace_back(problem.what());
    return {
        .status = 400, .headers = {{"Content-Type", "application/json"}}, .body = R"({"error":"not so"})"};
  }
}

Reply FakeModel::reply_to(Exchange& exchange) {
  const Question& question = exchange.question;
  if (objection_)
    if (auto reply = objection_(question)) return *reply;
  std::string poisoned;
  const auto fault = fault_for(question, poisoned);
  const Speech said = speech(question, fault, poisoned);
  const Usage usage = usage_of(question, said.text);
  Reply whole = answer(protocol_, said.text, end_of(fault), usage);
  const bool by_status =
      fault == Fault::content_filter && (protocol_ == Protocol::openai || protocol_ == Protocol::anthropic);
  if (by_status) return error(protocol_, Trouble::filtered);
  if (fault && !is_of_words(*fault)) return broken(*fault, std::move(whole));
  exchange.usage = usage;
  const bool silent =
      fault == Fault::empty_choices || fault == Fault::refusal || fault == Fault::content_filter;
  for (const auto& [id, words] : said.entries)
    if (!silent && said.text.find(words) != std::string::npos) exchange.scored.push_back(id);
  return whole;
}

std::optional<Fault> FakeModel::fault_for(const Question& question, std::string& poisoned) {
  if (!fault_) return std::nullopt;
  const Fault fault = *fault_;
  if (once_) {
    fault_.reset();
    poisoned = question.ids.back();
    return fault;
  }
  poisoned = poisoned_;
  const bool hit = !is_of_words(fault) || std::ranges::find(question.ids, poisoned_) != question.ids.end();
  return hit ? std::optional(fault) : std::nullopt;
}

FakeModel::Speech FakeModel::speech(const Question& question, std::optional<Fault> fault,
                                    std::string_view poisoned) {
  Speech out;
  if (question.wanted == Wanted::sentence) {
    out.text = "It is about " + question.ids.front() + ".";
  } else if (question.wanted == Wanted::drops) {
    json::array drops;
    for (const auto& id : question.ids)
      if (is_dropped(id)) drops.emplace_back(json::object{{"id", id}, {"reason", "of another field"}});
    out.text = json::serialize(json::object{{"drop", drops}});
  } else {
    const bool lines = question.form == Form::lines;
    std::string& text = out.text;
    if (!lines) text = "{\"papers\":[";
    bool first = true;
    for (const auto& id : question.ids) {
      const bool bad = id == poisoned;
      if (bad && fault == Fault::id_missing) continue;
      const bool invented = bad && fault == Fault::id_invented;
      const bool in_words = bad && fault == Fault::score_in_words;
      const std::string words = entry(invented ? "2511.99999" : id, question.form, in_words);
      if (!first) text += lines ? "\n" : ",";
      first = false;
      text += words;
      if (!invented && !in_words) out.entries.emplace_back(id, words);
    }
    if (!lines) text += "]}";
  }
  if (fault == Fault::prose) out.text = "These papers are all very interesting; I would read 10 of them.";
  if (fault == Fault::truncated_answer || fault == Fault::length_cut) out.text.resize(out.text.size() - 20);
  return out;
}

// The criteria come from the cache from the second request on, where the provider has one; Anthropic's must
// be asked for, and says what it wrote there.
Usage FakeModel::usage_of(const Question& question, std::string_view text) {
  Usage out;
  const std::string fixed = question.system + question.criteria;
  out.prompt = tokens_of(fixed) + tokens_of(question.papers);
  out.completion = tokens_of(text) + 1;
  if (protocol_ == Protocol::ollama || (protocol_ == Protocol::anthropic && !question.marked)) return out;
  const bool known = std::ranges::find(cached_, fixed) != cached_.end();
  if (known) out.cached = tokens_of(fixed);
  if (!known && protocol_ == Protocol::anthropic) out.written = tokens_of(fixed);
  if (!known) cached_.push_back(fixed);
  return out;
}

Reply FakeModel::broken(Fault fault, Reply whole) const {
  using std::chrono::milliseconds;
  switch (fault) {
    case Fault::throttled_with_hint:
      return error(protocol_, Trouble::throttled, true);
    case Fault::throttled:
      return error(protocol_, Trouble::throttled);
    case Fault::server_error:
      return error(protocol_, Trouble::server_error);
    case Fault::overloaded:
      return error(protocol_, Trouble::overloaded);
    case Fault::reset:
      whole.ending = test::Ending::reset_at_once;
      return whole;
    case Fault::hang:
      whole.delay = std::chrono::hours(1);
      return whole;
    case Fault::slow_drip:
      whole.drip_bytes = 1;
      whole.drip_every = milliseconds(50);
      return whole;
    case Fault::truncated_body:
      whole.body.resize(whole.body.size() / 2);
      return whole;
    case Fault::quota:
      return error(protocol_, Trouble::quota);
    case Fault::wrong_key: {
      // Servers like to say the key again.
      Reply out = error(protocol_, Trouble::wrong_key);
      if (const auto at = out.body.find("KEY"); at != std::string::npos && protocol_ != Protocol::gemini)
        out.body.replace(at, 3, key);
      return out;
    }
    default:
      return whole;
  }
}

}  // namespace gleaner::chat_test
