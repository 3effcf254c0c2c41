// The triage: titles out, the ids of what is surely irrelevant in. When in doubt a paper stays.
#include <algorithm>
#include <deque>
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

constexpr std::string_view drop_reason = "title not relevant";  // one row of the receipt
constexpr std::string_view dropped_words = "drop";
constexpr std::string_view kept_words = "keep";
// An id with its punctuation, and about half of the titles are dropped.
constexpr std::uint64_t usual_drop_tokens = 8;
constexpr std::uint64_t most_drop_tokens = 40;
constexpr std::uint64_t room_for_triage_thought = 2048;
constexpr std::size_t most_titles_a_request = 2000;

/// One batch being triaged.
class Titles : public Topic {
 public:
  Titles(const Batch& batch, const TriageOptions& options, const Prompt& prompt, std::string_view prefix,
         const Value& schema, const Paid& paid)
      : batch_(batch), options_(options), prompt_(prompt), prefix_(prefix), schema_(schema), paid_(paid) {}

  [[nodiscard]] std::vector<std::size_t> take_paid() const {
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      const auto words = paid_.get(batch_[i]);
      if (!words)
        left.push_back(i);
      else if (*words == dropped_words)
        batch_.drop(i, drop_reason);
    }
    return left;
  }

  [[nodiscard]] std::deque<Work> cut(std::span<const std::size_t> papers) const {
    Cut size;
    size.tokens = static_cast<std::uint64_t>(options_.batch_tokens);
    size.papers = most_titles_a_request;
    if (options_.batch) {
      size.papers = static_cast<std::size_t>(*options_.batch);
      size.tokens = std::uint64_t{1} << 40U;
    }
    return cut_into_requests(
        papers, size, [this](std::size_t i) { return estimate_tokens(fenced(batch_[i], Shown::title)); },
        [this](std::size_t i) { return suspicion(batch_[i]).has_value(); });
  }

  [[nodiscard]] std::string_view system() const override { return prompt_.system; }
  [[nodiscard]] std::string_view prefix() const override { return prefix_; }
  [[nodiscard]] const Value* schema() const override { return &schema_; }
  [[nodiscard]] std::string rest(const Work& work, Format format) const override {
    std::string out;
    for (const std::size_t i : work.papers)
      out += fenced(batch_[i], Shown::title);
    return out + "\n" + triage_words(format);
  }
  [[nodiscard]] std::uint64_t usual_tokens(std::size_t papers) const override {
    return papers * usual_drop_tokens + 10;
  }
  [[nodiscard]] std::uint64_t most_tokens(std::size_t papers) const override {
    return papers * most_drop_tokens + room_for_triage_thought;
  }
  // An answer that cannot be used keeps all of its papers: they are not asked for again, and not kept as
  // judged.
  [[nodiscard]] std::vector<std::size_t> take(const Work& work, const Reply& reply, std::string&) override {
    std::vector<std::string> ids;
    for (const std::size_t i : work.papers)
      ids.emplace_back(batch_[i].id());
    const TriageRead read = read_triage(reply.text, ids);
    if (!read.usable || reply.finish != Finish::stop) {
      kept_unread_ += work.papers.size();
      return {};
    }
    std::vector<std::pair<Paper, std::string>> rows;
    for (std::size_t k = 0; k < work.papers.size(); ++k) {
      const std::size_t i = work.papers[k];
      if (read.drops[k]) batch_.drop(i, drop_reason);
      rows.emplace_back(batch_[i], read.drops[k] ? dropped_words : kept_words);
    }
    paid_.put(rows);
    return {};
  }
  // It stays, as everything that was not asked about; the conversation says why.
  void leave(std::size_t, std::string_view) override {}

  void say_what_was_kept(const Host& host) const {
    if (kept_unread_ > 0)
      host.warn(std::to_string(kept_unread_) +
                " papers were kept because the answer about their titles could not be used.");
  }

 private:
  const Batch& batch_;
  const TriageOptions& options_;
  const Prompt& prompt_;
  std::string_view prefix_;
  const Value& schema_;
  const Paid& paid_;
  std::size_t kept_unread_ = 0;
};

}  // namespace

struct Triage::Parts {
  Parts(const Provider& provider, const TriageOptions& given, const Host& host)
      : options(given),
        server(provider, given, host),
        prompt(read_prompt_file(given.prompt, "/prompt")),
        // The whole of the criteria comes first: the answer's form is the library's, not the file's.
        prefix(prompt.prefix + prompt.tail + "\n" + std::string(fence_words())),
        schema(triage_schema()) {}

  TriageOptions options;
  Server server;
  Prompt prompt;
  std::string prefix;
  Value schema;

  [[nodiscard]] Paid paid() const {
    return {server.host(),
            "triage",
            {{"model", std::string(server.provider().facts->name) + " " + options.model},
             {"prompt", prompt.whole}}};
  }
};

Triage::Triage(const Provider& provider, const TriageOptions& options, const Host& host)
    : parts_(std::make_unique<Parts>(provider, options, host)) {}

Triage::~Triage() = default;

void Triage::judge(const Batch& batch) {
  Parts& parts = *parts_;
  parts.server.recall();
  const Paid paid = parts.paid();
  Titles titles(batch, parts.options, parts.prompt, parts.prefix, parts.schema, paid);
  const auto left = titles.take_paid();
  if (left.empty()) return;
  auto work = titles.cut(left);
  const Planned plan = plan_of(titles, work, parts.server.format(false));
  say_what_is_paid_again(parts.server, paid, batch, left, "triaged", plan);
  paid.note_circumstances();
  Conversation(parts.server, titles, plan.context).run(batch.call(), std::move(work));
  titles.say_what_was_kept(parts.server.host());
}

void Triage::estimate(const Batch& batch) {
  Parts& parts = *parts_;
  parts.server.recall();
  const Paid paid = parts.paid();
  const Titles titles(batch, parts.options, parts.prompt, parts.prefix, parts.schema, paid);
  const auto left = titles.take_paid();
  const Planned plan = plan_of(titles, titles.cut(left), parts.server.format(false));
  say_what_is_paid_again(parts.server, paid, batch, left, "triaged", plan);
  parts.server.account_estimate(plan.requests, plan.prompt, plan.completion);
}

void Triage::health(const Call& call) {
  parts_->server.health(call);
}

}  // namespace gleaner::chat
