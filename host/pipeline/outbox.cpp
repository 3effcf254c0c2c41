#include "host/pipeline/outbox.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "host/pipeline/clean.hpp"
#include "host/services/files.hpp"
#include "host/services/plugin_host.hpp"

namespace gleaner::host {
namespace {

const state::Delivery* find(std::string_view key, const std::vector<state::Delivery>& known) {
  const auto at = std::ranges::find(known, key, &state::Delivery::key);
  return at == known.end() ? nullptr : &*at;
}

const ComponentConfig* output_named(const Pipeline& pipeline, std::string_view name) {
  const auto at = std::ranges::find(pipeline.outputs, name, &ComponentConfig::name);
  return at == pipeline.outputs.end() ? nullptr : &*at;
}

bool is_meant(const Pipeline& pipeline, const state::Delivery& delivery, const OutboxFilter& filter) {
  const auto* output = output_named(pipeline, delivery.output);
  if (output == nullptr && (filter.messages_only || !filter.of_gone_outputs)) return false;
  if (filter.messages_only && !is_message(*output)) return false;
  return (filter.date.empty() || delivery.date == filter.date) &&
         (filter.output.empty() || delivery.output == filter.output) && !filter.tried.contains(delivery.key);
}

// A digest of the state, read once for all outputs of its date.
struct KeptDigest {
  std::string date{};
  std::string json{};
  Digest digest{};
  std::string problem{};  // a sentence: why there is none

  static KeptDigest read(const std::string& date, state::State& state) {
    KeptDigest out{.date = date};
    auto text = state.digest(date);
    if (!text) {
      out.problem = fmt::format("the state no longer holds the digest of {}", date);
      return out;
    }
    out.json = std::move(*text);
    auto read = read_digest(out.json);
    if (read.problem.empty())
      out.digest = std::move(read.digest);
    else
      out.problem = fmt::format("the digest of {} in the state cannot be read: {}", date, read.problem);
    return out;
  }
};

// What outputs find when no run is under way.
class Workplace {
 public:
  Workplace(const Pipeline& pipeline, const Catalog& catalog, const RunServices& services,
            const RunOptions& options)
      : options_(options),
        account_(pipeline.budget, services.clock),
        secrets_(pipeline.secrets, services.redactor),
        inner_{services.clock, services.log, secrets_,     services.state->components(),
               account_,       files_,       services.http} {
    context_.services = &inner_;
    context_.catalog = &catalog;
    context_.pipeline = &pipeline;
    context_.worker = services.worker;
    context_.call.cancelled = options.cancelled != nullptr ? options.cancelled : &never_;
  }

  [[nodiscard]] Instance::Context context(const std::string& date) const {
    auto out = context_;
    out.paths = {context_.pipeline->folder(), options_.out, date, context_.pipeline->name, date, date};
    out.call.date = date;
    return out;
  }
  [[nodiscard]] bool is_interrupted() const { return context_.call.cancelled->load(); }

 private:
  const RunOptions& options_;
  std::atomic<bool> never_{false};
  Account account_;
  Files files_;
  Secrets secrets_;
  Services inner_;
  Instance::Context context_;
};

std::string without_secrets(std::string_view words, const Redactor& redactor) {
  std::size_t removed = 0;
  return redactor.clean(cleaned(words, removed));
}

}  // namespace

state::Delivery owed(const ComponentConfig& output, const Digest& digest,
                     const std::vector<state::Delivery>& known) {
  state::Delivery out;
  out.key = delivery_key(digest, output);
  out.date = digest.date;
  out.output = output.name;
  if (const auto* before = find(out.key, known)) {
    out.attempts = before->attempts;
    out.tried = before->tried;
  }
  return out;
}

bool is_sent(std::string_view key, const std::vector<state::Delivery>& known) {
  const auto* before = find(key, known);
  return before != nullptr && before->outcome == state::Outcome::delivered;
}

OutputResult send_message(const ComponentConfig& output, const Digest& digest, const std::string& json,
                          const Instance::Context& context, state::Delivery delivery, state::State& state,
                          const Clock& clock, const Redactor& redactor) {
  delivery.outcome = state::Outcome::pending;
  delivery.attempts += 1;
  delivery.tried = clock.timestamp();
  delivery.error.clear();
  try {
    state.put_delivery(delivery);
  } catch (const state::StateError& error) {
    OutputResult held;
    held.name = output.name;
    held.key = delivery.key;
    held.problem =
        fmt::format("{}: nothing was sent, since it could not be noted: {}", output.name, error.what());
    return held;
  }
  auto here = context;
  here.call.attempt = delivery.attempts;
  auto result = deliver(output, digest, json, here);
  result.problem = without_secrets(result.problem, redactor);
  delivery.outcome = result.delivered ? state::Outcome::delivered : state::Outcome::failed;
  delivery.papers = result.papers;
  delivery.error = result.problem;
  delivery.written = result.written;
  try {
    state.put_delivery(delivery);
  } catch (const state::StateError& error) {
    // It went, and the next run will not know: better said than found out.
    result.problem = result.problem.empty() ? fmt::format("{}: it was sent", output.name) : result.problem;
    result.problem += fmt::format("; how it ended could not be noted: {}", error.what());
    result.delivered = false;
  }
  return result;
}

std::vector<state::Delivery> due(const Pipeline& pipeline, state::State& state, const OutboxFilter& filter) {
  auto out = state.due_deliveries();
  std::erase_if(out, [&](const auto& each) { return !is_meant(pipeline, each, filter); });
  return out;
}

std::vector<Redelivery> deliver_due(const Pipeline& pipeline, const Catalog& catalog,
                                    const RunServices& services, const RunOptions& options,
                                    const OutboxFilter& filter) {
  std::vector<Redelivery> out;
  const Workplace workplace(pipeline, catalog, services, options);
  KeptDigest kept;
  auto deliveries = due(pipeline, *services.state, filter);
  std::erase_if(deliveries, [&](const auto& each) { return output_named(pipeline, each.output) == nullptr; });
  for (const auto& delivery : deliveries) {
    if (workplace.is_interrupted()) break;
    if (kept.date != delivery.date) kept = KeptDigest::read(delivery.date, *services.state);
    Redelivery each{delivery};
    if (kept.problem.empty()) {
      each.result = send_message(*output_named(pipeline, delivery.output), kept.digest, kept.json,
                                 workplace.context(delivery.date), delivery, *services.state, services.clock,
                                 services.redactor);
    } else {
      each.result.name = delivery.output;
      each.result.key = delivery.key;
      each.result.problem = fmt::format("{}: {}.", delivery.output, kept.problem);
    }
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace gleaner::host
