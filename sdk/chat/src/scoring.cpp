// The scorer: papers out, scores in, what was paid for kept.
#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/chat/engine.hpp>

#include "answer_format.hpp"
#include "conversation.hpp"
#include "paid.hpp"
#include "paper_text.hpp"
#include "plan.hpp"
#include "prompt_file.hpp"
#include "read_answer.hpp"
#include "tokens.hpp"

namespace gleaner::chat {
namespace {

// Of a score with its comment: the classic pages' answers had 21 to 30 tokens a paper, JSON and two axes
// about 50.
constexpr std::uint64_t usual_score_tokens = 50;
constexpr std::uint64_t most_score_tokens = 300;
constexpr std::uint64_t room_for_thought = 2048;
constexpr std::size_t most_papers_a_request = 500;

std::string to_words(const Judged& judged) {
  Value scores = Value::list();
  for (const double score : judged.scores)
    scores.push(score);
  return write(Value::object({{"scores", scores}, {"comment", judged.comment}}));
}

std::optional<Judged> from_words(std::string_view words, std::size_t axes) {
  const auto value = parse(words);
  if (!value || (*value)["scores"].items().size() != axes) return std::nullopt;
  Judged out;
  for (const auto& score : (*value)["scores"].items())
    out.scores.push_back(score.number());
  out.comment = std::string((*value)["comment"].text());
  return out;
}

}  // namespace

struct Scoring::Parts {
  Parts(const Provider& provider, const ScorerOptions& given, const Host& host)
      : options(given),
        server(provider, given, host),
        prompt(read_prompt_file(given.prompt, "/prompt")),
        prefix(prompt.prefix + std::string(fence_words())),
        schema(score_schema(given.axes)) {}

  ScorerOptions options;
  Server server;
  Prompt prompt;
  std::string prefix;
  Value schema;

  [[nodiscard]] Paid paid() const {
    return {server.host(),
            "scores",
            {{"model", std::string(server.provider().facts->name) + " " + options.model},
             {"prompt", prompt.whole},
             {"axes", joined_axes()}}};
  }
  [[nodiscard]] std::string joined_axes() const {
    std::string out;
    for (const auto& axis : options.axes)
      out += axis + "\n";
    return out;
  }
};

namespace {

/// One batch being scored.
class Scores : public Topic {
 public:
  Scores(const Batch& batch, const ScorerOptions& options, const Prompt& prompt, std::string_view prefix,
         const Value& schema, const Paid& paid)
      : batch_(batch), options_(options), prompt_(prompt), prefix_(prefix), schema_(schema), paid_(paid) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      texts_.emplace_back();
      ids_.emplace_back(batch[i].id());
    }
  }

