#include "host/pipeline/isolation/judging.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/log.h>

#include "host/services/figures.hpp"

namespace gleaner::host::isolation {
namespace {

void warn(const gleaner_host* host, const std::string& words) {
  const auto* log = static_cast<const gleaner_log*>(host->service(host, text(GLEANER_LOG)));
  if (log != nullptr) log->write(host, GLEANER_LOG_WARNING, text(words));
}

}  // namespace

Judging::Judging(Keeper& keeper, StageHistory& history, const gleaner_call* call, const gleaner_batch* batch,
                 Renew renew)
    : keeper_(keeper),
      history_(history),
      call_(call),
      batch_(batch),
      renew_(std::move(renew)),
      unjudged_(static_cast<std::size_t>(batch->count), true),
      written_(static_cast<std::size_t>(batch->count), false) {}

std::string Judging::id(std::size_t paper) const {
  return std::string(view(batch_->papers[paper]->id));
}

// What costs money, asks servers or wants the whole day is not asked twice for the sake of a name.
bool Judging::is_to_be_asked_again() const {
  const auto& info = *keeper_.settings().info;
  return !info.can(GLEANER_PAID) && !info.can(GLEANER_REMOTE) && !info.can(GLEANER_WHOLE_DAY);
}

std::int32_t Judging::judge(const CallHead& head) {
  if (!history_.given_up.empty()) return call_->fail(call_, GLEANER_FAILED, {}, text(history_.given_up));
  Piece all;
  all.papers.resize(static_cast<std::size_t>(batch_->count));
  std::iota(all.papers.begin(), all.papers.end(), std::size_t{0});
  work_.push_back(std::move(all));
  std::int32_t status = GLEANER_OK;
  while (!work_.empty() && history_.given_up.empty()) {
    if (!keeper_.runs()) {
      if (renewals_++ >= most_renewals) break;
      hindrance_ = renew_();
      if (!hindrance_.empty()) break;
    }
    const Piece piece = std::move(work_.front());
    work_.pop_front();
    const auto death = run(piece, head);
    if (death && death->cause == Death::Cause::interrupted) {
      const auto words = fmt::format("{} {}.", component_words(*keeper_.settings().info),
                                     death_words(*death, keeper_.settings().limits));
      return call_->fail(call_, GLEANER_CANCELLED, {}, text(words));
    }
    if (death) {
      split(piece, *death);
      continue;
    }
    if (last_status_ != GLEANER_OK && status == GLEANER_OK) status = last_status_;
    if (piece.suspect) hints_mislead_ = true;
    if (last_status_ == GLEANER_OK)
      for (const auto i : piece.papers)
        unjudged_[i] = false;
  }
  return conclude(status);
}

std::optional<Death> Judging::run(const Piece& piece, const CallHead& common) {
  CallHead head = common;
  head.axis_count = static_cast<std::uint32_t>(batch_->axis_count);
  keeper_.lay_out({piece.papers.size(), static_cast<std::size_t>(batch_->axis_count)});
  const auto fill = [&](Writer& to) {
    to.number<std::uint64_t>(piece.papers.size());
    for (const auto i : piece.papers)
      write_paper(to, *batch_->papers[i]);
  };
  // The marks outlive the worker: what it wrote before it died counts.
  const auto keep = keeper_.share_marks();
  marks_ = keep.get();
  const auto outcome = keeper_.call(head, fill, {call_, nullptr, [&] { take_notes(piece); }});
  take_notes(piece);
  take_results(piece);
  marks_ = nullptr;
  last_status_ = outcome.status;
  return outcome.death;
}

// Copied first, then looked at: the worker may still be writing.
void Judging::take_notes(const Piece& piece) {
  auto& head = *reinterpret_cast<MarksHead*>(marks_->mapping.data());
  const auto size = std::atomic_ref(head.notes_size).load(std::memory_order_acquire);
  const std::string copy(marks_->mapping.data() + sizeof head,
                         static_cast<std::size_t>(std::min<std::uint64_t>(size, notes_room)));
  std::atomic_ref(head.notes_size).store(0, std::memory_order_relaxed);
  Unpacker from(copy);
  while (!from.finished()) {
    const auto kind = static_cast<NoteKind>(from.number<std::uint8_t>());
    const auto said = from.number<std::uint64_t>();
    const auto key = from.str();
    const auto words = from.str();
    if (!from.good()) return;
    const bool known = said < piece.papers.size();
    if (known) written_[piece.papers[static_cast<std::size_t>(said)]] = true;
    const std::uint64_t i =
        known ? piece.papers[static_cast<std::size_t>(said)] : std::max(said, batch_->count);
    if (kind == NoteKind::reason)
      batch_->reason(batch_, i, words);
    else
      batch_->annotate(batch_, i, key, words);
  }
}

void Judging::take_results(const Piece& piece) {
  const std::size_t n = piece.papers.size();
  const auto axis_count = static_cast<std::size_t>(batch_->axis_count);
  const MarksLayout layout(n, axis_count);
  const char* at = marks_->mapping.data();
  const auto number = [&](std::size_t from, std::size_t k) {
    double value = 0;
    std::memcpy(&value, at + from + k * sizeof value, sizeof value);
    return value;
  };
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t i = piece.papers[k];
    batch_->verdicts[i] = static_cast<std::uint8_t>(at[layout.verdicts + k]);
    batch_->totals[i] = number(layout.totals, k);
    bool written = batch_->verdicts[i] != GLEANER_PASS || !std::isnan(batch_->totals[i]);
    for (std::size_t axis = 0; axis < axis_count; ++axis) {
      const double value = number(layout.axes, axis * n + k);
      batch_->axes[axis][i] = value;
      written = written || !std::isnan(value);
    }
    if (written) written_[i] = true;
  }
}

