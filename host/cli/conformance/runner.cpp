#include "host/cli/conformance/runner.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <memory>
#include <system_error>
#include <thread>

#include <fmt/format.h>
#include <poll.h>

#include <gleaner/cpp/text.hpp>

#include "host/cli/conformance/child.hpp"
#include "host/cli/conformance/settings.hpp"
#include "host/config/text.hpp"
#include "host/loader/sized.hpp"

namespace gleaner::host::cli::conformance {
namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int slowness = 6;
#else
constexpr int slowness = 1;
#endif

constexpr int most_killed = 2;

/// A folder that goes with this value, and what is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "gleaner-check-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::system_error(errno, std::generic_category(), "a folder for the tests");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Subject subject_of(const Ask& ask, const fs::path& folder, std::uint64_t seed) {
  return {ask.file, ask.given, folder / "work", seed};
}

/// Inside the process: runs the test and says how it went.
void run_test(const Ask& ask, const Job& job, const fs::path& folder, const Say& say) {
  const std::uint64_t seed = Random::mixed(ask.seed, fmt::format("{} {}", job.test->name, job.of));
  Trial trial(subject_of(ask, folder, seed), job.component,
              [&say](std::string_view what) { say(said_doing, what); });
  try {
    job.test->run(trial);
    say(said_passed, "");
  } catch (const Broken& broken) {
    say(said_failed, broken.what());
  } catch (const Skipped& skipped) {
    say(said_skipped, skipped.what());
  } catch (const Absent&) {
    say(said_absent, "");
  } catch (const Error& error) {  // refused although it had been taken before
    say(said_failed, fmt::format("it could not be created: {}", error.what()));
  } catch (const std::bad_alloc&) {
    say(said_failed, "there was not enough memory");
  } catch (const std::exception& error) {
    say(said_failed, fmt::format("something was thrown across the contract's border: {}", error.what()));
  }
}

struct Running {
  std::size_t number;
  std::unique_ptr<ChildProcess> child;
  std::chrono::milliseconds deadline;
};

std::string doing_of(const ChildProcess& child) {
  const Said* doing = child.last(said_doing);
  return doing == nullptr ? "starting" : doing->text;
}

std::string with_errors(std::string sentence, const ChildProcess& child) {
  const std::string line = child.last_error_line();
  return line.empty() ? sentence : fmt::format("{}; its last words were {}", sentence, quote(line));
}

/// What the process left to be read, as a result.
Result judged(const Job& job, const ChildProcess& child) {
  using End = Result::End;
  Result out{End::failed, job, {}, false, child.age()};
  if (!child.ending().empty()) {
    out.happened = with_errors(fmt::format("{} while {}", child.ending(), doing_of(child)), child);
    return out;
  }
  for (const auto& [what, end] : {std::pair{said_failed, End::failed},
                                  {said_skipped, End::skipped},
                                  {said_absent, End::absent},
                                  {said_passed, End::passed}})
    if (const Said* said = child.last(what)) {
      out.end = end;
      out.happened = said->text;
      return out;
    }
  if (child.ended_plainly() && doing_of(child) == last_step) {
    out.end = End::passed;
    return out;
  }
  out.happened = with_errors(fmt::format("it ended the process while {}", doing_of(child)), child);
  return out;
}

Result timed_out(const Running& one, const Job& job) {
  Result out{Result::End::failed, job, {}, true, one.child->age()};
  out.happened = with_errors(fmt::format("it was still {} after {} seconds, and was killed",
                                         doing_of(*one.child), one.deadline.count() / 1000),
                             *one.child);
  return out;
}

/// Waits until one of the processes says something or a little time has passed: an end without a word is
/// found by asking.
void wait_for_any(const std::vector<Running>& running) {
  std::vector<pollfd> files;
  files.reserve(running.size());
  for (const Running& one : running)
    files.push_back({one.child->pipe(), POLLIN, 0});
  ::poll(files.data(), files.size(), 5);
}

