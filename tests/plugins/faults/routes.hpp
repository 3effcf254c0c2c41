// Every way in which a component asks a server, with what a good server says.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gleaner::faults {

/// A good answer.
struct Page {
  std::string path;
  std::string type;  ///< Content-Type
  std::string body;
};

/// What an encoding other than UTF-8 comes to.
enum class Reading {
  refused,  ///< a sentence, no papers
  read,     ///< the papers, their titles right
};

struct Route {
  std::string name;       ///< "arxiv_rss"
  std::string component;  ///< as sentences name it
  std::string now;        ///< the program's clock
  std::string date;       ///< of the run; empty: today, without --date
  std::string table;      ///< of the pipeline, with SERVER where the address of the server stands
  std::vector<Page> pages{};
  std::size_t asked = 0;              ///< of the pages: the one that is at fault
  std::size_t largest = 32;           ///< MiB that the component takes for it
  std::vector<std::string> papers{};  ///< identifiers in a good run's digest, in alphabetical order
  std::string accented = "café";      ///< a word in it that is no ASCII
  std::string server{};               ///< its name, where sentences may have that instead of the address
  bool is_stage = false;              ///< it judges papers that are there already
  Reading latin1 = Reading::read;
  Reading utf16 = Reading::read;

  [[nodiscard]] const Page& page() const { return pages.at(asked); }
};

[[nodiscard]] const std::vector<Route>& routes();

/// The pipeline file: the route's table with these further lines, and an output "day.json".
[[nodiscard]] std::string pipeline(const Route& route, const std::string& server, const std::string& lines);

/// A file of papers, "papers.jsonl", and the source that reads it.
[[nodiscard]] std::string saved_papers();
inline const std::string kSavedPapersSource = "[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n";

}  // namespace gleaner::faults
