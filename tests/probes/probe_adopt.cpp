// A source that hands papers over without a copy. The host may keep them after the instance is gone, so the
// chunk owns everything its release function needs.
#include <array>
#include <fstream>
#include <memory>
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  gleaner::Path releases;
  int chunks = 2;
};

struct Chunk {
  static constexpr std::size_t count = 3;
  std::array<std::string, count> ids, titles;
  std::array<gleaner_paper, count> papers{};
  std::string log_path;

  static void release(void* owner) {
    const std::unique_ptr<Chunk> chunk(static_cast<Chunk*>(owner));
    std::ofstream(chunk->log_path, std::ios::app) << "released " << chunk->ids[0] << "\n";
  }
};

struct Adopt : gleaner::Source<Options> {
  static constexpr auto about = gleaner::about(
      "probe-adopt", "Lends its papers and writes a line when they come back",
      gleaner::field("releases", &Options::releases, "File that gets one line a released chunk").required(),
      gleaner::field("chunks", &Options::chunks, "Chunks of three papers, 0 to 30")
          .fallback("2")
          .within(0, 30));

  void fetch(const gleaner::Day&, gleaner::Sink& sink) const {
    for (int c = 0; c < options.chunks; ++c) {
      auto chunk = make_chunk(c);
      const auto* papers = chunk->papers.data();
      // From here on the host owns it, also when it refuses.
      const auto status = sink.raw().adopt(&sink.raw(), papers, Chunk::count, sizeof(gleaner_paper),
                                           &Chunk::release, chunk.release());
      if (status != GLEANER_OK) throw gleaner::Sink::Stopped{status};
    }
  }

 private:
  [[nodiscard]] std::unique_ptr<Chunk> make_chunk(int number) const {
    auto chunk = std::make_unique<Chunk>();
    chunk->log_path = options.releases.text;
    for (std::size_t i = 0; i < Chunk::count; ++i) {
      const std::string digits = std::to_string(static_cast<std::size_t>(number) * Chunk::count + i);
      chunk->ids[i] = "2505." + std::string(5 - digits.size(), '0') + digits;
      chunk->titles[i] = "A lent paper that is long enough to live on the heap, number " + digits;
      auto& paper = chunk->papers[i];
      paper.size = sizeof paper;
      paper.id = gleaner::text(chunk->ids[i]);
      paper.title = gleaner::text(chunk->titles[i]);
    }
    return chunk;
  }
};

}  // namespace

GLEANER_PLUGIN("probe-adopt", "1.0.0", Adopt)