class Runner {
 public:
  Runner(const Ask& ask, const std::vector<Job>& jobs) : ask_(ask), jobs_(jobs), results_(jobs.size()) {}

  std::vector<Result> run() {
    const std::size_t most = std::max(1U, std::thread::hardware_concurrency());
    while (next_ < jobs_.size() || !running_.empty()) {
      while (next_ < jobs_.size() && running_.size() < most)
        start(next_++);
      if (!running_.empty()) wait_for_any(running_);
      std::erase_if(running_, [this](Running& one) { return finished(one); });
    }
    return std::move(results_);
  }

 private:
  void start(std::size_t number) {
    const Job& job = jobs_[number];
    if (killed_[job.component.value_or(no_component)] >= most_killed) {
      results_[number] = {Result::End::skipped, job, "it hung in two tests before", false, {}};
      return;
    }
    const fs::path folder = folder_.path() / std::to_string(number);
    running_.push_back(
        {number,
         std::make_unique<ChildProcess>(
             folder, [this, &job, &folder](const Say& say) { run_test(ask_, job, folder, say); }),
         std::chrono::seconds(job.test->seconds * slowness)});
  }

  bool finished(Running& one) {
    const Job& job = jobs_[one.number];
    if (!one.child->pump()) {
      results_[one.number] = judged(job, *one.child);
    } else if (one.child->age() > one.deadline) {
      results_[one.number] = timed_out(one, job);
      ++killed_[job.component.value_or(no_component)];
    } else {
      return false;
    }
    return true;
  }

  static constexpr std::size_t no_component = static_cast<std::size_t>(-1);
  const Ask& ask_;
  const std::vector<Job>& jobs_;
  TemporaryFolder folder_;
  std::vector<Result> results_;
  std::vector<Running> running_;
  std::map<std::size_t, int> killed_;
  std::size_t next_ = 0;
};

/// Inside the process: names what is in the file.
void say_contents(const Ask& ask, const fs::path& folder, const Say& say) {
  Trial trial(subject_of(ask, folder, ask.seed), std::nullopt, [](std::string_view) {});
  try {
    const auto plugin = sized_copy(&trial.plugin());
    say(said_plugin, fmt::format("{} {}", view(plugin.name), view(plugin.version)));
    for (const Described& one : trial.described())
      say(said_part, fmt::format("{} {} {}", static_cast<std::uint32_t>(one.info.kind), one.info.name,
                                 one.info.version));
    for (const std::string& sentence : wrong_sets(trial.described(), ask.given))
      say(said_wrong, sentence);
  } catch (const Skipped&) {
    return;  // the tests of the file say why
  }
}

/// "2 words 1.0.0"
Part part_of(const std::string& line) {
  const std::size_t name = line.find(' ') + 1;
  const std::size_t version = line.find(' ', name);
  return {static_cast<std::uint32_t>(line.front() - '0'), line.substr(name, version - name),
          version == std::string::npos ? "" : line.substr(version + 1)};
}

}  // namespace

std::vector<Result> run_jobs(const Ask& ask, const std::vector<Job>& jobs) {
  return Runner(ask, jobs).run();
}

Contents read_contents(const Ask& ask) {
  const TemporaryFolder folder;
  const fs::path own = folder.path() / "contents";
  Contents out;
  std::vector<Running> one;
  one.push_back({0, std::make_unique<ChildProcess>(own, [&](const Say& say) { say_contents(ask, own, say); }),
                 std::chrono::seconds(10 * slowness)});
  while (one.front().child->pump() && one.front().child->age() < one.front().deadline)
    wait_for_any(one);
  for (const Said& said : one.front().child->said()) {
    if (said.what == said_plugin) out.plugin = said.text;
    if (said.what == said_part) out.parts.push_back(part_of(said.text));
    if (said.what == said_wrong) out.wrong_sets.push_back(said.text);
  }
  return out;
}

}  // namespace gleaner::host::cli::conformance
