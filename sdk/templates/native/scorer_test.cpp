// What @NAME@ promises, told to a fake host; gleaner/testkit.hpp says what else that one can do.
#include <cstdio>

#include <gleaner/testkit.hpp>

namespace kit = gleaner::testkit;

namespace {

int failures = 0;

void claim(const char* sentence, bool holds) {
  std::printf("%s: %s\n", holds ? "ok" : "FAILED", sentence);
  failures += holds ? 0 : 1;
}

}  // namespace

int main() {
  kit::FakeHost host;
  auto component = kit::make(host, *gleaner_plugin_v1.components, {{"words", kit::list("experts", "pruning")}});

  const auto judged = component.judge({kit::paper("2505.00001", "Sparse experts"), kit::paper("2505.00002", "Roses"),
                                       kit::paper("2505.00003", "pruning experts")});
  claim("a word in the title raises a paper", judged.score(0, "relevance") == 4);
  claim("a title without one stays at 1", judged.score(1, "relevance") == 1);
  claim("each word counts", judged.score(2, "relevance") == 7);
  claim("a host has nothing to complain of", host.violations().empty());
  return failures == 0 ? 0 : 1;
}