// The one behind the last that it wrote anything about: most go through their papers in order.
std::size_t Judging::suspect_of(const Piece& piece, const std::vector<std::size_t>& rest) const {
  const auto last =
      std::find_if(piece.papers.rbegin(), piece.papers.rend(), [&](std::size_t i) { return written_[i]; });
  if (last == piece.papers.rend()) return rest.front();
  const auto next = std::find_if(rest.begin(), rest.end(), [&](std::size_t i) { return i > *last; });
  return next == rest.end() ? rest.front() : *next;
}

void Judging::blame(std::size_t paper) {
  guilty_.push_back(paper);
  history_.guilty.push_back(id(paper));
}

void Judging::split(const Piece& piece, const Death& death) {
  if (!first_death_) first_death_ = death;
  ++history_.deaths;
  Piece rest;
  for (const auto i : piece.papers) {
    if (written_[i])
      unjudged_[i] = false;
    else
      rest.papers.push_back(i);
  }
  if (rest.papers.empty()) return;
  if (!is_to_be_asked_again()) {
    probably_ = true;
    blame(suspect_of(piece, rest.papers));
    work_.clear();
  } else if (piece.suspect) {
    blame(rest.papers.front());
  } else if (death.cause == Death::Cause::deadline) {
    // To try it alone would cost another deadline.
    probably_ = true;
    const auto suspect = suspect_of(piece, rest.papers);
    blame(suspect);
    std::erase(rest.papers, suspect);
    if (!rest.papers.empty()) work_.push_front(std::move(rest));
  } else if (rest.papers.size() == 1) {
    rest.suspect = true;
    work_.push_front(std::move(rest));
  } else if (!hints_mislead_) {
    const auto suspect = suspect_of(piece, rest.papers);
    std::erase(rest.papers, suspect);
    work_.push_front(std::move(rest));
    work_.push_front({{suspect}, true});
  } else {
    const auto middle = rest.papers.begin() + static_cast<std::ptrdiff_t>(rest.papers.size() / 2);
    work_.push_front({{middle, rest.papers.end()}, rest.papers.end() - middle == 1});
    work_.push_front({{rest.papers.begin(), middle}, middle - rest.papers.begin() == 1});
  }
  const bool too_often =
      history_.guilty.size() >= StageHistory::most_guilty || history_.deaths >= StageHistory::most_deaths;
  if (too_often)
    history_.given_up = fmt::format(
        "{} {} too often, {} times in this run, and is not asked any more; what it had not judged is left "
        "unjudged.",
        component_words(*keeper_.settings().info), death_words(*first_death_, keeper_.settings().limits),
        history_.deaths);
}

std::string Judging::sentence() const {
  const auto& info = *keeper_.settings().info;
  auto out =
      fmt::format("{} {}", component_words(info), death_words(*first_death_, keeper_.settings().limits));
  const auto left = static_cast<std::uint64_t>(std::count(unjudged_.begin(), unjudged_.end(), true));
  if (left == 0) return out + " once, and not again in a new process: every paper was judged.";
  std::vector<std::string> ids;
  for (const auto i : guilty_)
    ids.push_back(id(i));
  if (!ids.empty())
    out += fmt::format(" while it {}judged {}", probably_ ? "probably " : "", paper_words(ids));
  if (!hindrance_.empty()) return fmt::format("{}; {}", out, hindrance_);
  if (!history_.given_up.empty())
    return fmt::format("{}; after {} times in this run it is not asked any more, and {} left unjudged.", out,
                       history_.deaths, left == 1 ? "1 paper is" : counted(left, "paper") + " are");
  if (!is_to_be_asked_again())
    return fmt::format("{}; it costs requests, so it was not asked again, and {} left unjudged.", out,
                       left == 1 ? "1 paper is" : counted(left, "paper") + " are");
  if (left > guilty_.size())
    return fmt::format("{}; {} left unjudged after {} new processes.", out,
                       left == 1 ? "1 paper is" : counted(left, "paper") + " are", most_renewals);
  out += left == 1 ? "; the paper is left unjudged" : "; the papers are left unjudged";
  return out + (batch_->count > left ? " and the others were judged in a new process." : ".");
}

std::int32_t Judging::conclude(std::int32_t status) {
  if (!first_death_ && hindrance_.empty()) return status;
  const auto words = first_death_ ? sentence() : hindrance_;
  const bool all = std::none_of(unjudged_.begin(), unjudged_.end(), [](bool each) { return each; });
  // The first failure of a stage is told by whoever ran it; the others would be lost.
  if (all || std::exchange(history_.failed_before, true)) warn(keeper_.settings().host, words);
  if (all) return status;
  return call_->fail(call_, GLEANER_FAILED, {}, text(words));
}

}  // namespace gleaner::host::isolation
