// Sources that ask a server which no option of theirs spells out: one declares it, the other does not.
#include <cstdint>
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct RoamerOptions {
  std::int64_t port = 0;
  std::string base_url;
  gleaner::Secret hook;
};

struct Asking : gleaner::Source<RoamerOptions> {
  void fetch(const gleaner::Day&, gleaner::Sink& sink) {
    gleaner::Request request;
    request.url = !options.hook.empty()       ? host.reveal(options.hook)
                  : !options.base_url.empty() ? options.base_url
                                              : "http://127.0.0.1:" + std::to_string(options.port) + "/";
    const gleaner::Response response = host.http(sink.call()).send(request);
    if (!response.ok()) throw gleaner::Error(response.error, response.status);
    gleaner::NewPaper paper;
    paper.id = "url:roamer";
    paper.title = response.body;
    sink.push(paper);
  }
};

struct Roamer : Asking {
  static constexpr auto about =
      gleaner::about("roamer", "Asks a server it does not declare",
                     gleaner::field("port", &RoamerOptions::port, "Of the server on this machine"),
                     gleaner::field("base_url", &RoamerOptions::base_url, "A server"),
                     gleaner::field("hook", &RoamerOptions::hook, "The secret address of a server"))
          .remote()
          .needs_host("papers.example", "the papers");
};

struct Settled : Asking {
  static constexpr auto about =
      gleaner::about("settled", "Asks a server it declares",
                     gleaner::field("port", &RoamerOptions::port, "Of the server on this machine"),
                     gleaner::field("base_url", &RoamerOptions::base_url, "A server"),
                     gleaner::field("hook", &RoamerOptions::hook, "The secret address of a server"))
          .remote()
          .needs_host("127.0.0.1", "this machine");
};

}  // namespace

GLEANER_PLUGIN("roamer", "1.0.0", Roamer, Settled)
