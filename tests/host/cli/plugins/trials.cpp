// Filters that fail when they are made, each in its way, and one that is content.
#include <stdexcept>

#include <gleaner/plugin.hpp>

namespace {

struct Content : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("content", "Has nothing to say");
  [[nodiscard]] gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

struct Throws : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("throws", "Throws while it is made");
  void start() { throw std::runtime_error("The moon is full."); }
  [[nodiscard]] gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

/// Against the contract, but it works in a run.
struct Keeps : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("keeps", "Writes into the store while it is made");
  void start() { host.put("made", "yes"); }
  [[nodiscard]] gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

struct RevealOptions {
  gleaner::Secret key;
};
struct Reveals : gleaner::Filter<RevealOptions> {
  static constexpr auto about =
      gleaner::about("reveals", "Wants its secret while it is made",
                     gleaner::field("key", &RevealOptions::key, "A secret").required());
  void start() {
    if (host.reveal(options.key) != "sesame") throw gleaner::Error("That is another key.");
  }
  [[nodiscard]] gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

struct Cautions : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("cautions", "Warns of itself while it is made");
  void start() {
    host.info("I am made.");
    host.warn("The papers stand before most of the prompt.");
    host.warn("The papers stand before most of the prompt.");
  }
  [[nodiscard]] gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

struct PulseOptions {
  std::string base_url;
  gleaner::Secret key;
};

/// Asks its server how it is.
struct Pulse : gleaner::Filter<PulseOptions> {
  static constexpr auto about =
      gleaner::about("pulse", "Is well when its server is",
                     gleaner::field("base_url", &PulseOptions::base_url, "Of the server").required(),
                     gleaner::field("key", &PulseOptions::key, "A secret"))
          .remote();
  [[nodiscard]] gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
  void health(const gleaner::Call& call) const {
    gleaner::Request request;
    request.url = options.base_url + "/health";
    if (!options.key.empty()) request.headers.emplace_back("X-Key", host.reveal(options.key));
    const gleaner::Response response = host.http(call).send(request);
    if (response.status != GLEANER_OK) throw gleaner::Error(response.error, response.status, "/base_url");
  }
};

/// Made without the C++ layer's care.
struct Crosses : Content {};

std::int32_t throw_across(const gleaner_host*, const gleaner_call*, const gleaner_config*, void**) {
  throw std::runtime_error("nobody catches this");
}

}  // namespace

template <>
struct gleaner::detail::Descriptor<Crosses> {
  static constexpr gleaner_component make() {
    gleaner_component out = Descriptor<Content>::make();
    out.name = GLEANER_STR("crosses");
    out.create = &throw_across;
    return out;
  }
};

GLEANER_PLUGIN("trials", "1.0.0", Content, Throws, Keeps, Reveals, Cautions, Pulse, Crosses)
