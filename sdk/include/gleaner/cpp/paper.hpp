// SPDX-License-Identifier: Apache-2.0
// Papers, batches, digests and the call they come with, as C++ views. All of them borrow: use them during the
// call only.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/cpp/text.hpp>

namespace gleaner {

/// A borrowed list of texts: `for (std::string_view author : paper.authors())`.
class Texts {
 public:
  constexpr Texts(const gleaner_str* items, std::uint64_t count) : items_(items), count_(count) {}
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = std::string_view;
    constexpr Iterator() = default;
    constexpr explicit Iterator(const gleaner_str* at) : at_(at) {}
    constexpr std::string_view operator*() const { return view(*at_); }
    constexpr Iterator& operator++() { return ++at_, *this; }
    constexpr Iterator operator++(int) { return Iterator(at_++); }
    friend constexpr bool operator==(Iterator, Iterator) = default;

   private:
    const gleaner_str* at_ = nullptr;
  };
  [[nodiscard]] constexpr Iterator begin() const { return Iterator(items_); }
  [[nodiscard]] constexpr Iterator end() const { return Iterator(items_ + count_); }
  [[nodiscard]] constexpr std::size_t size() const { return static_cast<std::size_t>(count_); }
  [[nodiscard]] constexpr bool empty() const { return count_ == 0; }
  [[nodiscard]] constexpr std::string_view operator[](std::size_t i) const { return view(items_[i]); }

 private:
  const gleaner_str* items_;
  std::uint64_t count_;
};

/// One paper, read only.
class Paper {
 public:
  constexpr explicit Paper(const gleaner_paper& raw) : raw_(&raw) {}
  [[nodiscard]] constexpr std::string_view id() const { return view(raw_->id); }
  [[nodiscard]] constexpr std::string_view title() const { return view(raw_->title); }
  [[nodiscard]] constexpr std::string_view abstract() const { return view(raw_->abstract); }
  [[nodiscard]] constexpr std::string_view url() const { return view(raw_->url); }
  [[nodiscard]] constexpr std::string_view doi() const { return view(raw_->doi); }
  [[nodiscard]] constexpr std::string_view published() const { return view(raw_->published); }
  [[nodiscard]] constexpr std::string_view journal() const { return view(raw_->journal); }
  [[nodiscard]] constexpr std::string_view license() const { return view(raw_->license); }
  [[nodiscard]] constexpr Texts authors() const { return {raw_->authors, raw_->author_count}; }
  /// As many as authors, or none.
  [[nodiscard]] constexpr Texts affiliations() const {
    return {raw_->affiliations, raw_->affiliations == nullptr ? 0 : raw_->author_count};
  }
  /// The first is the primary one.
  [[nodiscard]] constexpr Texts categories() const { return {raw_->categories, raw_->category_count}; }
  [[nodiscard]] constexpr Texts sources() const { return {raw_->sources, raw_->source_count}; }
  /// What else a source knows, by key; empty when it does not.
  [[nodiscard]] constexpr std::string_view extra(std::string_view key) const {
    for (std::uint64_t i = 0; i < raw_->extra_count; ++i)
      if (view(raw_->extras[i].key) == key) return view(raw_->extras[i].value);
    return {};
  }
  [[nodiscard]] constexpr std::uint32_t version() const { return raw_->version; }
  [[nodiscard]] constexpr std::uint32_t announce() const { return raw_->announce; }  ///< GLEANER_ANNOUNCE_…
  [[nodiscard]] constexpr const gleaner_paper& raw() const { return *raw_; }

 private:
  const gleaner_paper* raw_;
};

/// A paper being made by a source; owns its texts.
struct NewPaper {
  std::string id{};  ///< canonical, see gleaner_paper.id
  std::string title{}, abstract{}, url{}, doi{}, published{}, journal{}, license{};
  std::vector<std::string> authors{};
  std::vector<std::string> affiliations{};  ///< empty, or one per author
  std::vector<std::string> categories{};    ///< the first is the primary one
  std::vector<std::pair<std::string, std::string>> extras{};
  std::uint32_t version = 0;
  std::uint32_t announce = GLEANER_ANNOUNCE_NONE;
};

