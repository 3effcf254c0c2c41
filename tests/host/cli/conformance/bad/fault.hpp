// One sound scorer and one sound output; each plugin of this folder is them with one fault.
#pragma once

#include <gleaner/plugin.hpp>

#define SCORER_ABOUT(name)                                             \
  gleaner::about(name, "Scores each paper by the length of its title") \
      .axis("relevance", "Length of the title")

/// What a sound scorer gives: 1 to 10.
inline double sound_score(const gleaner::Paper& paper) {
  return 1.0 + static_cast<double>(paper.title().size() % 10);
}
