#include "host/pipeline/crash_scene.hpp"

#include <deque>
#include <memory>
#include <mutex>

#include <fmt/format.h>
#include <signal.h>
#include <sys/mman.h>

namespace gleaner::host {
namespace {

// A signal handler can reach nothing but what is static.
constinit std::array<CrashSite, crash_sites_kept> sites{};
constinit std::array<std::atomic<bool>, crash_sites_kept> site_taken{};
constinit std::atomic<const CrashLabel*> newest_label{nullptr};
constinit std::atomic<bool> stacks_wanted{false};
constinit thread_local CrashSite* site_here = nullptr;

constexpr auto relaxed = std::memory_order_relaxed;
constexpr std::size_t crash_stack_size = std::size_t{64}
                                         << 10;  // bytes; touched only when something is wrong

/// A thread's place among the sites and its stack for handlers, given back when the thread ends.
class ThreadPlace {
 public:
  ThreadPlace() {
    for (std::size_t i = 0; i < sites.size() && site_here == nullptr; ++i)
      if (!site_taken[i].exchange(true)) {
        index_ = i;
        site_here = &sites[i];
      }
    if (site_here == nullptr) site_here = &unlisted_;
    if (stacks_wanted.load(relaxed)) take_stack();
  }
  ~ThreadPlace() {
    // In the middle of a call, so by exit(), which ends this first: the last words need the place.
    if (site_here->label.load(relaxed) != nullptr) return;
    give_stack_back();
    if (site_here != &unlisted_) site_taken[index_] = false;
    site_here = nullptr;
  }
  ThreadPlace(const ThreadPlace&) = delete;
  ThreadPlace& operator=(const ThreadPlace&) = delete;

  void take_stack() {
    stack_t now{};
    if (stack_ != nullptr || ::sigaltstack(nullptr, &now) != 0 || (now.ss_flags & SS_DISABLE) == 0)
      return;  // somebody, as a sanitizer, has given it one
    void* memory = ::mmap(nullptr, crash_stack_size, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_t mine{};
    mine.ss_sp = memory;
    mine.ss_size = crash_stack_size;
    if (::sigaltstack(&mine, nullptr) == 0)
      stack_ = memory;
    else
      ::munmap(memory, crash_stack_size);
  }

 private:
  void give_stack_back() {
    stack_t now{};
    if (stack_ == nullptr || ::sigaltstack(nullptr, &now) != 0 || now.ss_sp != stack_)
      return;  // a plugin put its own there
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    if (::sigaltstack(&none, nullptr) == 0) ::munmap(stack_, crash_stack_size);
  }

  CrashSite unlisted_{};
  std::size_t index_ = 0;
  void* stack_ = nullptr;
};

ThreadPlace& place_here() {
  thread_local ThreadPlace place;
  return place;
}

CrashSite& enter_here() {
  if (site_here == nullptr) static_cast<void>(place_here());
  return *site_here;
}

const char* usual_work(Kind kind) {
  switch (kind) {
    case Kind::source:
      return "fetching";
    case Kind::filter:
    case Kind::scorer:
      return "judging";
    case Kind::output:
      return "delivering the digest";
  }
  return "working";
}

}  // namespace

const CrashLabel* crash_label(const ComponentConfig& config) {
  static std::mutex mutex;
  // Never destroyed: they are told of while the process ends.
  static std::deque<CrashLabel>& labels = *std::make_unique<std::deque<CrashLabel>>().release();
  const auto& info = *config.info;
  const std::string file = info.plugin_file.string();
  std::string who = fmt::format("the {} \"{}\" (plugin {} {}, {})", to_word(info.kind), config.name,
                                info.plugin_name, info.plugin_version, file);
  const std::lock_guard lock(mutex);
  for (const CrashLabel& label : labels)
    if (label.who == who) return &label;
  std::string verdict = fmt::format(
      "isolate = \"process\" in its table would end the {} alone; gleaner plugin check {} looks for the "
      "fault.",
      is_stage(info.kind) ? std::string_view("stage") : to_word(info.kind), file);
  labels.push_back({std::move(who), std::move(verdict), usual_work(info.kind), newest_label.load(relaxed)});
  newest_label.store(&labels.back(), std::memory_order_release);
  return &labels.back();
}

const CrashLabel* last_crash_label() {
  return newest_label.load(std::memory_order_acquire);
}

InPlugin::InPlugin(const CrashLabel* label, const char* doing)
    : site_(label != nullptr ? &enter_here() : nullptr) {
  if (site_ == nullptr) return;
  label_before_ = site_->label.load(relaxed);
  doing_before_ = site_->doing.load(relaxed);
  papers_before_ = site_->papers.load(relaxed);
  count_before_ = site_->count.load(relaxed);
  site_->doing.store(doing != nullptr ? doing : label->usual, relaxed);
  site_->count.store(0, relaxed);
  site_->label.store(label, std::memory_order_release);
}

InPlugin::~InPlugin() {
  if (site_ == nullptr) return;
  site_->label.store(label_before_, relaxed);
  site_->doing.store(doing_before_, relaxed);
  site_->papers.store(papers_before_, relaxed);
  site_->count.store(count_before_, relaxed);
}

void InPlugin::with(const gleaner_paper* const* papers, std::uint64_t count) {
  if (site_ == nullptr) return;
  site_->papers.store(papers, relaxed);
  site_->count.store(count, relaxed);
}

const CrashSite* crash_site_here() {
  return site_here;
}

const std::array<CrashSite, crash_sites_kept>& crash_sites() {
  return sites;
}

void give_crash_stacks() {
  stacks_wanted.store(true, relaxed);
  place_here().take_stack();
}

}  // namespace gleaner::host
