// What @NAME@ promises, told to a fake host; gleaner/testkit.hpp says what else that one can do.
#include <cstdio>
#include <filesystem>
#include <fstream>

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
  const std::string list = (std::filesystem::temp_directory_path() / "@FILE@_test.txt").string();
  std::ofstream(list) << "# a comment\nhttps://example.org/1 Sparse experts\n\nhttps://example.org/2 Roses";

  const auto fetched = kit::make(host, *gleaner_plugin_v1.components, {{"file", list}}).fetch();
  std::string papers;
  for (const auto& paper : fetched.papers) papers += paper.id + " is " + paper.title + "\n";
  claim("a line is an address and a title, but for comments and empty ones",
        papers == "url:https://example.org/1 is Sparse experts\nurl:https://example.org/2 is Roses\n");
  std::filesystem::remove(list);

  const auto missing = kit::make(host, *gleaner_plugin_v1.components, {{"file", list}}).fetch();
  claim("a list that is missing is an error of its option", missing.error.option == "/file");
  claim("a host has nothing to complain of", host.violations().empty());
  return failures == 0 ? 0 : 1;
}