/// Comes with every call into a component. Usable from any thread while the call lasts.
class Call {
 public:
  constexpr explicit Call(const gleaner_call& raw) : raw_(&raw) {}
  /// The run is being interrupted: stop soon.
  [[nodiscard]] bool cancelled() const { return raw_->cancelled(raw_) != 0; }
  /// Throws Error{GLEANER_CANCELLED} when the run is being interrupted.
  void stop_if_cancelled() const {
    if (cancelled()) throw Error("The run was interrupted.", GLEANER_CANCELLED);
  }
  /// The only source of chance: the same for the same run and component.
  [[nodiscard]] std::uint64_t seed() const { return raw_->seed; }
  /// For a terminal; total 0 when unknown.
  void progress(std::uint64_t done, std::uint64_t total, std::string_view what = {}) const {
    raw_->progress(raw_, done, total, text(what));
  }
  /// Nothing that costs, sends or writes may be done.
  [[nodiscard]] bool dry_run() const { return raw_->dry_run != 0; }
  [[nodiscard]] std::uint32_t attempt() const { return raw_->attempt; }
  /// Milliseconds granted from entry on; the largest integer when unlimited.
  [[nodiscard]] std::int64_t granted_ms() const { return raw_->remaining_ms; }
  [[nodiscard]] const gleaner_call& raw() const { return *raw_; }
#if GLEANER_TARGET_MINOR >= 2
  /// The announcement date of the run, "YYYY-MM-DD": a past one, perhaps. Empty where none is known, see
  /// gleaner_call, and from hosts before minor 2.
  [[nodiscard]] std::string_view date() const {
    if (raw_->size < offsetof(gleaner_call, date) + sizeof raw_->date) return {};
    return view(raw_->date);
  }
#endif

 private:
  const gleaner_call* raw_;
};

/// The day a source is asked for.
class Day {
 public:
  constexpr explicit Day(const gleaner_day& raw) : raw_(&raw) {}
  /// "YYYY-MM-DD" in the source's own calendar, or empty: whatever the source has now.
  [[nodiscard]] constexpr std::string_view date() const { return view(raw_->date); }
  [[nodiscard]] constexpr std::string_view today() const { return view(raw_->today); }
  /// The reader named the date: another day's papers must not be taken for it.
  [[nodiscard]] constexpr bool is_explicit() const { return raw_->explicit_date != 0; }
#if GLEANER_TARGET_MINOR >= 2
  /// Days without an announcement which the reader adds to those `about` declares, "YYYY-MM-DD". None from
  /// hosts before minor 2.
  [[nodiscard]] constexpr Texts holidays() const {
    if (raw_->size < offsetof(gleaner_day, holiday_count) + sizeof raw_->holiday_count) return {nullptr, 0};
    return {raw_->holidays, raw_->holiday_count};
  }
#endif

 private:
  const gleaner_day* raw_;
};

/// Where a source puts papers. One thread: the one that runs fetch. Throws Stopped when the host wants no
/// more.
class Sink {
 public:
  Sink(const gleaner_sink& raw, const gleaner_call& call) : raw_(&raw), call_(call) {}
  /// The host refused and has said why already; let it through.
  struct Stopped {
    std::int32_t status;
  };
  /// The announcement date of what comes ("YYYY-MM-DD") and where it was read (URL or file).
  void dated(std::string_view date, std::string_view origin) {
    check(raw_->dated(raw_, text(date), text(origin)));
  }
  /// Hands a paper over (copied). Waits while the host is busy.
  void push(const NewPaper& paper);
  /// The same for a view made by hand.
  void push(const gleaner_paper& paper) { check(raw_->push(raw_, &paper, 1, sizeof paper)); }
  [[nodiscard]] const Call& call() const { return call_; }
  [[nodiscard]] const gleaner_sink& raw() const { return *raw_; }

