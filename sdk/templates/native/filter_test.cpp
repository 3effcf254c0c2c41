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
  const auto papers = {kit::paper("2505.00001", "A survey of pruning"), kit::paper("2505.00002", "Sparse experts")};

  auto with = kit::make(host, *gleaner_plugin_v1.components, {{"words", kit::list("survey")}});
  const auto judged = with.judge(papers);
  claim("a title with the word is dropped", judged.papers[0].dropped());
  claim("the receipt says why", judged.papers[0].reason == "a word not wanted");
  claim("another title passes", judged.papers[1].passed());

  auto without = kit::make(host, *gleaner_plugin_v1.components, {{"words", kit::list("survey")}, {"drop", "without"}});
  claim("drop = \"without\" turns it round", without.judge(papers).papers[1].dropped());
  claim("a host has nothing to complain of", host.violations().empty());
  return failures == 0 ? 0 : 1;
}
