// A secret: revealed when it is used, and only its length is told.
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  gleaner::Secret api_key;
};

struct SecretProbe : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("probe-secret", "Logs how long your key is",
                     gleaner::field("api_key", &Options::api_key, "Key").fallback("${secret:PROBE_KEY}"))
          .axis("relevance", "Always 5")
          .needs_secret("PROBE_KEY", "Any text");

  void judge(const gleaner::Batch& batch) const {
    host.info("The key has " + std::to_string(host.reveal(options.api_key).size()) + " bytes.");
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch.score(i, 0, 5);
  }
};

}  // namespace

GLEANER_PLUGIN("probe-secret", "1.0.0", SecretProbe)
