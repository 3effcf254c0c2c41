#include "host/loader/look.hpp"

#include <csignal>
#include <optional>
#include <system_error>

#include <sys/wait.h>

#include "host/loader/look_worker.hpp"

namespace gleaner::host {
namespace {

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// The user, the system or want of memory: nothing that the plugin did.
bool was_from_outside(int signal) {
  return signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP;
}

Finding ending(int status) {
  if (!WIFSIGNALED(status)) return Mishap{Mishap::How::exited, WEXITSTATUS(status), seconds_now()};
  if (!was_from_outside(WTERMSIG(status)))
    return Mishap{Mishap::How::crashed, WTERMSIG(status), seconds_now()};
  return Reason{"the process that looked at it was killed; run the command again"};
}

/// Looks at the files that have no finding yet with one worker, as far as that goes. `slow` is the file that
/// was too slow before.
void look_on(std::span<const Candidate> files, std::chrono::milliseconds budget,
             std::optional<std::size_t>& slow, std::vector<Finding>& findings) {
  const std::size_t first = findings.size();
  LookWorker worker(files, first);
  for (std::size_t at = first; at < files.size(); ++at) {
    switch (worker.wait_for(at, std::chrono::steady_clock::now() + budget)) {
      case LookWorker::State::answered:
        findings.push_back(worker.take());
        continue;
      case LookWorker::State::hung:
        // A cold disk or a busy machine is slow once: it is blamed when it is too slow again, and alone.
        if (slow == at)
          findings.emplace_back(Mishap{Mishap::How::hung, static_cast<int>(budget.count()), seconds_now()});
        slow = at;
        return;
      case LookWorker::State::ended:
        // A thread that an earlier plugin started may have done it: only a plugin that was alone is blamed.
        if (at == first) findings.push_back(ending(worker.status()));
        return;
      case LookWorker::State::garbled:
        if (at == first) findings.emplace_back(Mishap{Mishap::How::garbled, 0, seconds_now()});
        return;
    }
  }
}

}  // namespace

std::vector<Finding> look_at(std::span<const Candidate> files, std::chrono::milliseconds budget) {
  std::vector<Finding> findings;
  findings.reserve(files.size());
  try {
    std::optional<std::size_t> slow;
    while (findings.size() < files.size())
      look_on(files, budget, slow, findings);
  } catch (const std::system_error& error) {
    // Not opened here instead: what cannot be looked at safely is not looked at.
    findings.resize(files.size(),
                    Reason{say("it could not be looked at: ", error.what(), "; run the command again")});
  }
  return findings;
}

}  // namespace gleaner::host
