#include "plugins/keyword/core/matcher.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "plugins/keyword/core/nfa.hpp"

namespace gleaner::keyword {
namespace {

constexpr std::size_t kMostStates = 200'000;

using StateSet = std::vector<std::uint32_t>;  // ascending

struct HashSet {
  std::size_t operator()(const StateSet& set) const {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (std::uint32_t state : set)
      hash = (hash ^ state) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(hash ^ (hash >> 32));
  }
};

// Bytes that every edge treats alike share a class.
struct Classes {
  std::array<std::uint8_t, 256> of{};
  std::size_t count = 1;
};

Classes classes_of(const Nfa& nfa) {
  std::array<bool, 257> begins{};
  for (const Nfa::State& state : nfa.states) {
    for (const Edge& edge : state.edges) {
      begins[edge.low] = true;
      begins[edge.high + 1U] = true;
    }
  }
  Classes classes;
  std::size_t current = 0;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    if (byte > 0 && begins[byte]) ++current;
    classes.of[byte] = static_cast<std::uint8_t>(current);
  }
  classes.count = current + 1;
  return classes;
}

// The deterministic automaton whose states are the sets of states that the other one can be in.
class Subsets {
 public:
  Subsets(const Nfa& nfa, const Classes& classes) : nfa_(nfa), classes_(classes), buckets_(classes.count) {
    state_of({Nfa::kEverywhere, Nfa::kBoundary});
    fill_base();
    for (std::size_t i = 0; i < sets_.size(); ++i)
      expand(i);
  }

  std::size_t size() const { return sets_.size(); }
  std::uint32_t target(std::size_t state, std::size_t cls) const {
    return rows_[state * classes_.count + cls];
  }

  StateSet accepted(std::size_t state) const {
    StateSet phrases;
    for (std::uint32_t member : *sets_[state]) {
      if (nfa_.states[member].accepts != Nfa::kNoPhrase) phrases.push_back(nfa_.states[member].accepts);
    }
    std::sort(phrases.begin(), phrases.end());
    return phrases;
  }

 private:
  std::uint32_t state_of(StateSet set) {
    const auto [found, is_new] = known_.try_emplace(std::move(set), static_cast<std::uint32_t>(sets_.size()));
    if (!is_new) return found->second;
    if (sets_.size() == kMostStates) {
      throw std::length_error(
          "The phrases together need more than 200,000 states. Use fewer or shorter phrases.");
    }
    sets_.push_back(&found->first);
    return found->second;
  }

  // What kEverywhere alone leads to is the same from every state, and nearly all classes lead nowhere else:
  // that row is worked out once, and only the classes that another member takes are worked out again.
  void fill_base() {
    for (std::size_t cls = 0; cls < classes_.count; ++cls)
      buckets_[cls].clear();
    add_edges(Nfa::kEverywhere);
    base_sets_ = buckets_;
    for (const StateSet& set : base_sets_)
      base_.push_back(state_of(sorted(set)));
  }

  void add_edges(std::uint32_t member) {
    for (const Edge& edge : nfa_.states[member].edges) {
      for (std::size_t cls = classes_.of[edge.low]; cls <= classes_.of[edge.high]; ++cls) {
        buckets_[cls].push_back(edge.target);
      }
    }
  }

  void expand(std::size_t state) {
    for (StateSet& bucket : buckets_)
      bucket.clear();
    for (std::uint32_t member : *sets_[state]) {
      if (member != Nfa::kEverywhere) add_edges(member);
    }
    for (std::size_t cls = 0; cls < classes_.count; ++cls) {
      StateSet& bucket = buckets_[cls];
      if (!bucket.empty()) bucket.insert(bucket.end(), base_sets_[cls].begin(), base_sets_[cls].end());
      rows_.push_back(bucket.empty() ? base_[cls] : state_of(sorted(bucket)));
    }
  }

  static StateSet sorted(StateSet set) {
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    return set;
  }

