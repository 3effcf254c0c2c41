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
  auto component = kit::make(host, *gleaner_plugin_v1.components, {{"path", "/list.txt"}});

  kit::DigestPage digest;
  digest.title = "Papers";
  digest.date = "2025-05-20";
  digest.papers = {{kit::paper("1", "Sparse experts")}, {kit::paper("2", "Roses")}};
  const auto delivered = component.deliver(digest);
  claim("the list holds title, date and the papers in order",
        delivered.files.at("/list.txt") ==
            "Papers, 2025-05-20\n- Sparse experts\n  https://example.org/1\n- Roses\n  https://example.org/2\n");
  claim("a host has nothing to complain of", host.violations().empty());
  return failures == 0 ? 0 : 1;
}
