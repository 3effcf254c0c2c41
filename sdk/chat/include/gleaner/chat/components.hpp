// SPDX-License-Identifier: Apache-2.0
// From a provider to its three components: option tables and the calls into the library.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <tuple>

#include <gleaner/chat/engine.hpp>
#include <gleaner/chat/options.hpp>
#include <gleaner/chat/provider.hpp>
#include <gleaner/plugin.hpp>

namespace gleaner::chat {
namespace detail {

inline constexpr std::string_view nothing;
inline constexpr std::string_view triage_suffix = "-triage";
inline constexpr std::string_view summary_suffix = "-summary";
inline constexpr std::string_view scorer_words =
    ": scores papers by your prompt, on title, authors and abstract";
inline constexpr std::string_view triage_words = ": drops by title what is surely irrelevant to your prompt";
inline constexpr std::string_view summary_words = ": one sentence about each selected paper";
inline constexpr std::string_view secret_opening = "${secret:";
inline constexpr std::string_view secret_closing = "}";

/// Texts joined at compile time; `value` lives as long as the library.
template <const std::string_view&... Parts>
struct Joined {
  static constexpr auto bytes = [] {
    std::array<char, (Parts.size() + ... + 1)> out{};
    std::size_t at = 0;
    const auto add = [&](std::string_view part) {
      for (const char c : part)
        out[at++] = c;
    };
    (add(Parts), ...);
    return out;
  }();
  static constexpr std::string_view value{bytes.data(), bytes.size() - 1};
};

template <class P>
struct Words {
  static constexpr std::string_view name = P::facts.name;
  static constexpr std::string_view title = P::facts.title;
  static constexpr std::string_view secret = P::facts.secret;
  static constexpr std::string_view key_example =
      secret.empty() ? nothing : Joined<secret_opening, secret, secret_closing>::value;
};

template <class P, class Options>
constexpr auto common_fields() {
  return std::make_tuple(
      field("model", &Options::model, "Name of the model, as the server knows it")
          .required()
          .example(P::facts.example_model),
      field("api_key", &Options::api_key, "Key of the server; may be left out where it wants none")
          .example(Words<P>::key_example),
      field("base_url", &Options::base_url, "The server; without a path the standard one is appended")
          .fallback(P::facts.base_url),
      field("concurrency", &Options::concurrency, "Requests in flight at once, 1 to 256")
          .fallback("8")
          .within(1, 256),
      field("requests_per_minute", &Options::requests_per_minute,
            "Requests sent in any minute at most; 0: as many as the server takes")
          .fallback("0")
          .within(0, 1'000'000),
      field("tokens_per_minute", &Options::tokens_per_minute,
            "Tokens sent and asked for in any minute at most, estimated; 0: as many as the server takes")
          .fallback("0")
          .within(0, 1'000'000'000),
      field("price", &Options::price,
            "Dollars per million tokens, in place of the price list: input, output and, where it differs, "
            "cached")
          .example("{ input = 2.5, cached = 1.25, output = 10 }"),
      field("temperature", &Options::temperature, "Sent when given, 0 to 2; newer models refuse it")
          .within(0, 2),
      field("output_tokens", &Options::output_tokens,
            "Tokens one answer may have, hidden reasoning included; 0: reckoned from the papers")
          .fallback("0")
          .within(0, 1'000'000),
      field("format", &Options::format,
            "How the answer is asked for; auto: the strictest format the server takes")
          .fallback("auto")
          .choices("auto", "schema", "json", "lines"),
      field("extra", &Options::extra, "Members added to every request, as the server knows them"));
}

/// Whether `host` is the server of that address.
constexpr bool is_server_of(std::string_view url, std::string_view host) {
  const auto scheme = url.find("://");
  const auto rest = scheme == url.npos ? url : url.substr(scheme + 3);
  if (host.empty() || rest.substr(0, host.size()) != host) return false;
  return rest.size() == host.size() || rest[host.size()] == ':' || rest[host.size()] == '/';
}

template <class P, class... Fields>
constexpr auto about_with(std::string_view name, std::string_view summary, std::tuple<Fields...> fields) {
  static_assert(is_server_of(P::facts.base_url, P::facts.host),
                "facts.host must be the server of facts.base_url: it could not be asked otherwise");
  auto out = std::apply([&](auto... each) { return gleaner::about(name, summary, each...); }, fields)
                 .version("1.0.0")
                 .documentation(P::facts.documentation)
                 .homepage(P::facts.homepage)
                 .paid()
                 .whole_day()
                 .needs_host(P::facts.host, "the model");
  if (P::facts.needs_key) out = out.needs_secret(P::facts.secret, "the key of the model's server");
  // Money and the quota of a day: asking again would only be refused again.
  return out.polite(
      {.group = P::facts.name,
       .final_words = {"insufficient_quota", "credit_balance_exhausted", "credit balance is too low",
                       "enforced_spend_limit_reached", "PerDay", "billing_hard_limit"}});
}

}  // namespace detail

/// NAME: a scorer.
template <class P>
struct ScorerOf : gleaner::Scorer<ScorerOptions> {
  static constexpr auto about =
      detail::about_with<P>(
          P::facts.name, detail::Joined<detail::Words<P>::title, detail::scorer_words>::value,
          std::tuple_cat(
              std::make_tuple(field("prompt", &ScorerOptions::prompt,
                                    "File with your criteria; [PAPER LIST HERE] stands for the papers")
                                  .required()
                                  .example("prompts/selection.txt")),
              detail::common_fields<P, ScorerOptions>(),
              std::make_tuple(
                  field("axes", &ScorerOptions::axes, "Names of the axes, each a score from 1 to 10")
                      .fallback("[\"relevance\", \"novelty\"]"),
                  field("batch", &ScorerOptions::batch, "Papers a request, 1 to 500; absent: by batch_tokens")
                      .within(1, 500),
                  field("batch_tokens", &ScorerOptions::batch_tokens,
                        "Tokens the papers of one request may have, estimated")
                      .fallback("6000")
                      .within(200, 500'000))))
          .names_axes()
          .axis("relevance", "How close the paper is to the criteria")
          .axis("novelty", "How new it is");
  void start() { engine_ = std::make_unique<Scoring>(provider_of<P>(), options, host); }
  void judge(const Batch& batch) { engine_->judge(batch); }
  void estimate(const Batch& batch) { engine_->estimate(batch); }
  void health(const Call& call) { engine_->health(call); }

 private:
  std::unique_ptr<Scoring> engine_;
};

/// NAME-triage: a filter.
template <class P>
struct TriageOf : gleaner::Filter<TriageOptions> {
  static constexpr auto about = detail::about_with<P>(
      detail::Joined<detail::Words<P>::name, detail::triage_suffix>::value,
      detail::Joined<detail::Words<P>::title, detail::triage_words>::value,
      std::tuple_cat(std::make_tuple(
                         field("prompt", &TriageOptions::prompt, "File with your criteria, as for the scorer")
                             .required()
                             .example("prompts/selection.txt")),
                     detail::common_fields<P, TriageOptions>(),
                     std::make_tuple(field("batch", &TriageOptions::batch,
                                           "Titles a request, 1 to 2000; absent: by batch_tokens")
                                         .within(1, 2000),
                                     field("batch_tokens", &TriageOptions::batch_tokens,
                                           "Tokens the titles of one request may have, estimated")
                                         .fallback("6000")
                                         .within(200, 500'000))));
  void start() { engine_ = std::make_unique<Triage>(provider_of<P>(), options, host); }
  void judge(const Batch& batch) { engine_->judge(batch); }
  void estimate(const Batch& batch) { engine_->estimate(batch); }
  void health(const Call& call) { engine_->health(call); }

 private:
  std::unique_ptr<Triage> engine_;
};

/// NAME-summary: a filter that runs on the selected papers and drops none.
template <class P>
struct SummaryOf : gleaner::Filter<SummaryOptions> {
  static constexpr auto about =
      detail::about_with<P>(
          detail::Joined<detail::Words<P>::name, detail::summary_suffix>::value,
          detail::Joined<detail::Words<P>::title, detail::summary_words>::value,
          std::tuple_cat(
              std::make_tuple(field("language", &SummaryOptions::language, "Language of the sentence")
                                  .fallback("English"),
                              field("prompt", &SummaryOptions::prompt,
                                    "File with instructions of your own; absent: one plain sentence")),
              detail::common_fields<P, SummaryOptions>()))
          .after_select();
  void start() { engine_ = std::make_unique<Summary>(provider_of<P>(), options, host); }
  void judge(const Batch& batch) { engine_->judge(batch); }
  void estimate(const Batch& batch) { engine_->estimate(batch); }
  void health(const Call& call) { engine_->health(call); }

 private:
  std::unique_ptr<Summary> engine_;
};

}  // namespace gleaner::chat