 private:
  static void check(std::int32_t status) {
    if (status != GLEANER_OK) throw Stopped{status};
  }
  const gleaner_sink* raw_;
  Call call_;
  std::vector<gleaner_str> texts_;  // reused between pushes
  std::vector<gleaner_pair> pairs_;
};

inline void Sink::push(const NewPaper& paper) {
  texts_.clear();
  texts_.reserve(paper.authors.size() + paper.affiliations.size() + paper.categories.size());
  const auto list = [this](const std::vector<std::string>& items) {
    const gleaner_str* first = texts_.data() + texts_.size();  // stays valid: reserved above
    for (const auto& item : items)
      texts_.push_back(text(item));
    return first;
  };
  pairs_.clear();
  for (const auto& [key, value] : paper.extras)
    pairs_.push_back({text(key), text(value)});
  gleaner_paper raw{};
  raw.size = sizeof raw;
  raw.id = text(paper.id);
  raw.title = text(paper.title);
  raw.abstract = text(paper.abstract);
  raw.url = text(paper.url);
  raw.doi = text(paper.doi);
  raw.published = text(paper.published);
  raw.journal = text(paper.journal);
  raw.license = text(paper.license);
  raw.authors = list(paper.authors);
  raw.author_count = paper.authors.size();
  if (!paper.affiliations.empty() && paper.affiliations.size() == paper.authors.size())
    raw.affiliations = list(paper.affiliations);
  raw.categories = list(paper.categories);
  raw.category_count = paper.categories.size();
  raw.extras = pairs_.data();
  raw.extra_count = pairs_.size();
  raw.version = paper.version;
  raw.announce = paper.announce;
  push(raw);
}

/// What a filter says of one paper.
class Verdict {
 public:
  [[nodiscard]] static Verdict pass() { return {GLEANER_PASS, 0, {}}; }
  /// Out; papers with the same reason are one row of the receipt.
  [[nodiscard]] static Verdict drop(std::string reason) { return {GLEANER_DROP, 0, std::move(reason)}; }
  /// In, past all other stages and cut-offs, with this total.
  [[nodiscard]] static Verdict pick(double total, std::string comment) {
    return {GLEANER_PICK, total, std::move(comment)};
  }

  std::uint8_t verdict;
  double total;
  std::string reason;  ///< of a pick: its comment, too

 private:
  Verdict(int verdict_byte, double total_score, std::string why)
      : verdict(static_cast<std::uint8_t>(verdict_byte)), total(total_score), reason(std::move(why)) {}
};

/// A few numbers without memory of their own: a scorer makes one per paper.
class AxisValues {
 public:
  AxisValues() = default;
  AxisValues(std::initializer_list<double> values) {
    for (const double value : values)
      push_back(value);
  }
  void push_back(double value) {
    if (size_ < few_.size())
      few_[size_] = value;
    else
      more_.push_back(value);
    ++size_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] double operator[](std::size_t i) const {
    return i < few_.size() ? few_[i] : more_[i - few_.size()];
  }

 private:
  std::array<double, 8> few_{};
  std::vector<double> more_{};
  std::size_t size_ = 0;
};

/// What a scorer says of one paper: a number per axis, in declared order, and a comment.
struct Score {
  Score() = default;  ///< unscored
  Score(double first, std::string why = {})
      : axes{first}, comment(std::move(why)) {}  // NOLINT(google-explicit-constructor)
  Score(std::initializer_list<double> values, std::string why = {}) : axes(values), comment(std::move(why)) {}
  AxisValues axes;
  std::string comment;
};

