#include "host/services/state/labels.hpp"

namespace gleaner::host::state::labels {

void put(Connection& open, const Label& label) {
  Query(open.prepared("INSERT OR REPLACE INTO label (id, version, name, value, date, given) "
                      "VALUES (?, ?, ?, ?, ?, ?)"))
      .bind(label.id, std::int64_t{label.version}, label.name, label.value, label.date, label.given)
      .run();
}

std::vector<Label> of(Connection& open, std::string_view id) {
  Query found(
      open.prepared("SELECT id, version, name, value, date, given FROM label WHERE id = ? "
                    "ORDER BY version, name"));
  found.bind(id);
  std::vector<Label> out;
  while (found.next()) {
    Label& label = out.emplace_back();
    label.id = found.text(0);
    label.version = static_cast<std::uint32_t>(found.number(1));
    label.name = found.text(2);
    label.value = found.text(3);
    label.date = found.text(4);
    label.given = found.text(5);
  }
  return out;
}

}  // namespace gleaner::host::state::labels
