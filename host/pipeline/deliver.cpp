#include "host/pipeline/deliver.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/excerpt.hpp"

namespace gleaner::host {
namespace {

// FNV-1a, 64 bits: the key need not resist anyone, only differ.
std::uint64_t hash(std::string_view text, std::uint64_t seed) {
  for (const char c : text)
    seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return (seed ^ 0xFFu) * 0x100000001B3ULL;  // so that "ab"+"c" is not "a"+"bc"
}

constexpr std::size_t papers_a_write = 256;

std::int32_t stream(const Instance& instance, const gleaner_output& functions, const gleaner_digest& digest,
                    Failure& failure) {
  gleaner_digest head = digest;
  head.papers = nullptr;
  head.paper_count = 0;
  head.json = {};
  const CallScope begin(instance.call());
  auto status = begin.enter([&] { return functions.begin(instance.raw(), begin.raw(), &head); });
  if (status != GLEANER_OK) {
    failure = begin.failure(status);
    return status;
  }
  for (std::uint64_t from = 0; from < digest.paper_count && status == GLEANER_OK; from += papers_a_write) {
    const CallScope write(instance.call());
    const auto count = std::min<std::uint64_t>(papers_a_write, digest.paper_count - from);
    status = write.enter(
        [&] { return functions.write(instance.raw(), write.raw(), digest.papers + from, count); });
    if (status != GLEANER_OK) failure = write.failure(status);
  }
  const CallScope end(instance.call());
  const auto ended = end.enter([&] { return functions.end(instance.raw(), end.raw(), status); });
  if (status != GLEANER_OK || ended == GLEANER_OK) return status;
  failure = end.failure(ended);
  return ended;
}

std::int32_t send(const Instance& instance, const gleaner_digest& digest, Failure& failure) {
  const auto functions = instance.functions<gleaner_output>();
  if (functions.deliver == nullptr) return stream(instance, functions, digest, failure);
  const CallScope call(instance.call());
  const auto status = call.enter([&] { return functions.deliver(instance.raw(), call.raw(), &digest); });
  if (status != GLEANER_OK) failure = call.failure(status);
  return status;
}

}  // namespace

bool is_due(const When& when, const Digest& digest) {
  switch (when.rule) {
    case When::Rule::always:
      return true;
    case When::Rule::selected:
      return !digest.papers.empty();
    case When::Rule::incomplete:
      return !digest.complete;
    case When::Rule::weekday:
      break;
  }
  const auto day = parse_date(digest.date);
  if (!day) return true;
  const std::chrono::weekday weekday{std::chrono::sys_days{*day}};
  return ((when.weekdays >> (weekday.iso_encoding() - 1)) & 1u) != 0;
}

std::string delivery_key(const Digest& digest, const ComponentConfig& output) {
  std::uint64_t key = 0xCBF29CE484222325ULL;
  for (const std::string_view part :
       {std::string_view(digest.pipeline), std::string_view(digest.date), std::string_view(output.name)})
    key = hash(part, key);
  return fmt::format("gleaner-{}-{}-{:016x}", digest.date, output.name, key);
}

bool is_message(const ComponentConfig& output) {
  return output.info->can(GLEANER_REMOTE) && output.option("path") == nullptr;
}

OutputResult deliver(const ComponentConfig& output, const Digest& digest, const std::string& json,
                     const Instance::Context& context) {
  OutputResult result;
  result.name = output.name;
  result.key = delivery_key(digest, output);
  Failure failure;
  const auto instance = Instance::make(output, context, failure);
  if (!instance) {
    result.problem = sentence(failure, output);
    return result;
  }
  const Excerpt shown = excerpt(digest, json, output);
  const DigestView view(digest, shown, shown.json.empty() ? json : shown.json, result.key,
                        context.call.attempt);
  const auto& files = context.services->files;
  const auto before = files.written().size();
  const auto status = send(*instance, *view.raw(), failure);
  const auto written = files.written();
  result.written.assign(written.begin() + static_cast<std::ptrdiff_t>(before), written.end());
  result.papers = shown.papers.size();
  result.delivered = status == GLEANER_OK;
  if (result.delivered) set_crash_stake(CrashStake::written);
  if (!result.delivered) result.problem = sentence(failure, output);
  return result;
}

}  // namespace gleaner::host
