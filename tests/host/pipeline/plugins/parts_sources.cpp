#include "parts_sources.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

namespace parts {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);)
    out.push_back(part);
  return out;
}

template <class Condition>
void wait_until(const gleaner::Call& call, const char* what, Condition&& holds) {
  for (int i = 0; i < 20'000 && !holds(); ++i) {
    call.stop_if_cancelled();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (!holds()) throw gleaner::Error(what);
}

std::string number(int i) {
  const std::string digits = std::to_string(i);
  return std::string(6 - digits.size(), '0') + digits;
}

// Papers that are given back count here.
struct Loan {
  std::shared_ptr<std::atomic<int>> returned;
  std::array<std::string, 256> ids;
  std::array<gleaner_paper, 256> papers{};

  static void release(void* owner) {
    const std::unique_ptr<Loan> loan(static_cast<Loan*>(owner));
    ++*loan->returned;
  }
};

}  // namespace

gleaner::NewPaper paper_from(const std::string& line) {
  const auto parts = split(line, '|');
  gleaner::NewPaper out;
  if (!parts.empty()) out.id = parts[0];
  if (parts.size() > 1) out.title = parts[1];
  if (parts.size() > 2) out.categories = split(parts[2], ',');
  if (parts.size() > 3) out.authors = split(parts[3], ',');
  if (parts.size() > 4) out.version = static_cast<std::uint32_t>(std::stoul(parts[4]));
  return out;
}

void GivenSource::fetch(const gleaner::Day& day, gleaner::Sink& sink) const {
  const std::string date = options.date == "today" ? std::string(day.today()) : options.date;
  if (!date.empty()) sink.dated(date, options.origin);
  if (options.announced >= 0)
    host.count(GLEANER_COUNT_ANNOUNCED, "all", static_cast<std::uint64_t>(options.announced));
  if (options.skipped > 0)
    host.count(GLEANER_COUNT_SKIPPED, "announce", static_cast<std::uint64_t>(options.skipped));
  if (options.missing >= 0)
    host.count(GLEANER_COUNT_MISSING, "list", static_cast<std::uint64_t>(options.missing));
  if (!options.quiet.empty()) host.count(GLEANER_COUNT_QUIET, options.quiet, 1);
  if (options.approximate) host.count(GLEANER_COUNT_APPROXIMATE, "search", 1);
  for (const auto& line : options.papers)
    sink.push(paper_from(line));
  if (!options.fail.empty()) throw gleaner::Error(options.fail, GLEANER_UNREACHABLE);
}

void Many::fetch(const gleaner::Day&, gleaner::Sink& sink) const {
  for (int i = 0; i < options.count; ++i) {
    if (i == options.wait_after && !options.wait_for.empty())
      wait_until(sink.call(), "No stage began.", [&] { return std::filesystem::exists(options.wait_for); });
    gleaner::NewPaper paper;
    paper.id = "p" + number(i);
    paper.title = "Paper " + std::to_string(i);
    paper.abstract = "Abstract of paper number " + std::to_string(i) + ".";
    paper.categories = {"c" + std::to_string(i % 5)};
    sink.push(paper);
    if (options.repeats && i % 10 == 0) sink.push(paper);
  }
}

void Lender::fetch(const gleaner::Day&, gleaner::Sink& sink) const {
  const auto returned = std::make_shared<std::atomic<int>>(0);
  for (int c = 0; c < options.chunks; ++c) {
    auto loan = std::make_unique<Loan>();
    loan->returned = returned;
    for (std::size_t i = 0; i < loan->ids.size(); ++i) {
      loan->ids[i] = "lent" + std::to_string(c) + "-" + std::to_string(i);
      loan->papers[i].size = sizeof(gleaner_paper);
      loan->papers[i].id = loan->papers[i].title = gleaner::text(loan->ids[i]);
    }
    auto* raw = loan.release();
    const auto status = sink.raw().adopt(&sink.raw(), raw->papers.data(), raw->papers.size(),
                                         sizeof(gleaner_paper), &Loan::release, raw);
    if (status != GLEANER_OK) throw gleaner::Sink::Stopped{status};
  }
  wait_until(sink.call(), "The lent papers did not come back while the run went on.",
             [&] { return returned->load() > 0; });
}

void Hostile::fetch(const gleaner::Day&, gleaner::Sink& sink) const {
  static const std::string bad_author = "Ada \xFF Probe";
  static const gleaner_str authors[] = {gleaner::text(bad_author)};
  static std::array<gleaner_paper, 4> papers{};  // lent, so they stay
  static const std::array<std::string, 4> ids = {"null-lists", "bad-author", "null-text", "small"};
  for (std::size_t i = 0; i < papers.size(); ++i) {
    papers[i].size = sizeof(gleaner_paper);
    papers[i].id = papers[i].title = gleaner::text(ids[i]);
  }
  papers[0].author_count = papers[0].category_count = papers[0].extra_count = 7;  // of nothing
  papers[1].authors = authors;
  papers[1].author_count = 1;
  papers[2].abstract = {nullptr, 99};
  papers[3].size = offsetof(gleaner_paper, abstract);
  papers[3].abstract = gleaner::text("beyond its size");
  const auto nothing = [](void*) {};
  const auto status =
      options.lend ? sink.raw().adopt(&sink.raw(), papers.data(), 4, sizeof(gleaner_paper), nothing, nullptr)
                   : sink.raw().push(&sink.raw(), papers.data(), 4, sizeof(gleaner_paper));
  if (status != GLEANER_OK) throw gleaner::Sink::Stopped{status};
}

void Deaf::fetch(const gleaner::Day&, gleaner::Sink& sink) const {
  for (int i = 0;; ++i) {
    gleaner::NewPaper paper;
    paper.id = "d" + std::to_string(i);
    paper.title = "Paper " + std::to_string(i);
    sink.push(paper);
    if (i == 10) std::ofstream(options.started.text) << "started\n";
  }
}

}  // namespace parts
