#include "host/pipeline/select.hpp"

#include <algorithm>
#include <cmath>

namespace gleaner::host {

AxisTable::AxisTable(const std::vector<ComponentConfig>& stages) {
  for (std::size_t i = 0; i < stages.size(); ++i) {
    firsts_.push_back(slots_.size());
    for (const auto& axis : stages[i].axes) {
      slots_.push_back(
          {stages[i].name, axis.name, static_cast<std::uint16_t>(i), stages[i].info->kind == Kind::scorer});
      if (std::find(bare_.begin(), bare_.end(), axis.name) == bare_.end()) bare_.push_back(axis.name);
    }
  }
}

namespace {

bool is_named(const AxisSlot& slot, const std::string& axis) {
  const auto dot = axis.find('.');
  return dot == std::string::npos ? slot.axis == axis
                                  : axis.compare(0, dot, slot.stage) == 0 &&
                                        axis.compare(dot + 1, std::string::npos, slot.axis) == 0;
}

}  // namespace

double AxisTable::value(const RunPaper& paper, const std::string& axis) const {
  const auto values = paper.axes();
  if (values.empty()) return unscored;
  if (paper.ranked_by != no_stage)
    for (std::size_t i = slots_.size(); i-- > 0;)
      if (slots_[i].stage_index == paper.ranked_by && is_named(slots_[i], axis) && !std::isnan(values[i]))
        return values[i];
  for (std::size_t i = slots_.size(); i-- > 0;)  // from the last stage back
    if (is_named(slots_[i], axis) && !std::isnan(values[i])) return values[i];
  return unscored;
}

bool AxisTable::gives(std::uint16_t stage, const std::string& axis) const {
  return std::any_of(slots_.begin(), slots_.end(),
                     [&](const AxisSlot& slot) { return slot.stage_index == stage && is_named(slot, axis); });
}

std::vector<std::pair<std::string, double>> AxisTable::scores(const RunPaper& paper) const {
  std::vector<std::pair<std::string, double>> out;
  const auto values = paper.axes();
  if (values.empty()) return out;
  std::vector<std::string> written_twice;
  for (const auto& name : bare_) {
    const double bare = value(paper, name);
    if (!std::isnan(bare)) out.emplace_back(name, bare);
    std::size_t writers = 0;
    for (std::size_t i = 0; i < slots_.size(); ++i)
      writers += slots_[i].axis == name && !std::isnan(values[i]) ? 1u : 0u;
    if (writers > 1) written_twice.push_back(name);
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const bool twice =
        std::find(written_twice.begin(), written_twice.end(), slots_[i].axis) != written_twice.end();
    if (twice && !std::isnan(values[i])) out.emplace_back(slots_[i].stage + "." + slots_[i].axis, values[i]);
  }
  return out;
}

namespace {

double total_of(const RunPaper& paper, const SelectConfig& config, const AxisTable& axes) {
  double sum = 0;
  bool any = false;
  const auto add = [&](const std::string& axis, double weight) {
    const double value = axes.value(paper, axis);
    if (std::isnan(value)) return;
    sum += weight * value;
    any = true;
  };
  const bool stood_in = paper.ranked_by != no_stage;
  for (const auto& rule : config.weights)
    if (!stood_in || axes.gives(paper.ranked_by, rule.axis)) add(rule.axis, rule.value);
  // Without weights, and where they speak of other stages than the one that stood in.
  if (config.weights.empty() || (stood_in && !any))
    for (const auto& axis : axes.bare())
      if (!stood_in || axes.gives(paper.ranked_by, axis)) add(axis, 1);
  return any ? sum : unscored;
}

double key_of(const RunPaper& paper, const std::string& axis, const AxisTable& axes) {
  return axis == "total" ? paper.total : axes.value(paper, axis);
}

// Picks, then what the stages scored, then what a fallback did: its numbers mean something else.
int group_of(const RunPaper& paper) {
  if (paper.ranked_by != no_stage) return 2;
  return paper.picked ? 0 : 1;
}

// Best first; equals stay in the order they came in. Keys are worked out once and papers moved once: both are
// dear next to a comparison.
void rank(std::vector<RunPaper>& papers, const std::vector<std::string>& order, const AxisTable& axes) {
  std::vector<double> keys;
  std::vector<std::size_t> places(papers.size());
  keys.reserve(papers.size() * order.size());
  for (std::size_t i = 0; i < papers.size(); ++i) {
    places[i] = i;
    for (const auto& axis : order)
      keys.push_back(key_of(papers[i], axis, axes));
  }
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const int group = group_of(papers[a]);
    if (group != group_of(papers[b])) return group < group_of(papers[b]);
    if (group == 2) {
      if (ranks_before(papers[a].total, papers[b].total)) return true;
      if (ranks_before(papers[b].total, papers[a].total)) return false;
    }
    for (std::size_t k = 0; k < order.size(); ++k) {
      const double left = keys[a * order.size() + k];
      const double right = keys[b * order.size() + k];
      if (ranks_before(left, right)) return true;
      if (ranks_before(right, left)) return false;
    }
    return false;
  });
  std::vector<RunPaper> ranked;
  ranked.reserve(papers.size());
  for (const std::size_t place : places)
    ranked.push_back(std::move(papers[place]));
  papers = std::move(ranked);
}

enum class Place { selected, unscored, below };

Place place_of(const RunPaper& paper, const SelectConfig& config, const AxisTable& axes) {
  if (paper.picked) return Place::selected;
  if (paper.left_unscored) return Place::unscored;
  bool below = false;
  for (const auto& rule : config.min) {
    if (paper.ranked_by != no_stage && !axes.gives(paper.ranked_by, rule.axis)) continue;
    const double value = key_of(paper, rule.axis, axes);
    if (std::isnan(value)) return Place::unscored;
    below = below || value < rule.value;
  }
  return below ? Place::below : Place::selected;
}

}  // namespace

bool is_unscored(const RunPaper& paper, const SelectConfig& config, const AxisTable& axes) {
  if (paper.picked || paper.left_unscored) return !paper.picked;
  return std::any_of(config.min.begin(), config.min.end(), [&](const AxisRule& rule) {
    return std::isnan(rule.axis == "total" ? total_of(paper, config, axes) : axes.value(paper, rule.axis));
  });
}

// Unscored keys come last, whatever the direction of the others.
bool ranks_before(double a, double b) {
  return std::isnan(b) ? !std::isnan(a) : a > b;
}

Selection select(std::vector<RunPaper> papers, const SelectConfig& config, const AxisTable& axes) {
  Selection out;
  out.below.reserve(papers.size());  // where nearly all of a large day go
  for (auto& paper : papers) {
    if (!paper.picked) paper.total = total_of(paper, config, axes);
    switch (place_of(paper, config, axes)) {
      case Place::selected:
        out.selected.push_back(std::move(paper));
        break;
      case Place::unscored:
        out.unscored.push_back(std::move(paper));
        break;
      case Place::below:
        out.below.push_back(std::move(paper));
        break;
    }
  }
  std::vector<std::string> order;
  for (const auto& [axis, where] : config.order)
    order.push_back(axis);
  if (order.empty() && !config.order_given) order.emplace_back("total");
  rank(out.selected, order, axes);
  if (config.limit && out.selected.size() > *config.limit) {
    const auto cut = out.selected.begin() + static_cast<std::ptrdiff_t>(*config.limit);
    out.over.assign(std::make_move_iterator(cut), std::make_move_iterator(out.selected.end()));
    out.selected.erase(cut, out.selected.end());
  }
  return out;
}

}  // namespace gleaner::host
