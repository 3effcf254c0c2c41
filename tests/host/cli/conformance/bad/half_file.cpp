// Begins a file and forgets it where the digest has no papers.
#include <gleaner/ext/file.h>

#include "fault.hpp"

struct Options {
  gleaner::Path path;
};
struct HalfFile : gleaner::Output<Options> {
  static constexpr auto about = gleaner::about(
      "half-file", "Writes titles",
      gleaner::field("path", &Options::path, "File to write").required().example("out/{date}.txt"));
  void deliver(const gleaner::Digest& digest) const {
    std::string text;
    for (std::size_t i = 0; i < digest.size(); ++i)
      text += std::string(digest[i].paper().title()) + "\n";
    if (!text.empty()) return host.write_file(digest.call(), options.path, text);
    if (digest.call().dry_run()) return;
    const auto* files = host.find<gleaner_file>(GLEANER_FILE);
    std::uint64_t handle = 0;
    if (files == nullptr) throw gleaner::Error("There is no file service.", GLEANER_UNSUPPORTED);
    if (files->open(&host.raw(), &digest.call().raw(), gleaner::text(options.path.text), &handle) !=
        GLEANER_OK)
      throw gleaner::Error("The file could not be begun.");
  }
};
GLEANER_PLUGIN("half-file", "1.0.0", HalfFile)
