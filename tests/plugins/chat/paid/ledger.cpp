#include "tests/plugins/chat/paid/ledger.hpp"

#include <exception>
#include <utility>

namespace gleaner::chat_test {
namespace {

namespace json = boost::json;

// As long as comments are.
constexpr std::string_view comment =
    "Criterion 1 matches: a year of tides in one harbour, measured well, and a forecast that is better than "
    "the "
    "usual one.";

std::string scores_text(const std::vector<std::string>& ids) {
  json::array papers;
  for (const auto& id : ids)
    papers.emplace_back(json::object{{"id", id},
                                     {"comment", comment},
                                     {"relevance", score_of(id, "relevance")},
                                     {"novelty", score_of(id, "novelty")},
                                     {"rigour", score_of(id, "rigour")}});
  return json::serialize(json::object{{"papers", papers}});
}

std::string text_for(const Question& question) {
  if (question.wanted == Wanted::sentence) return "It is about " + question.ids.front() + ".";
  if (question.wanted == Wanted::scores) return scores_text(question.ids);
  json::array drops;
  for (const auto& id : question.ids)
    if (is_dropped(id)) drops.emplace_back(json::object{{"id", id}, {"reason", "of another field"}});
  return json::serialize(json::object{{"drop", drops}});
}

// Four bytes a token, as English has about that many.
Usage usage_of(const Question& question, std::string_view text) {
  Usage out;
  out.prompt = (question.system.size() + question.criteria.size() + question.papers.size()) / 4;
  out.completion = text.size() / 4 + 1;
  return out;
}

}  // namespace

Ledger::Ledger(std::chrono::milliseconds pace) : pace_(pace) {
  server_.otherwise([this](const test::Recorded& request) { return reply(request); });
}

void Ledger::answers(Answers answers) {
  const std::lock_guard lock(mutex_);
  answers_ = std::move(answers);
}

void Ledger::forget() {
  const std::lock_guard lock(mutex_);
  askings_.clear();
}

std::vector<Asking> Ledger::askings() const {
  const std::lock_guard lock(mutex_);
  return askings_;
}

std::vector<std::string> Ledger::asked_about() const {
  std::vector<std::string> out;
  for (const auto& asking : askings())
    out.insert(out.end(), asking.question.ids.begin(), asking.question.ids.end());
  return out;
}

Usage Ledger::used() const {
  Usage out;
  for (const auto& asking : askings()) {
    out.prompt += asking.usage.prompt;
    out.completion += asking.usage.completion;
  }
  return out;
}

std::vector<std::string> Ledger::complaints() const {
  const std::lock_guard lock(mutex_);
  return complaints_;
}

std::string Ledger::table(std::string_view lines, std::string_view suffix) const {
  std::string out = "[[stage]]\nuse = \"openai" + std::string(suffix) + "\"\nmodel = \"" +
                    std::string(FakeModel::name) + "\"\napi_key = \"${secret:MODEL_KEY}\"\nbase_url = \"" +
                    url() + "\"\nprice = { input = 2, output = 8 }\n";
  return out.append(lines);
}

test::Reply Ledger::reply(const test::Recorded& request) {
  const std::lock_guard lock(mutex_);
  Asking asking;
  try {
    asking.question = read_request(Protocol::openai, request, FakeModel::key, FakeModel::name);
  } catch (const std::exception& problem) {
    complaints_.emplace_back(problem.what());
    return {.status = 400, .body = R"({"error":{"message":"not so"}})"};
  }
  asking.at = request.at;
  const std::size_t number = askings_.size();
  auto own = answers_ ? answers_(asking, number) : std::nullopt;
  test::Reply out;
  if (own) {
    out = std::move(*own);
  } else {
    const std::string text = text_for(asking.question);
    asking.usage = usage_of(asking.question, text);
    out = words(text, asking.usage);
    out.delay = pace_;
  }
  askings_.push_back(std::move(asking));
  return out;
}

test::Reply words(std::string_view text, const Usage& usage) {
  return answer(Protocol::openai, text, End::stop, usage);
}

test::Reply scores_of(const std::vector<std::string>& ids, const Usage& usage) {
  return words(scores_text(ids), usage);
}

std::string without_usage(const std::string& digest) {
  auto root = json::parse(digest).as_object();
  root.erase("usage");
  return json::serialize(root);
}

}  // namespace gleaner::chat_test
