// Many requests in flight from one thread, answers in any order.
#include <charconv>
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  std::string base_url;
  int concurrency = 8;
};

struct ManyRequests : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("probe-many-requests", "Asks a server for the score of each paper, many at a time",
                     gleaner::field("base_url", &Options::base_url, "Server; asked for /score/ID").required(),
                     gleaner::field("concurrency", &Options::concurrency, "Requests in flight, 1 to 256")
                         .fallback("8")
                         .within(1, 256))
          .axis("relevance", "What the server answers")
          .whole_day()
          .remote();

  void judge(const gleaner::Batch& batch) {
    auto http = host.http(batch.call());
    std::size_t next = 0;
    const auto submit_more = [&](auto& self) -> void {
      while (next < batch.size() && http.in_flight() < static_cast<std::size_t>(options.concurrency)) {
        if (batch.call().cancelled()) return;
        const std::size_t i = next++;
        gleaner::Request request;
        request.url = options.base_url + "/score/" + std::string(batch[i].id());
        http.submit(request, [&batch, &self, i](const gleaner::Response& answer) {
          take(batch, i, answer);
          self(self);
        });
      }
    };
    submit_more(submit_more);
    http.wait_all();
    batch.call().stop_if_cancelled();
  }

 private:
  static void take(const gleaner::Batch& batch, std::size_t i, const gleaner::Response& answer) {
    int score = 0;
    const char* end = answer.body.data() + answer.body.size();
    const auto parsed = std::from_chars(answer.body.data(), end, score);
    if (!answer.ok()) return batch.annotate(i, "flag", answer.error);
    if (parsed.ec != std::errc{})
      return batch.annotate(i, "flag", "The server did not answer with a number.");
    batch.score(i, 0, score);
  }
};

}  // namespace

GLEANER_PLUGIN("probe-many-requests", "1.0.0", ManyRequests)
