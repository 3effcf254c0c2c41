// Sources, stages and outputs for claims about the pipeline, in one plugin.
#include <fstream>
#include <string>

#include "parts_sources.hpp"
#include "parts_stages.hpp"

namespace parts {

struct PathOptions {
  gleaner::Path path;
};

/// The digest as JSON, as it came.
struct Dump : gleaner::Output<PathOptions> {
  static constexpr auto about = gleaner::about("dump", "The digest's JSON",
                                               gleaner::field("path", &PathOptions::path, "File").required());
  std::string render(const gleaner::Digest& digest) const { return std::string(digest.json()); }
};

/// The digest's views, one fact a line.
struct Views : gleaner::Output<PathOptions> {
  static constexpr auto about = gleaner::about("views", "The digest's views",
                                               gleaner::field("path", &PathOptions::path, "File").required());
  std::string render(const gleaner::Digest& digest) const {
    std::string out = "key " + std::string(digest.key()) + "\nattempt " +
                      std::to_string(digest.raw().attempt) + "\ncomplete " +
                      (digest.complete() ? "yes" : "no") + "\n";
    for (std::size_t i = 0; i < digest.size(); ++i)
      out += "paper " + std::string(digest[i].paper().id()) + "\n";
    return out;
  }
};

struct RefuseOptions {
  gleaner::Path path;
  bool half = false;
};

/// Does not deliver; leaves a file half written when told to.
struct Refuse : gleaner::Output<RefuseOptions> {
  static constexpr auto about = gleaner::about(
      "refuse", "Fails", gleaner::field("path", &RefuseOptions::path, "File").required(),
      gleaner::field("half", &RefuseOptions::half, "Writes before it fails").fallback("false"));
  void deliver(const gleaner::Digest& digest) const {
    if (options.half) {
      gleaner::FileWriter file(host, digest.call(), options.path);
      file.write(digest.call(), std::string(1 << 20, 'x'));
      throw gleaner::Error("It failed half-way.");
    }
    throw gleaner::Error("The server does not want it.", GLEANER_DENIED, "/path");
  }
};

struct PostOptions {
  std::string mailbox;
};

/// Sends: a line in the mailbox a message, which cannot be taken back. A file "….closed" beside it is a
/// server that refuses.
struct Post : gleaner::Output<PostOptions> {
  static constexpr auto about =
      gleaner::about("post", "Sends a line",
                     gleaner::field("mailbox", &PostOptions::mailbox, "File").required())
          .remote();
  void deliver(const gleaner::Digest& digest) const {
    if (std::ifstream(options.mailbox + ".closed")) throw gleaner::Error("The mailbox is closed.");
    std::ofstream(options.mailbox, std::ios::app)
        << digest.key() << " " << digest.date() << " attempt " << digest.raw().attempt << " papers "
        << digest.size() << "\n";
  }
};

}  // namespace parts

GLEANER_PLUGIN("pipeline-parts", "1.0.0", parts::Given, parts::Announcing, parts::Many, parts::Lender,
               parts::Hostile, parts::Deaf, parts::Rule, parts::Scores, parts::Counter, parts::Busy,
               parts::Faulty, parts::Fails, parts::Leak, parts::Dump, parts::Views, parts::Refuse,
               parts::Post)
