// A scorer that spends as one that asks a server does, and one that can stand in for it.
#include <deque>
#include <limits>
#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

namespace {

using Numbers = std::vector<std::pair<std::string, double>>;

const double* number_of(const Numbers& numbers, std::string_view id) {
  for (const auto& [key, value] : numbers)
    if (key == id) return &value;
  return nullptr;
}

struct SpenderOptions {
  std::vector<std::string> axes, declines, free;
  std::string model, caution;
  double usd = 0.01;
  std::uint64_t tokens = 100;
  std::size_t in_flight = 1;
  double score = 9;
  bool priced = true;
  bool throws = false;
};

/// One request a paper, so many at once; what is in flight is counted when it comes back.
struct Spender : gleaner::Scorer<SpenderOptions> {
  static constexpr auto about =
      gleaner::about(
          "spender", "Spends money on every paper",
          gleaner::field("axes", &SpenderOptions::axes, "Names of its axes")
              .fallback("[\"relevance\", \"novelty\"]"),
          gleaner::field("declines", &SpenderOptions::declines, "ids it leaves for a reason of its own"),
          gleaner::field("free", &SpenderOptions::free, "ids whose score it has already"),
          gleaner::field("model", &SpenderOptions::model, "Whose row it spends on").fallback("m"),
          gleaner::field("caution", &SpenderOptions::caution, "What it warns of when made").fallback(""),
          gleaner::field("usd", &SpenderOptions::usd, "Of a request").fallback("0.01"),
          gleaner::field("tokens", &SpenderOptions::tokens, "Of a request").fallback("100"),
          gleaner::field("in_flight", &SpenderOptions::in_flight, "Requests at once").fallback("1"),
          gleaner::field("score", &SpenderOptions::score, "On every axis").fallback("9"),
          gleaner::field("priced", &SpenderOptions::priced, "Whether it knows its price").fallback("true"),
          gleaner::field("throws", &SpenderOptions::throws, "Ends its call when refused").fallback("false"))
          .axis("relevance", "1 to 10")
          .axis("novelty", "1 to 10")
          .names_axes();

  void start() {
    if (!options.caution.empty()) host.warn(options.caution);
  }
  void judge(const gleaner::Batch& batch) const {
    std::deque<std::size_t> flying;
    bool refused = false;
    const double price = options.priced ? options.usd : std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto hidden = batch[i].extra("hidden_unicode");
      if (!hidden.empty()) batch.comment(i, "hidden: " + std::string(hidden));
      if (is_in(options.free, batch[i].id())) {
        score(batch, i);
        continue;
      }
      if (is_in(options.declines, batch[i].id())) {
        batch.annotate(i, "flag", "unscored: the model declined");
        continue;
      }
      if (!refused && flying.size() == options.in_flight) land(batch, flying, price);
      refused = refused || !host.may_spend(options.tokens, price);
      if (!refused) {
        flying.push_back(i);
        continue;
      }
      if (options.throws) break;
      batch.annotate(i, "flag", "unscored: the budget was used up");
    }
    while (!flying.empty())
      land(batch, flying, price);
    if (refused && options.throws) throw gleaner::Error("The budget is used up.", GLEANER_EXHAUSTED);
  }

 private:
  static bool is_in(const std::vector<std::string>& ids, std::string_view id) {
    for (const auto& each : ids)
      if (each == id) return true;
    return false;
  }
  void score(const gleaner::Batch& batch, std::size_t i) const {
    for (std::size_t axis = 0; axis < batch.axis_count(); ++axis)
      batch.score(i, axis, options.score);
  }
  void land(const gleaner::Batch& batch, std::deque<std::size_t>& flying, double price) const {
    gleaner_usage usage{};
    usage.size = sizeof usage;
    usage.model = gleaner::text(options.model);
    usage.requests = 1;
    usage.prompt_tokens = options.tokens;
    usage.prompt_cost = price;
    host.usage(usage);
    score(batch, flying.front());
    flying.pop_front();
  }
};

struct PlainOptions {
  Numbers by_id;
  std::string fails;
};

/// Scores what its table names, without a server.
struct Plain : gleaner::Scorer<PlainOptions> {
  static constexpr auto about =
      gleaner::about("plain", "Scores by a table",
                     gleaner::field("by_id", &PlainOptions::by_id, "id = relevance").fallback("{}"),
                     gleaner::field("fails", &PlainOptions::fails, "What it fails with").fallback(""))
          .axis("relevance", "1 to 10");
  void judge(const gleaner::Batch& batch) const {
    if (!options.fails.empty()) throw gleaner::Error(options.fails);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto* value = number_of(options.by_id, batch[i].id());
      if (value == nullptr) continue;
      batch.score(i, 0, *value);
      batch.comment(i, "plain words");
      batch.drop(i, "means nothing of a fallback");
    }
  }
};

}  // namespace

GLEANER_PLUGIN("spender", "1.0.0", Spender, Plain)
