// Components that do their worst when a test tells them to, and one that tells what a worker lets it do.
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gleaner/plugin.hpp>

extern char** environ;

namespace {

struct DeedOptions {
  std::string how, on;
  gleaner::Path mark;
};

void do_it(const DeedOptions& options) {
  const auto& how = options.how;
  if (how == "segv") ::raise(SIGSEGV);
  if (how == "abort") std::abort();
  if (how == "exit") std::exit(0);
  if (how == "kill") ::raise(SIGKILL);
  if (how == "loop") {
    if (!options.mark.empty()) std::ofstream(options.mark.text) << ::getpid();
    while (true)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (how == "once" && !std::ifstream(options.mark.text)) {
    std::ofstream(options.mark.text) << "done\n";
    ::raise(SIGSEGV);
  }
  if (how == "memory") {
    std::vector<std::string> all;
    while (true)
      all.emplace_back(std::size_t{16} << 20, 'x');
  }
  if (how == "files")
    for (int i = 0; i < 300; ++i)
      if (::open("/dev/null", O_RDONLY) < 0)
        throw gleaner::Error("Open number " + std::to_string(i) + " failed.");
  if (how == "garbage") {
    const std::string noise(4096, '\xA5');
    (void)!::write(3, noise.data(), noise.size());
    ::pause();
  }
  if (how == "deaf") {
    ::close(3);
    ::pause();
  }
  if (how == "fork" && ::fork() == 0) return;
}

template <class Base>
constexpr auto deed(std::string_view name) {
  return gleaner::about(name, "Misbehaves",
                        gleaner::field("how", &DeedOptions::how, "What it does").fallback(""),
                        gleaner::field("on", &DeedOptions::on, "Ids at which, with spaces").fallback(""),
                        gleaner::field("mark", &DeedOptions::mark, "A file it makes"));
}

bool is_on(const DeedOptions& options, std::string_view id) {
  return (" " + options.on + " ").find(" " + std::string(id) + " ") != std::string::npos;
}

/// Scores one paper after the other.
struct Beast : gleaner::Scorer<DeedOptions> {
  static constexpr auto about = deed<Beast>("beast").axis("relevance", "Always 5");
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (is_on(options, batch[i].id())) do_it(options);
      batch.score(i, 0, 5);
      batch.comment(i, "seen " + std::string(batch[i].title()));
    }
  }
};

/// Says nothing of any paper.
struct Silent : gleaner::Filter<DeedOptions> {
  static constexpr auto about = deed<Silent>("silent");
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (is_on(options, batch[i].id())) do_it(options);
  }
};

struct Costly : gleaner::Scorer<DeedOptions> {
  static constexpr auto about = deed<Costly>("costly").axis("relevance", "Always 5").paid();
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::ofstream(options.mark.text, std::ios::app) << "asked\n";
      if (is_on(options, batch[i].id())) do_it(options);
      batch.score(i, 0, 5);
    }
  }
};

/// Dies when it is made, or when it goes.
struct Mayfly : gleaner::Scorer<DeedOptions> {
  static constexpr auto about = deed<Mayfly>("mayfly").axis("relevance", "Always 5");
  void start() const {
    if (options.on == "create") do_it(options);
  }
  ~Mayfly() {
    if (options.on == "destroy") do_it(options);
  }
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch.score(i, 0, 5);
  }
};

struct Spring : gleaner::Source<DeedOptions> {
  static constexpr auto about = deed<Spring>("spring");
  void fetch(const gleaner::Day&, gleaner::Sink& sink) const {
    for (int i = 0; i < 600; ++i) {
      gleaner::NewPaper paper;
      paper.id = "p" + std::to_string(1000 + i);
      paper.title = "Title " + std::to_string(i);
      if (is_on(options, paper.id)) do_it(options);
      sink.push(paper);
    }
  }
};

struct PageOptions {
  std::string how;
  gleaner::Path path;
};

struct Page : gleaner::Output<PageOptions> {
  static constexpr auto about =
      gleaner::about("page", "Dies half-way", gleaner::field("how", &PageOptions::how, "How").fallback(""),
                     gleaner::field("path", &PageOptions::path, "File").required());
  void deliver(const gleaner::Digest& digest) const {
    gleaner::FileWriter file(host, digest.call(), options.path);
    file.write(digest.call(), std::string(1 << 20, 'x'));
    do_it({options.how, {}, {}});
    file.commit(digest.call());
  }
};

struct TellOptions {
  gleaner::Secret key;
};

/// One line of facts a comment.
struct Teller : gleaner::Scorer<TellOptions> {
  static constexpr auto about =
      gleaner::about("teller", "Tells what it may do", gleaner::field("key", &TellOptions::key, "A secret"))
          .axis("relevance", "Always 5")
          .whole_day();

  static std::string connection() {
    const int raw = ::socket(AF_INET, SOCK_STREAM, 0);
    if (raw < 0) return std::strerror(errno);
    ::close(raw);
    return "allowed";
  }
  static std::string environment() {
    std::string out;
    for (char** at = environ; *at != nullptr; ++at)
      out += std::string(*at) + "\n";
    return out;
  }
  void judge(const gleaner::Batch& batch) const {
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch.score(i, 0, 5);
    host.put("a", "1");
    host.put("b", "2");
    const std::string stored =
        host.get("a").value_or("-") + host.get("b").value_or("-") + host.get("c").value_or("-");
    host.put("pid", std::to_string(::getpid()));
    std::string cmdline;
    std::getline(std::ifstream("/proc/self/cmdline"), cmdline, '\0');
    batch.comment(0, "socket: " + connection());
    batch.comment(1, "store: " + stored);
    batch.comment(2, "secret: " + host.reveal(options.key).substr(0, 6));
    batch.comment(3, environment().find("ISOLATION_TEST_KEY") == std::string::npos ? "environment: clean"
                                                                                   : "environment: leaks");
    batch.comment(4, "pid: " + std::to_string(::getpid()));
  }
};

}  // namespace

GLEANER_PLUGIN("beasts", "1.2.0", Beast, Silent, Costly, Mayfly, Spring, Page, Teller)