  const Nfa& nfa_;
  const Classes& classes_;
  std::vector<StateSet> buckets_;    // by class, the targets from the state being expanded
  std::vector<StateSet> base_sets_;  // by class, the targets from kEverywhere
  std::vector<std::uint32_t> base_;  // and the states they make
  std::unordered_map<StateSet, std::uint32_t, HashSet> known_;
  std::vector<const StateSet*> sets_;  // the keys of known_, which stay where they are
  std::vector<std::uint32_t> rows_;
};

}  // namespace

constexpr std::size_t kLongestPhrase = 1'000;

std::string check_phrase(std::string_view phrase) {
  // Repeated words make sets of states that grow with the square of a phrase's length.
  if (phrase.size() > kLongestPhrase)
    return "A phrase has at most 1,000 bytes; look for a few words of it instead.";
  if (has_content(phrase)) return {};
  return "A phrase needs at least one letter, digit or sign to look for.";
}

Matcher::Matcher(std::span<const std::string> phrases) : phrase_count_(phrases.size()) {
  for (const std::string& phrase : phrases) {
    const std::string problem = check_phrase(phrase);
    if (!problem.empty()) throw std::invalid_argument(problem);
  }
  const Nfa nfa = build_nfa(phrases);
  const Classes classes = classes_of(nfa);
  const Subsets subsets(nfa, classes);
  classes_ = classes.count;
  for (std::size_t byte = 0; byte < 256; ++byte)
    class_of_[byte] = classes.of[fold(static_cast<std::uint8_t>(byte))];

  // Accepting states behind the others, so that one comparison a byte tells them.
  std::vector<std::uint32_t> place(subsets.size());
  std::vector<std::uint32_t> order;
  std::vector<StateSet> accepted;
  for (const bool accepting : {false, true}) {
    for (std::size_t state = 0; state < subsets.size(); ++state) {
      StateSet found = subsets.accepted(state);
      if (found.empty() == accepting) continue;
      place[state] = static_cast<std::uint32_t>(order.size() * classes_);
      order.push_back(static_cast<std::uint32_t>(state));
      if (accepting) accepted.push_back(std::move(found));
    }
  }
  table_.reserve(order.size() * classes_);
  for (std::uint32_t state : order) {
    for (std::size_t cls = 0; cls < classes_; ++cls)
      table_.push_back(place[subsets.target(state, cls)]);
  }
  start_ = place[0];
  first_accepting_ = static_cast<std::uint32_t>((order.size() - accepted.size()) * classes_);
  for (const StateSet& phrases_here : accepted) {
    accepted_begin_.push_back(static_cast<std::uint32_t>(accepted_.size()));
    accepted_.insert(accepted_.end(), phrases_here.begin(), phrases_here.end());
  }
  accepted_begin_.push_back(static_cast<std::uint32_t>(accepted_.size()));
}

void Matcher::record(std::uint32_t state, std::span<std::uint8_t> hits, std::uint8_t mark) const {
  const std::size_t index = (state - first_accepting_) / classes_;
  for (std::uint32_t i = accepted_begin_[index]; i < accepted_begin_[index + 1]; ++i) {
    std::uint8_t& hit = hits[accepted_[i]];
    hit = static_cast<std::uint8_t>(hit | mark);
  }
}

void Matcher::find(std::string_view text, std::span<std::uint8_t> hits, std::uint8_t mark) const {
  const std::uint32_t* const table = table_.data();
  const std::uint32_t first_accepting = first_accepting_;
  std::uint32_t state = start_;
  for (char c : text) {
    state = table[state + class_of_[static_cast<std::uint8_t>(c)]];
    if (state >= first_accepting) record(state, hits, mark);
  }
  state = table[state + class_of_['\n']];  // the end of a text ends a word
  if (state >= first_accepting) record(state, hits, mark);
}

}  // namespace gleaner::keyword
