// An output that streams.
#include <optional>
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  gleaner::Path path;
  int fail_after = -1;
};

struct Stream : gleaner::Output<Options> {
  static constexpr auto about = gleaner::about(
      "probe-stream", "Writes the ids of the papers as they come",
      gleaner::field("path", &Options::path, "File to write").required(),
      gleaner::field("fail_after", &Options::fail_after, "Fails at this paper; -1: never").fallback("-1"));

  void begin(const gleaner::Digest& digest) {
    written_ = 0;
    file_.emplace(host, digest.call(), options.path);
    file_->write(digest.call(), "begin " + std::string(digest.date()) + "\n");
  }
  void write(const gleaner::Call& call, std::span<const gleaner::Entry> entries) {
    for (const auto& entry : entries) {
      if (written_++ == options.fail_after)
        throw gleaner::Error("The probe fails here.", GLEANER_FAILED, "/fail_after");
      file_->write(call, std::string(entry.paper().id()) + "\n");
    }
  }
  void end(const gleaner::Call& call, bool complete) {
    if (complete) {
      file_->write(call, "end\n");
      file_->commit(call);
    }
    file_.reset();
  }

 private:
  std::optional<gleaner::FileWriter> file_;
  int written_ = 0;
};

}  // namespace

GLEANER_PLUGIN("probe-stream", "1.0.0", Stream)
