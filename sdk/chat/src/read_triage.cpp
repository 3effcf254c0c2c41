#include <algorithm>
#include <utility>

#include "json_pieces.hpp"
#include "places.hpp"
#include "read_answer.hpp"
#include "valid_text.hpp"

namespace gleaner::chat {
namespace {

bool is_reason_name(std::string_view name) {
  return same_name(name, "reason") || same_name(name, "comment");
}

class DropReader {
 public:
  explicit DropReader(std::span<const std::string> ids) : places_(ids) { out_.drops.resize(ids.size()); }

  void read(std::string_view text) {
    const Pieces pieces = find_pieces(text);
    if (pieces.cut || pieces.broken) return;  // what is missing may have been a "keep"
    for (const auto& piece : pieces.found)
      is_line(piece.value) ? take_line(piece.value) : visit(piece.value);
  }

  [[nodiscard]] TriageRead& out() { return out_; }

 private:
  // {"id", "reason"} and nothing else: an object with more in it may well speak of a paper to keep.
  static bool is_line(const Value& value) {
    bool has_id = false;
    bool has_reason = false;
    for (const auto& member : value.members()) {
      if (!is_id_name(member.name) && !is_reason_name(member.name)) return false;
      (is_id_name(member.name) ? has_id : has_reason) = true;
    }
    return has_id && has_reason;
  }

  void take_line(const Value& object) {
    out_.usable = true;
    take_object(object);
  }

  // Lists count where they are called "drop"; there may be another called "keep".
  void visit(const Value& value) {
    for (const auto& member : value.members()) {
      if (!same_name(member.name, "drop"))
        visit(member.value);
      else if (member.value.is_list())
        take_list(member.value);
      else if (member.value.is_text())
        take_wrapped(member.value.text());
    }
  }

  void take_list(const Value& list) {
    out_.usable = true;
    for (const auto& item : list.items())
      item.is_object() ? take_object(item) : take_id(item.text(), "");
  }

  void take_wrapped(std::string_view text) {
    const Pieces pieces = find_pieces(text);
    if (!pieces.cut && !pieces.broken && pieces.found.size() == 1 && pieces.found[0].value.is_list())
      take_list(pieces.found[0].value);
  }

  void take_object(const Value& object) {
    std::optional<std::string> id;
    std::string_view reason;
    for (const auto& member : object.members()) {
      if (is_reason_name(member.name)) reason = member.value.text();
      if (!is_id_name(member.name)) continue;
      if (id && *id != plain_id(member.value.text())) return;
      id = plain_id(member.value.text());
    }
    if (id) take_id(*id, reason);
  }

  void take_id(std::string_view id, std::string_view reason) {
    const auto place = places_.of(id);
    if (!place) {
      ++out_.strangers;
    } else if (!out_.drops[*place]) {
      out_.drops[*place] = as_comment(reason);
    }
  }

  Places places_;
  TriageRead out_;
};

}  // namespace

TriageRead read_triage(std::string_view text, std::span<const std::string> ids) {
  DropReader reader(ids);
  reader.read(text);
  if (!reader.out().usable) reader.read(unwrapped(text));
  return std::move(reader.out());
}

}  // namespace gleaner::chat
