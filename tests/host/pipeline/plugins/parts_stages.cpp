#include "parts_stages.hpp"

#include <fstream>
#include <limits>

namespace parts {
namespace {

bool matches(std::string_view title, const std::string& part) {
  return !part.empty() && (part == "*" || title.find(part) != std::string_view::npos);
}

const double* find(const Numbers& numbers, std::string_view id) {
  for (const auto& [key, value] : numbers)
    if (key == id) return &value;
  return nullptr;
}

std::uint64_t hash(std::string_view text) {
  std::uint64_t out = 0xCBF29CE484222325ULL;
  for (const char c : text)
    out = (out ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return out;
}

}  // namespace

void Rule::judge(const gleaner::Batch& batch) const {
  if (!options.signal.empty()) std::ofstream(options.signal) << "begun\n";
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (matches(batch[i].title(), options.drop)) batch.drop(i, options.reason);
    if (matches(batch[i].title(), options.pick)) batch.pick(i, options.total, options.comment);
  }
}

void Scores::judge(const gleaner::Batch& batch) const {
  if (!options.prompt.empty()) host.prompt(options.prompt);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (const auto* value = find(options.first, batch[i].id())) batch.score(i, 0, *value);
    if (batch.axis_count() < 2) continue;
    if (const auto* value = find(options.second, batch[i].id())) batch.score(i, 1, *value);
  }
}

void Counter::judge(const gleaner::Batch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i)
    batch.score(i, 0, static_cast<double>(seen_++));
}

void Busy::judge(const gleaner::Batch& batch) const {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto value = hash(batch[i].title());
    volatile std::uint64_t work = 0;
    for (std::uint64_t step = 0; step < value % 2000; ++step)
      work = work + step;
    batch.score(i, 0, value % 100 == 0 ? 11.0 : static_cast<double>(value % 10 + 1));
    if (value % 3 == 0) batch.comment(i, "busy with " + std::string(batch[i].id()));
    if (value % 7 == 0) batch.drop(i, "seven");
    if (value % 500 == 0) host.warn("Strange: " + std::string(batch[i].id()));
    gleaner_usage usage{};
    usage.size = sizeof usage;
    usage.model = gleaner::text(value % 2 == 0 ? "even" : "odd");
    usage.requests = 1;
    usage.prompt_cost = 0.1 * static_cast<double>(value % 10);
    usage.completion_cost = 0.01;
    host.usage(usage);
  }
}

void Faulty::judge(const gleaner::Batch& batch) const {
  for (std::size_t i = 0; i < batch.size(); ++i)
    batch.score(i, 0, 5);
  const auto& fault = options.fault;
  if (fault == "verdict") batch.raw().verdicts[0] = 77;
  if (fault == "range") batch.score(0, 0, 11);
  if (fault == "infinity") batch.score(0, 0, std::numeric_limits<double>::infinity());
  if (fault == "nan") batch.score(0, 0, std::numeric_limits<double>::quiet_NaN());
  if (fault == "index") batch.comment(batch.size(), "beyond");
  if (fault == "long") batch.comment(0, std::string(4095, 'x') + "é and more");
  if (fault == "encoding") batch.comment(0, "caf\xE9\u200B");
  if (fault == "pick") batch.raw().verdicts[0] = GLEANER_PICK;
  if (fault == "warning") host.warn("odd \xFF\x1b[31m bytes");
  if (fault == "silent-pick") {
    batch.raw().verdicts[0] = GLEANER_PICK;
    batch.raw().totals[0] = 3;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (fault == "ranges") batch.score(i, 0, 11);
    if (fault == "verdicts") batch.raw().verdicts[i] = 77;
    if (fault == "key") batch.annotate(i, "colo\xFFur", "red");
    if (fault == "warnings") host.warn("strange: " + std::string(batch[i].id()));
    if (fault == "echo") host.warn("strange");
  }
  if (fault == "silence") throw gleaner::Sink::Stopped{GLEANER_MALFORMED};
}

void Fails::judge(const gleaner::Batch& batch) const {
  gleaner_usage usage{};
  usage.size = sizeof usage;
  usage.model = gleaner::text("calls");
  usage.requests = 1;
  host.usage(usage);
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (options.on.empty() || batch[i].id() == options.on)
      throw gleaner::Error(options.message, options.status, options.option);
}

void Leak::judge(const gleaner::Batch& batch) const {
  const std::string key = host.reveal(options.key);
  host.info("info " + key);
  host.warn("warning " + key);
  host.prompt("prompt " + key);
  throw gleaner::Error("GET https://api.example/?key=" + key + " failed for " + std::to_string(batch.size()) +
                       " papers.");
}

}  // namespace parts
