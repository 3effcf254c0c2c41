#include "host/config/axes.hpp"

#include <algorithm>
#include <set>

#include "host/config/names.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

AxisInfo named_axis(const ComponentInfo& info, const std::string& name) {
  for (const AxisInfo& declared : info.axes)
    if (declared.name == name) return declared;
  AxisInfo axis;
  axis.name = name;
  return axis;
}

std::string axis_problem(const std::string& name, bool repeated) {
  if (repeated) return concat({"the axis ", quote(name), " is named twice"});
  if (name == "total") return "an axis cannot be named total, that is the sum of the axes";
  if (!is_axis_name(name))
    return concat({quote(name), " cannot be an axis; it takes small letters, digits and '_'"});
  return "";
}

}  // namespace

std::vector<AxisInfo> axes_of(const Reader& reader, const ComponentConfig& config) {
  const ComponentInfo& info = *config.info;
  if (!is_stage(info.kind)) return {};
  const OptionValue* named = config.option("axes");
  if (!info.can(GLEANER_NAMES_AXES) || named == nullptr || named->type != OptionType::list) return info.axes;
  std::vector<AxisInfo> out;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < named->items.size(); ++i) {
    const std::string& name = named->items[i];
    const std::string problem = axis_problem(name, !seen.insert(name).second);
    if (problem.empty())
      out.push_back(named_axis(info, name));
    else
      reader.report().add(Code::bad_axes, config.place(concat({"/axes/", std::to_string(i)})), problem);
  }
  if (named->items.empty())
    reader.report().add(Code::bad_axes, named->where, concat({"axes of ", info.name, " names no axis"}));
  return out;
}

KnownAxes::KnownAxes(std::span<const ReadComponent> stages) {
  for (const ReadComponent& stage : stages) {
    if (stage.config.info == nullptr) {
      if (!stage.use.empty()) unknown_stages_.push_back(stage.use);
      continue;
    }
    if (stage.config.info->can(GLEANER_AFTER_SELECT)) continue;
    for (const AxisInfo& axis : stage.config.axes)
      given_.push_back({stage.config.name, axis});
  }
}

const AxisInfo* KnownAxes::find(std::string_view axis) const {
  for (auto each = given_.rbegin(); each != given_.rend(); ++each)
    if (each->axis.name == axis || concat({each->stage, ".", each->axis.name}) == axis) return &each->axis;
  return nullptr;
}

std::string KnownAxes::unknown_message(std::string_view axis, bool total_allowed) const {
  std::vector<std::string> bare;
  for (const Given& each : given_)
    if (std::find(bare.begin(), bare.end(), each.axis.name) == bare.end()) bare.push_back(each.axis.name);
  std::vector<std::string> all = bare;
  if (total_allowed) all.emplace_back("total");
  for (const Given& each : given_)
    all.push_back(concat({each.stage, ".", each.axis.name}));
  const std::string start = concat({"no stage gives the axis ", quote(axis)});
  const std::string meant = did_you_mean(axis, all);
  if (!meant.empty()) return start + meant;
  if (!unknown_stages_.empty())
    return concat({start, ", unless the unknown stage ", quote(unknown_stages_.front()), " does"});
  if (bare.empty()) return concat({start, "; no stage of this pipeline scores"});
  return concat({start, "; there are ", quote_all(bare)});
}

}  // namespace gleaner::host