/// Papers to judge. Different papers may be written from different threads.
class Batch {
 public:
  Batch(const gleaner_batch& raw, const gleaner_call& call) : raw_(&raw), call_(call) {}
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(raw_->count); }
  [[nodiscard]] Paper operator[](std::size_t i) const { return Paper(*raw_->papers[i]); }
  [[nodiscard]] std::size_t axis_count() const { return static_cast<std::size_t>(raw_->axis_count); }
  void score(std::size_t i, std::size_t axis, double value) const { raw_->axes[axis][i] = value; }
  void drop(std::size_t i, std::string_view reason) const {
    raw_->verdicts[i] = GLEANER_DROP;
    raw_->reason(raw_, i, text(reason));
  }
  void pick(std::size_t i, double total, std::string_view comment) const {
    raw_->verdicts[i] = GLEANER_PICK;
    raw_->totals[i] = total;
    raw_->reason(raw_, i, text(comment));
    raw_->annotate(raw_, i, text("comment"), text(comment));
  }
  void annotate(std::size_t i, std::string_view key, std::string_view words) const {
    raw_->annotate(raw_, i, text(key), text(words));
  }
  void comment(std::size_t i, std::string_view words) const { annotate(i, "comment", words); }
  void summary(std::size_t i, std::string_view words) const { annotate(i, "summary", words); }
  [[nodiscard]] const Call& call() const { return call_; }
  [[nodiscard]] const gleaner_batch& raw() const { return *raw_; }

 private:
  const gleaner_batch* raw_;
  Call call_;
};

/// A selected or unscored paper of a digest.
class Entry {
 public:
  constexpr explicit Entry(const gleaner_entry& raw) : raw_(&raw) {}
  [[nodiscard]] constexpr Paper paper() const { return Paper(*raw_->paper); }
  [[nodiscard]] constexpr double total() const { return raw_->total; }  ///< NaN when there is none
  /// NaN when unscored on that axis.
  [[nodiscard]] constexpr double score(std::string_view axis) const {
    for (std::uint64_t i = 0; i < raw_->score_count; ++i)
      if (view(raw_->scores[i].key) == axis) return raw_->scores[i].value;
    return std::numeric_limits<double>::quiet_NaN();
  }
  [[nodiscard]] constexpr std::string_view comment() const { return view(raw_->comment); }
  [[nodiscard]] constexpr std::string_view summary() const { return view(raw_->summary); }
  [[nodiscard]] constexpr std::string_view flag() const { return view(raw_->flag); }
  [[nodiscard]] constexpr std::string_view decided_by() const { return view(raw_->decided_by); }
  [[nodiscard]] constexpr const gleaner_entry& raw() const { return *raw_; }

 private:
  const gleaner_entry* raw_;
};

/// What an output delivers.
class Digest {
 public:
  Digest(const gleaner_digest& raw, const gleaner_call& call) : raw_(&raw), call_(call) {}
  [[nodiscard]] std::string_view title() const { return view(raw_->title); }
  [[nodiscard]] std::string_view date() const { return view(raw_->date); }
  [[nodiscard]] std::string_view pipeline() const { return view(raw_->pipeline); }
  /// Everything, as JSON of schema gleaner.digest/1.
  [[nodiscard]] std::string_view json() const { return view(raw_->json); }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(raw_->paper_count); }
  [[nodiscard]] Entry operator[](std::size_t i) const { return Entry(*raw_->papers[i]); }
  [[nodiscard]] std::size_t unscored_count() const { return static_cast<std::size_t>(raw_->unscored_count); }
  [[nodiscard]] Entry unscored(std::size_t i) const { return Entry(*raw_->unscored[i]); }
  [[nodiscard]] std::string_view key() const { return view(raw_->key); }
  [[nodiscard]] bool complete() const { return raw_->complete != 0; }
  [[nodiscard]] const Call& call() const { return call_; }
  [[nodiscard]] const gleaner_digest& raw() const { return *raw_; }

 private:
  const gleaner_digest* raw_;
  Call call_;
};

}  // namespace gleaner
