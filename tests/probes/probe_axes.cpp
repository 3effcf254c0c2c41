// Axes named by an option.
#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  std::vector<std::string> axes;
};

struct Axes : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("probe-axes", "Gives 1 on the first axis, 2 on the second and so on, to 10",
                     gleaner::field("axes", &Options::axes, "Names of the axes")
                         .fallback("[\"relevance\", \"novelty\"]"))
          .axis("relevance", "Always 1")
          .axis("novelty", "Always 2")
          .names_axes();

  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i)
      for (std::size_t axis = 0; axis < batch.axis_count(); ++axis)
        batch.score(i, axis, std::min(10.0, 1.0 + static_cast<double>(axis)));
    if (batch.axis_count() != options.axes.size())
      throw gleaner::Error("The host has other axes than the option.");
  }
};

}  // namespace

GLEANER_PLUGIN("probe-axes", "1.0.0", Axes)
