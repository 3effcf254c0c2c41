// The summary: one paper a request, one sentence back.
#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/chat/engine.hpp>

#include "conversation.hpp"
#include "paid.hpp"
#include "paper_text.hpp"
#include "plan.hpp"
#include "prompt_file.hpp"
#include "tokens.hpp"

namespace gleaner::chat {
namespace {

constexpr std::uint64_t usual_sentence_tokens = 60;
constexpr std::uint64_t most_sentence_tokens = 2048;  // with hidden reasoning
constexpr std::size_t longest_sentence = 1200;        // bytes: a summary that runs on is no summary

std::string instructions(const SummaryOptions& options) {
  if (options.prompt)
    return read_prompt_file(*options.prompt, "/prompt").prefix + "\nWrite in " + options.language + ".\n";
  return "Say in one sentence of at most 40 words, in " + options.language +
         ", what the paper below contributes: the problem, the new idea and the main result, in plain words "
         "and with the "
         "paper's own figures where it gives them. No praise, no opening such as \"This paper\", no "
         "quotation marks, no "
         "Markdown. Answer with the sentence alone.\n";
}

// One line, without the quotation marks and headings that models like to add; empty when nothing is left.
std::string one_sentence(std::string_view text) {
  if (const auto thought = text.rfind("</think>"); thought != std::string_view::npos)
    text.remove_prefix(thought + 8);
  std::string out;
  for (const char c : text) {
    const bool space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ')
    out.pop_back();
  if (out.size() >= 2 && out.front() == '"' && out.back() == '"') out = out.substr(1, out.size() - 2);
  if (out.size() > longest_sentence) {
    std::size_t cut = longest_sentence;
    while (cut > 0 && out[cut] != ' ')
      --cut;
    out.resize(cut);
    out += " …";
  }
  return out;
}

/// The selected papers being summed up.
class Sentences : public Topic {
 public:
  Sentences(const Batch& batch, std::string_view prefix, const Paid& paid)
      : batch_(batch), prefix_(prefix), paid_(paid) {}

  [[nodiscard]] std::deque<Work> unpaid() const {
    std::deque<Work> out;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      if (const auto words = paid_.get(batch_[i]))
        batch_.summary(i, *words);
      else
        out.push_back(Work{{i}});
    }
    return out;
  }

  [[nodiscard]] std::string_view system() const override { return {}; }
  [[nodiscard]] std::string_view prefix() const override { return prefix_; }
  [[nodiscard]] const Value* schema() const override { return nullptr; }
  [[nodiscard]] std::string rest(const Work& work, Format) const override {
    return fenced(batch_[work.papers.front()], Shown::whole);
  }
  [[nodiscard]] std::uint64_t usual_tokens(std::size_t papers) const override {
    return papers * usual_sentence_tokens;
  }
  [[nodiscard]] std::uint64_t most_tokens(std::size_t papers) const override {
    return papers * most_sentence_tokens;
  }
  [[nodiscard]] std::vector<std::size_t> take(const Work& work, const Reply& reply,
                                              std::string& fault) override {
    const std::size_t paper = work.papers.front();
    const std::string sentence = one_sentence(reply.text);
    if (sentence.empty() || reply.finish != Finish::stop) {
      fault = sentence.empty() ? "it was empty" : "it was cut off";
      return {paper};
    }
    batch_.summary(paper, sentence);
    const std::vector<std::pair<Paper, std::string>> rows{{batch_[paper], sentence}};
    paid_.put(rows);
    return {};
  }
  void leave(std::size_t, std::string_view) override {}  // it has no sentence, and the conversation says so

 private:
  const Batch& batch_;
  std::string_view prefix_;
  const Paid& paid_;
};

}  // namespace

struct Summary::Parts {
  Parts(const Provider& provider, const SummaryOptions& given, const Host& host)
      : options(given),
        server(provider, given, host),
        words(instructions(given)),
        prefix(words + "\n" + std::string(fence_words())) {}

  SummaryOptions options;
  Server server;
  std::string words;
  std::string prefix;

  [[nodiscard]] Paid paid() const {
    return {server.host(),
            "summary",
            {{"model", std::string(server.provider().facts->name) + " " + options.model},
             {"instructions", words}}};
  }
};

Summary::Summary(const Provider& provider, const SummaryOptions& options, const Host& host)
    : parts_(std::make_unique<Parts>(provider, options, host)) {}

Summary::~Summary() = default;

void Summary::judge(const Batch& batch) {
  Parts& parts = *parts_;
  parts.server.recall();
  const Paid paid = parts.paid();
  Sentences sentences(batch, parts.prefix, paid);
  auto work = sentences.unpaid();
  if (work.empty()) return;
  const Planned plan = plan_of(sentences, work, Format::text);
  Conversation(parts.server, sentences, plan.context).run(batch.call(), std::move(work));
}

void Summary::estimate(const Batch& batch) {
  Parts& parts = *parts_;
  const Paid paid = parts.paid();
  const Sentences sentences(batch, parts.prefix, paid);
  const Planned plan = plan_of(sentences, sentences.unpaid(), Format::text);
  parts.server.account_estimate(plan.requests, plan.prompt, plan.completion);
}

void Summary::health(const Call& call) {
  parts_->server.health(call);
}

}  // namespace gleaner::chat
