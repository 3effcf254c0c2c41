// All annotations.
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Comments : gleaner::Scorer<> {
  static constexpr auto about =
      gleaner::about("probe-comments", "Annotates every paper with comment, flag and summary")
          .axis("relevance", "Always 5");

  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const std::string title(batch[i].title());
      batch.score(i, 0, 5);
      batch.comment(i, "Comment on " + title);
      batch.summary(i, "Summary of " + title);
      batch.annotate(i, "flag", "probe");
    }
  }
};

}  // namespace

GLEANER_PLUGIN("probe-comments", "1.0.0", Comments)
