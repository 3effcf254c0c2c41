#include "host/config/select.hpp"

#include <array>
#include <limits>

#include "host/config/text.hpp"
#include "host/config/top_level.hpp"

namespace gleaner::host {
namespace {

enum class Total { allowed, refused };

void check_axis(const Reader& reader, const KnownAxes& axes, const std::string& axis, const Location& where,
                Total total) {
  if (axis == "total" && total == Total::allowed) return;
  if (axis == "total") {
    reader.report().add(Code::weighted_total, where, "total cannot be weighted, it is what the weights make");
    return;
  }
  if (axes.find(axis) != nullptr) return;
  reader.report().add(Code::unknown_axis, where, axes.unknown_message(axis, total == Total::allowed));
}

/// A table of numbers by axis; { openai = { relevance = 8 } }, which is what openai.relevance = 8 means in
/// TOML, is followed.
void read_rules(const Reader& reader, const toml::node& node, const std::string& what,
                const std::string& stage, const KnownAxes& axes, Total total, std::vector<AxisRule>& out) {
  const auto* table = node.as_table();
  if (table == nullptr) {
    reader.wrong_type(node, what, "a map of numbers", "; write { relevance = 7 }");
    return;
  }
  for (const Reader::Entry& entry : reader.in_order(*table)) {
    const std::string axis = concat({stage, entry.key->str()});
    if (entry.value->is_table() && stage.empty()) {
      read_rules(reader, *entry.value, what, axis + ".", axes, total, out);
      continue;
    }
    check_axis(reader, axes, axis, reader.place(entry.key->source()), total);
    const auto number = reader.number(*entry.value, concat({quote(axis), " in ", what}));
    if (number) out.push_back({axis, *number, reader.place(entry.value->source())});
  }
}

void warn_unreachable(const Reader& reader, const KnownAxes& axes, const SelectConfig& select) {
  for (const AxisRule& rule : select.min) {
    const AxisInfo* axis = axes.find(rule.axis);
    if (axis == nullptr || rule.value <= axis->highest) continue;
    reader.report().add(Code::unreachable_min, rule.where,
                        concat({"no paper reaches ", rule.axis, " ", number_text(rule.value),
                                "; the axis ends at ", number_text(axis->highest)}));
  }
}

void read_order(const Reader& reader, const toml::node& node, const KnownAxes& axes, SelectConfig& select) {
  Reader::Places places;
  const auto order = reader.list(node, "order of [select]", {}, places);
  if (!order) return;
  select.order_given = true;
  for (std::size_t i = 0; i < order->size(); ++i) {
    const Location where = places[concat({"/", std::to_string(i)})];
    check_axis(reader, axes, (*order)[i], where, Total::allowed);
    select.order.emplace_back((*order)[i], where);
  }
}

}  // namespace

void read_select(const Reader& reader, const KnownAxes& axes, SelectConfig& select) {
  static const std::array<std::string, 4> keys{"min", "order", "limit", "weights"};
  constexpr Bounds at_least_one{{1, std::numeric_limits<double>::infinity()}};
  const toml::table* table = find_table(reader, "select");
  if (table == nullptr) return;
  for (const Reader::Entry& entry : reader.in_order(*table)) {
    const std::string_view key = entry.key->str();
    const std::string what = concat({key, " of [select]"});
    if (key == "min") {
      read_rules(reader, *entry.value, what, "", axes, Total::allowed, select.min);
    } else if (key == "weights") {
      read_rules(reader, *entry.value, what, "", axes, Total::refused, select.weights);
    } else if (key == "order") {
      read_order(reader, *entry.value, axes, select);
    } else if (key == "limit") {
      const auto limit = reader.integer(*entry.value, what, at_least_one);
      if (limit) select.limit = static_cast<std::size_t>(*limit);
    } else {
      report_unknown_in(reader, "select", *entry.key, keys);
    }
  }
  warn_unreachable(reader, axes, select);
}

}  // namespace gleaner::host
