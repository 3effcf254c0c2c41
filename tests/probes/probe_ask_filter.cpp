// A filter that asks a server once a batch.
#include <set>
#include <sstream>
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  std::string base_url;
};

struct AskFilter : gleaner::Filter<Options> {
  static constexpr auto about =
      gleaner::about(
          "probe-ask-filter", "Drops the papers a server names",
          gleaner::field("base_url", &Options::base_url, "Server; gets the ids as POST /filter").required())
          .batch(4)
          .remote();

  void judge(const gleaner::Batch& batch) {
    gleaner::Request request;
    request.url = options.base_url + "/filter";
    for (std::size_t i = 0; i < batch.size(); ++i)
      request.body += std::string(batch[i].id()) + "\n";
    const auto answer = host.http(batch.call()).send(request);
    if (!answer.ok()) throw gleaner::Error(answer.error, answer.status);
    const auto unwanted = lines(answer.body);
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (unwanted.contains(std::string(batch[i].id()))) batch.drop(i, "the server does not want it");
  }

 private:
  static std::set<std::string> lines(const std::string& body) {
    std::istringstream in(body);
    std::set<std::string> out;
    for (std::string line; std::getline(in, line);)
      out.insert(line);
    return out;
  }
};

}  // namespace

GLEANER_PLUGIN("probe-ask-filter", "1.0.0", AskFilter)
