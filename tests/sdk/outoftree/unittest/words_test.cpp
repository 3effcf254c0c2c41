// An author's own test: the plugin's source and testkit, no framework.
#include "words.cpp"

#include <gleaner/testkit.hpp>

namespace kit = gleaner::testkit;

int main() {
  kit::FakeHost host;
  auto words = kit::make<Words>(host, {{"words", kit::list("pruning", "experts")}});
  const auto judged =
      words.judge({kit::paper("2505.00001", "pruning experts"), kit::paper("2505.00002", "cats")});
  const bool right = judged.score(0, "relevance") == 8 && judged.score(1, "relevance") == 1;
  return right && host.violations().empty() ? 0 : 1;
}
