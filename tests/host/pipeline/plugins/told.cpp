// Components that pass on what their calls say of the run's date, and of the reader's holidays.
#include <string>

#include <gleaner/plugin.hpp>

namespace told {

struct Source : gleaner::Source<> {
  static constexpr auto about = gleaner::about("told", "A paper whose title is what fetch was told");
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const {
    std::string title = "fetch " + std::string(sink.call().date());
    for (const auto holiday : day.holidays())
      title += " without " + std::string(holiday);
    sink.push({.id = "told-1", .title = title});
  }
};

struct Stage : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("told", "Comments with the date judge was told");
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch.comment(i, "judge " + std::string(batch.call().date()));
  }
};

struct Later : gleaner::Filter<> {
  static constexpr auto about =
      gleaner::about("told-later", "Sums up with the date it was told after select").after_select();
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch.summary(i, "later " + std::string(batch.call().date()));
  }
};

struct PathOptions {
  gleaner::Path path;
};
struct Output : gleaner::Output<PathOptions> {
  static constexpr auto about = gleaner::about("told", "The date deliver was told",
                                               gleaner::field("path", &PathOptions::path, "File").required());
  std::string render(const gleaner::Digest& digest) const {
    return "deliver " + std::string(digest.call().date()) + "\n";
  }
};

}  // namespace told

GLEANER_PLUGIN("pipeline-told", "1.0.0", told::Source, told::Stage, told::Later, told::Output)
