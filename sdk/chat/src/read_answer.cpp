#include "read_answer.hpp"

#include <algorithm>
#include <utility>

#include "json_pieces.hpp"
#include "places.hpp"
#include "valid_text.hpp"

namespace gleaner::chat {
namespace {

constexpr double lowest_score = 1;
constexpr double highest_score = 10;

// A name of a member that is an id rather than a word: {"2505.01557": {…}}.
bool looks_like_id(std::string_view name) {
  return name.find_first_of("0123456789") != std::string_view::npos &&
         name.find_first_of("./:") != std::string_view::npos;
}

std::string quoted(std::string_view word) {
  return "\"" + std::string(word) + "\"";
}

class ScoreReader {
 public:
  ScoreReader(std::span<const std::string> ids, std::span<const std::string> axes)
      : ids_(ids), axes_(axes), places_(ids), spoiled_(ids.size(), false) {
    out_.papers.resize(ids.size());
  }

  /// Whether there was an entry in it, of whatever use.
  bool read(std::string_view text) {
    const Pieces pieces = find_pieces(text);
    for (const auto& piece : pieces.found)
      visit(piece.value, piece.name);
    cut_ = pieces.cut;
    broken_ = pieces.broken;
    return entries_ > 0;
  }

  ScoresRead done() {
    if (out_.fault.empty()) out_.fault = fault_of_the_whole();
    return std::move(out_);
  }

 private:
  /// What an object says it is about.
  struct Entry {
    std::vector<std::string_view> ids;
    bool has_axis = false;
    bool has_parts = false;  ///< members that are objects or lists
  };

  void visit(const Value& value, std::string_view name) {
    for (const auto& item : value.items())
      visit(item, "");
    if (!value.is_object()) return;
    const Entry entry = entry_of(value, name);
    if (entry.ids.empty() && entry.has_axis) return take_nameless(name);
    // An object with an id and parts but no scores is what entries are wrapped in: {"id": "msg_1", "papers":
    // […]}.
    if (!entry.ids.empty() && (entry.has_axis || !entry.has_parts)) return take(value, entry);
    for (const auto& member : value.members())
      same_name(member.name, "papers") && member.value.is_text() ? visit_wrapped(member.value.text())
                                                                 : visit(member.value, member.name);
  }

  // The list as a text within the object: what some servers make of a tool's input.
  void visit_wrapped(std::string_view text) {
    if (is_within_text_) return;
    is_within_text_ = true;
    for (const auto& piece : find_pieces(text).found)
      visit(piece.value, piece.name);
    is_within_text_ = false;
  }

  [[nodiscard]] Entry entry_of(const Value& object, std::string_view name) const {
    Entry out;
    if (!name.empty() && places_.of(name)) out.ids.push_back(name);
    for (const auto& member : object.members()) {
      if (is_id_name(member.name)) out.ids.push_back(member.value.text());
      out.has_axis = out.has_axis || std::any_of(axes_.begin(), axes_.end(), [&](const std::string& axis) {
                       return same_name(axis, member.name);
                     });
      out.has_parts = out.has_parts || member.value.is_object() || member.value.is_list();
    }
    return out;
  }

  void take_nameless(std::string_view name) {
    ++entries_;
    if (looks_like_id(name)) return take_stranger(name);
    complain("An entry has no id.");
  }

  void take_stranger(std::string_view id) {
    ++out_.strangers;
    complain("No paper with the id " + quoted(shown_id(id)) + " was asked about.");
  }

  void take(const Value& object, const Entry& entry) {
    ++entries_;
    const std::string_view id = entry.ids.front();
    for (const auto other : entry.ids)
      if (plain_id(other) != plain_id(id))
        return complain("One entry has two ids, " + quoted(shown_id(id)) + " and " + quoted(shown_id(other)) +
                        ".");
    const auto place = places_.of(id);
    if (!place) return take_stranger(id);
    Judged judged;
    for (const auto& axis : axes_) {
      const auto score = score_of(object, axis, ids_[*place]);
      if (score) judged.scores.push_back(*score);
    }
    if (judged.scores.size() < axes_.size()) {
      if (entry.has_axis) spoil(*place);
      return;
    }
    for (const auto& member : object.members())
      if (same_name(member.name, "comment")) judged.comment = as_comment(member.value.text());
    settle(*place, std::move(judged));
  }

  [[nodiscard]] std::optional<double> score_of(const Value& object, const std::string& axis,
                                               const std::string& id) {
    std::optional<double> out;
    for (const auto& member : object.members()) {
      if (!same_name(member.name, axis)) continue;
      const double score = member.value.number();
      if (!(score >= lowest_score && score <= highest_score)) {
        complain("The " + quoted(axis) + " of " + id + " is not a number from 1 to 10.");
        return std::nullopt;
      }
      if (out && *out != score) {
        complain("The entry of " + id + " has two values of " + quoted(axis) + ".");
        return std::nullopt;
      }
      out = score;
    }
    if (!out) complain("The entry of " + id + " has no " + quoted(axis) + ".");
    return out;
  }

  void settle(std::size_t place, Judged judged) {
    if (spoiled_[place]) return;
    auto& paper = out_.papers[place];
    if (!paper) {
      paper = std::move(judged);
    } else if (paper->scores != judged.scores) {
      complain("There are entries with different scores for " + ids_[place] + ".");
      spoil(place);
    }
  }

  void spoil(std::size_t place) {
    spoiled_[place] = true;
    out_.papers[place].reset();
  }

  void complain(std::string sentence) {
    if (out_.fault.empty()) out_.fault = std::move(sentence);
  }

  [[nodiscard]] std::string fault_of_the_whole() const {
    const auto unanswered = std::find(out_.papers.begin(), out_.papers.end(), std::nullopt);
    if (unanswered == out_.papers.end()) return {};
    if (cut_) return "The answer was cut off.";
    if (broken_) return "The answer was no valid JSON.";
    if (entries_ == 0) return "The answer held no scores as JSON.";
    return "There was no entry for " + ids_[static_cast<std::size_t>(unanswered - out_.papers.begin())] + ".";
  }

  std::span<const std::string> ids_, axes_;
  Places places_;
  std::vector<bool> spoiled_;
  std::size_t entries_ = 0;
  bool is_within_text_ = false;
  bool cut_ = false;
  bool broken_ = false;
  ScoresRead out_;
};

}  // namespace

ScoresRead read_scores(std::string_view text, std::span<const std::string> ids,
                       std::span<const std::string> axes) {
  ScoreReader reader(ids, axes);
  if (reader.read(text)) return reader.done();
  const std::string inner = unwrapped(text);
  if (!inner.empty()) reader.read(inner);
  return reader.done();
}

}  // namespace gleaner::chat