  /// Takes what was paid for before; returns the places of the others.
  [[nodiscard]] std::vector<std::size_t> take_paid() {
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      const auto words = paid_.get(batch_[i]);
      const auto judged = words ? from_words(*words, options_.axes.size()) : std::nullopt;
      if (judged)
        write_score(i, *judged);
      else
        left.push_back(i);
    }
    return left;
  }

  void flag_suspicious(std::span<const std::size_t> papers) {
    for (const std::size_t i : papers) {
      const auto why = suspicion(batch_[i]);
      if (!why) continue;
      suspicious_[i] = true;
      batch_.annotate(i, "flag", *why);
    }
  }

  [[nodiscard]] std::deque<Work> cut(std::span<const std::size_t> papers) {
    Cut size;
    size.tokens = static_cast<std::uint64_t>(options_.batch_tokens);
    size.papers = most_papers_a_request;
    if (options_.batch) {
      size.papers = static_cast<std::size_t>(*options_.batch);
      size.tokens = std::uint64_t{1} << 40U;
    }
    return cut_into_requests(
        papers, size, [this](std::size_t i) { return estimate_tokens(paper_text(i)); },
        [this](std::size_t i) { return suspicious_.contains(i); });
  }

  [[nodiscard]] const std::string& paper_text(std::size_t i) const {
    if (texts_[i].empty()) texts_[i] = fenced(batch_[i], Shown::whole);
    return texts_[i];
  }

  [[nodiscard]] std::string_view system() const override { return prompt_.system; }
  [[nodiscard]] std::string_view prefix() const override { return prefix_; }
  [[nodiscard]] const Value* schema() const override { return &schema_; }
  [[nodiscard]] std::string rest(const Work& work, Format format) const override {
    std::string out;
    for (const std::size_t i : work.papers)
      out += paper_text(i);
    out += prompt_.tail;
    const std::string closing = score_words(format, options_.axes, prompt_.asks_for_lines);
    if (!closing.empty()) out += "\n" + closing;
    if (!work.mend.empty()) out += "\nThe last answer could not be used: " + work.mend + "\n";
    return out;
  }
  [[nodiscard]] std::uint64_t usual_tokens(std::size_t papers) const override {
    return papers * usual_score_tokens + 10;
  }
  [[nodiscard]] std::uint64_t most_tokens(std::size_t papers) const override {
    return papers * most_score_tokens + room_for_thought;
  }
  [[nodiscard]] std::vector<std::size_t> take(const Work& work, const Reply& reply,
                                              std::string& fault) override {
    std::vector<std::string> ids;
    for (const std::size_t i : work.papers)
      ids.push_back(ids_[i]);
    ScoresRead read = read_scores(reply.text, ids, options_.axes);
    fault = read.fault;
    std::vector<std::size_t> missing;
    std::vector<std::pair<Paper, std::string>> rows;
    for (std::size_t k = 0; k < work.papers.size(); ++k) {
      const std::size_t i = work.papers[k];
      if (!read.papers[k]) {
        missing.push_back(i);
        continue;
      }
      rows.emplace_back(batch_[i], to_words(*read.papers[k]));
      write_score(i, *read.papers[k]);
    }
    if (!rows.empty()) paid_.put(rows);
    return missing;
  }
  void leave(std::size_t paper, std::string_view why) override {
    batch_.annotate(paper, "flag", "unscored: " + std::string(why));
  }

 private:
  void write_score(std::size_t i, const Judged& judged) {
    for (std::size_t axis = 0; axis < judged.scores.size() && axis < batch_.axis_count(); ++axis)
      batch_.score(i, axis, judged.scores[axis]);
    if (!judged.comment.empty()) batch_.comment(i, judged.comment);
  }

  const Batch& batch_;
  const ScorerOptions& options_;
  const Prompt& prompt_;
  std::string_view prefix_;
  const Value& schema_;
  const Paid& paid_;
  std::vector<std::string> ids_;
  mutable std::vector<std::string> texts_;  ///< made when first needed
  std::map<std::size_t, bool> suspicious_;
};

}  // namespace

Scoring::Scoring(const Provider& provider, const ScorerOptions& options, const Host& host) {
  if (options.axes.empty())
    throw Error("axes is empty: name at least one axis, or leave the option out.", GLEANER_INVALID, "/axes");
  parts_ = std::make_unique<Parts>(provider, options, host);
  if (const auto warning = placement_warning(parts_->prompt, options.model); !warning.empty())
    host.warn(warning);
}

Scoring::~Scoring() = default;

void Scoring::judge(const Batch& batch) {
  Parts& parts = *parts_;
  parts.server.host().prompt(parts.prompt.whole);
  parts.server.recall();
  const Paid paid = parts.paid();
  Scores scores(batch, parts.options, parts.prompt, parts.prefix, parts.schema, paid);
  const auto left = scores.take_paid();
  if (left.empty()) return;
  scores.flag_suspicious(left);
  auto work = scores.cut(left);
  const Planned plan = plan_of(scores, work, parts.server.format(false));
  say_what_is_paid_again(parts.server, paid, batch, left, "scored", plan);
  paid.note_circumstances();
  Conversation(parts.server, scores, plan.context).run(batch.call(), std::move(work));
}

void Scoring::estimate(const Batch& batch) {
  Parts& parts = *parts_;
  parts.server.recall();
  const Paid paid = parts.paid();
  Scores scores(batch, parts.options, parts.prompt, parts.prefix, parts.schema, paid);
  const auto left = scores.take_paid();
  scores.flag_suspicious(left);
  const Planned plan = plan_of(scores, scores.cut(left), parts.server.format(false));
  say_what_is_paid_again(parts.server, paid, batch, left, "scored", plan);
  parts.server.account_estimate(plan.requests, plan.prompt, plan.completion);
}

void Scoring::health(const Call& call) {
  parts_->server.health(call);
}

}  // namespace gleaner::chat
