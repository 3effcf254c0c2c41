// @NAME@: reads a list of papers from a file, one a line: its address, a blank, its title.
#include <fstream>

#include <gleaner/plugin.hpp>

struct Options {
  gleaner::Path file;
};

struct @CLASS@ : gleaner::Source<Options> {
  static constexpr auto about = gleaner::about(
      "@NAME@", "Papers of a list: a line each, the address and the title",
      gleaner::field("file", &Options::file, "The list; - is standard input").required().example("papers.txt"));

  void fetch(const gleaner::Day& /*day*/, gleaner::Sink& sink) {
    std::ifstream lines(options.file.is_standard_stream() ? "/dev/stdin" : options.file.text);
    if (!lines) throw gleaner::Error("The list " + options.file.text + " cannot be read.", GLEANER_NOT_FOUND, "/file");
    for (std::string line; std::getline(lines, line);) {
      sink.call().stop_if_cancelled();
      const auto blank = line.find(' ');
      if (line.starts_with('#') || blank == std::string::npos) continue;
      gleaner::NewPaper paper;
      paper.url = line.substr(0, blank);
      paper.id = "url:" + paper.url;
      paper.title = line.substr(blank + 1);
      sink.push(paper);
    }
  }
};

GLEANER_PLUGIN("@NAME@", "0.1.0", @CLASS@)
