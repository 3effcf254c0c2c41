#include "host/pipeline/crash_text.hpp"

#include <algorithm>
#include <cstring>

#include <sys/uio.h>
#include <unistd.h>

namespace gleaner::host {
namespace {

/// Copies memory that may not be there: a plugin may have written over the pointers to it, and a fault within
/// the handler would silence it. False where the system refuses.
bool read_memory(void* to, const void* from, std::size_t size) {
  iovec local{to, size};
  iovec remote{const_cast<void*>(from), size};
  return ::process_vm_readv(::getpid(), &local, 1, &remote, 1, 0) == static_cast<ssize_t>(size);
}

bool read_id(char (&to)[128], const gleaner_paper* const* paper) {
  const gleaner_paper* at = nullptr;
  gleaner_str id{};
  constexpr std::size_t pointer = sizeof(void*);
  if (!read_memory(&at, paper, pointer) || !read_memory(&id, &at->id, sizeof id)) return false;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(id.size, sizeof to - 1));
  return size > 0 && read_memory(to, id.data, size);
}

void tell_stake(CrashLine& line, CrashStake stake) {
  if (stake == CrashStake::unwritten) line << "; nothing of this date was written";
  if (stake == CrashStake::written) line << "; what was written of this date before stays";
  line << ".";
}

void tell_papers(CrashLine& line, const CrashSite& site) {
  const auto count = site.count.load(std::memory_order_relaxed);
  if (count == 0) return;
  const auto papers = crash_papers(site.papers.load(std::memory_order_relaxed), count);
  if (papers.count == 0) {
    line << " " << count << (count == 1 ? " paper" : " papers");
  } else if (papers.count == 1) {
    line << " paper " << papers.first;
  } else {
    line << " papers " << papers.first << " to " << papers.last;
  }
}

void tell_here(CrashLine& line, std::string_view what, const CrashSite& site, CrashStake stake) {
  const auto* label = site.label.load(std::memory_order_acquire);
  const char* doing = site.doing.load(std::memory_order_relaxed);
  line << label->who << " " << what << " while " << (doing != nullptr ? doing : label->usual);
  tell_papers(line, site);
  tell_stake(line, stake);
  line << " " << label->verdict;
}

/// The components of other threads' calls, each once. False: there are none.
bool tell_at_work(CrashLine& line) {
  bool any = false;
  const auto& sites = crash_sites();
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto* label = sites[i].label.load(std::memory_order_acquire);
    if (label == nullptr) continue;
    const bool again = std::any_of(sites.begin(), sites.begin() + static_cast<std::ptrdiff_t>(i),
                                   [label](const CrashSite& other) { return other.label.load() == label; });
    if (again) continue;
    line << (any ? ", " : "") << label->who;
    any = true;
  }
  return any;
}

bool is_anyone_at_work() {
  return std::ranges::any_of(crash_sites(),
                             [](const CrashSite& site) { return site.label.load() != nullptr; });
}

}  // namespace

CrashLine& CrashLine::operator<<(std::string_view text) {
  const std::size_t size = std::min(text.size(), room - used_);
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    bytes_[used_++] = byte < 0x20 || byte == 0x7F ? ' ' : text[i];
  }
  return *this;
}

CrashLine& CrashLine::operator<<(std::uint64_t number) {
  char digits[20];
  std::size_t at = sizeof digits;
  do {
    digits[--at] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  return *this << std::string_view(digits + at, sizeof digits - at);
}

std::string_view CrashLine::finish() {
  bytes_[used_] = '\n';
  return {bytes_, used_ + 1};
}

CrashPapers crash_papers(const gleaner_paper* const* papers, std::uint64_t count) {
  CrashPapers out;
  if (papers == nullptr || count == 0 || !read_id(out.first, papers) ||
      !read_id(out.last, papers + (count - 1)))
    return out;
  out.count = count;
  return out;
}

void tell_crash(CrashLine& line, std::string_view what, CrashStake stake) {
  line << "gleaner: error: ";
  const CrashSite* here = crash_site_here();
  if (here != nullptr && here->label.load() != nullptr) return tell_here(line, what, *here, stake);
  if (is_anyone_at_work()) {
    line << "a thread that gleaner did not send into a plugin " << what << ", while at work were ";
    tell_at_work(line);
    tell_stake(line, stake);
    line << " A thread that a plugin started is the likely cause: isolate = \"process\" in its table would "
            "end it alone; gleaner plugin check FILE looks for the fault.";
    return;
  }
  line << "gleaner " << what << " in no plugin's call";
  tell_stake(line, stake);
  const auto* label = last_crash_label();
  if (label == nullptr) {
    line << " Please report it.";
    return;
  }
  line << " It is a fault of its own, or of a plugin that spoilt memory or left a thread behind; used were ";
  for (; label != nullptr; label = label->next)
    line << label->who << (label->next != nullptr ? ", " : ".");
  line << " isolate = \"process\" keeps a plugin apart; gleaner plugin check FILE looks for the fault.";
}

}  // namespace gleaner::host
