// @NAME@: writes a plain list of the selected papers.
#include <gleaner/plugin.hpp>

struct Options {
  gleaner::Path path;
};

struct @CLASS@ : gleaner::Output<Options> {
  static constexpr auto about =
      gleaner::about("@NAME@", "A plain list of the selected papers",
                     gleaner::field("path", &Options::path, "Where to; - is standard output").required().example("out/{date}.txt"));

  std::string render(const gleaner::Digest& digest) const {
    std::string page = std::string(digest.title()) + ", " + std::string(digest.date()) + "\n";
    for (std::size_t i = 0; i < digest.size(); ++i) {
      const gleaner::Paper paper = digest[i].paper();
      page += "- " + std::string(paper.title()) + "\n  " + std::string(paper.url()) + "\n";
    }
    return page;
  }
};

GLEANER_PLUGIN("@NAME@", "0.1.0", @CLASS@)
