// SPDX-License-Identifier: Apache-2.0
// Where a source under test puts its papers. For testkit's own use; one thread, as the contract says.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/testkit/call.hpp>

namespace gleaner::testkit::detail {

class FakeSink {
 public:
  FakeSink(CallContext& call, const Wanted& wanted, std::uint64_t most)
      : call_(call), wanted_(wanted), left_(most) {
    raw_.size = sizeof raw_;
    raw_.context = this;
    raw_.dated = [](const gleaner_sink* sink, gleaner_str date, gleaner_str origin) {
      return of(sink).dated(std::string(view(date)), std::string(view(origin)));
    };
    raw_.push = [](const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                   std::uint64_t stride) { return of(sink).push(papers, count, stride); };
    raw_.adopt = [](const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                    std::uint64_t stride, void (*release)(void*), void* owner) {
      return of(sink).adopt({papers, count, stride, release, owner});
    };
  }
  FakeSink(const FakeSink&) = delete;
  FakeSink& operator=(const FakeSink&) = delete;
  ~FakeSink() { release_all(); }

  [[nodiscard]] const gleaner_sink* raw() const { return &raw_; }

  /// After fetch has returned: adopted papers are read only now, so that one freed too early is noticed, and
  /// then released.
  void finish(Fetched& into) {
    for (auto& slot : slots_) {
      if (slot.adopted == none)
        into.papers.push_back(std::move(slot.paper));
      else
        read(adopted_[slot.adopted], slot.index, into.papers);
    }
    release_all();
    for (const auto& paper : into.papers)
      for (const auto& sentence : paper_violations(paper))
        call_.violation(sentence);
    into.dated = date_;
    into.origin = origin_;
  }

 private:
  struct Chunk {
    const gleaner_paper* papers;
    std::uint64_t count, stride;
    void (*release)(void*);
    void* owner;
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct Slot {
    NewPaper paper;
    std::size_t adopted = none;
    std::uint64_t index = 0;
  };

  static FakeSink& of(const gleaner_sink* sink) { return *static_cast<FakeSink*>(sink->context); }
  static void read(const Chunk& chunk, std::uint64_t i, std::vector<NewPaper>& into) {
    into.push_back(owned(element(chunk.papers, i, chunk.stride)));
  }

  std::int32_t refuse(std::int32_t status, const std::string& sentence) {
    refused_ = true;
    return call_.raw()->fail(call_.raw(), status, {}, text(sentence));
  }
  void check_still_wanted(const char* what) {
    if (refused_) call_.complain(std::string("calls ") + what + " after the sink has refused.");
  }

  std::int32_t dated(const std::string& date, const std::string& origin) {
    check_still_wanted("dated");
    if (!date_.empty()) call_.complain("says its date twice.");
    if (!slots_.empty()) call_.complain("says its date after the first paper.");
    if (!is_date(date)) call_.complain("says a date that is not YYYY-MM-DD: \"" + date + "\".");
    date_ = date;
    origin_ = origin;
    if (wanted_.date.empty() || wanted_.date == date) return GLEANER_OK;
    return refuse(GLEANER_FAILED,
                  origin + " is of " + date + ", not of " + wanted_.date + ", the day that was asked for.");
  }

  std::int32_t take(std::uint64_t count) {
    if (refused_) return GLEANER_CANCELLED;
    if (count <= left_) {
      if (left_ != static_cast<std::uint64_t>(-1)) left_ -= count;
      return GLEANER_OK;
    }
    return refuse(GLEANER_CANCELLED, "The test wants no more papers.");
  }
  std::int32_t push(const gleaner_paper* papers, std::uint64_t count, std::uint64_t stride) {
    check_still_wanted("push");
    const auto status = take(count);
    for (std::uint64_t i = 0; status == GLEANER_OK && i < count; ++i)
      slots_.push_back({owned(element(papers, i, stride)), none, 0});
    return status;
  }
  std::int32_t adopt(const Chunk& chunk) {
    check_still_wanted("adopt");
    if (chunk.release == nullptr) call_.complain("lets papers be adopted without a release function.");
    adopted_.push_back(chunk);
    const auto status = take(chunk.count);
    for (std::uint64_t i = 0; status == GLEANER_OK && i < chunk.count; ++i)
      slots_.push_back({{}, adopted_.size() - 1, i});
    return status;
  }
  void release_all() {
    for (const auto& chunk : std::exchange(adopted_, {}))
      if (chunk.release != nullptr) chunk.release(chunk.owner);
  }

  CallContext& call_;
  const Wanted& wanted_;
  std::uint64_t left_;
  gleaner_sink raw_{};
  bool refused_ = false;
  std::string date_, origin_;
  std::vector<Slot> slots_;
  std::vector<Chunk> adopted_;
};

}  // namespace gleaner::testkit::detail
