// Outputs: whole files or none, through the host, the same for the same digest.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "host/cli/conformance/process_state.hpp"
#include "host/cli/conformance/raw.hpp"
#include "host/cli/conformance/use.hpp"

namespace gleaner::host::cli::conformance {
namespace {

/// What it says where it lacks something this machine has not: the program or file an example names.
bool lacks_something(const kit::Outcome& outcome) {
  return outcome.status == GLEANER_NOT_FOUND || outcome.status == GLEANER_INVALID ||
         outcome.status == GLEANER_DENIED || outcome.status == GLEANER_UNSUPPORTED;
}

/// A digest it delivers; else what it says.
Used delivered(Bench& bench, const kit::DigestPage& page, const std::string& what) {
  Used used = deliver(bench, page);
  if (lacks_something(used.outcome))
    throw Skipped(
        fmt::format("it says {}; --set OPTION=VALUE gives it other values", shown(used.outcome.message)));
  must_be_explained(bench.host, "");
  if (!used.outcome.ok() && !bench.trial.can(GLEANER_REMOTE))
    throw Broken(fmt::format("of {} it says: {}", what, shown(used.outcome.message)));
  return used;
}

void delivers_a_digest(Trial& trial) {
  Bench bench(trial);
  const Used used = delivered(bench, ordinary_digest(), "a plain digest");
  if (used.outcome.ok() && used.transcript.empty() && bench.host.http().requests().empty())
    throw Broken("it says that it delivered, but wrote no file, sent no mail and asked no server");
}

void writes_through_the_host(Trial& trial) {
  namespace fs = std::filesystem;
  static_cast<void>(trial.settings());
  const fs::path folder = fs::current_path();  // before the plugin may leave it
  const auto files = [&] {
    std::vector<std::string> out;
    std::error_code failed;  // of a folder that is none of ours, or goes while it is read
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
      out.push_back(at->path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto before = files();
  Bench bench(trial);
  static_cast<void>(deliver(bench, ordinary_digest()));
  const std::string found = first_with(bench.host.violations(), {"neither absolute nor"});
  if (!found.empty()) throw Broken(found);
  const auto after = files();
  for (const std::string& file : after)
    if (std::find(before.begin(), before.end(), file) == before.end() && file != "stdout" && file != "stderr")
      throw Broken(
          fmt::format("it wrote the file {} itself; gleaner.file/1 makes files whole or not at all", file));
}

void leaves_no_file_open(Trial& trial) {
  Bench bench(trial);
  for (const kit::DigestPage& page : {ordinary_digest(), empty_digest(), hostile_digest()}) {
    static_cast<void>(deliver(bench, page));
    const std::string found = first_with(bench.host.violations(), {"neither committed nor abandoned"});
    if (!found.empty()) throw Broken(found);
  }
}

void same_digest_same_bytes(Trial& trial) {
  Bench bench(trial);
  const Used first = deliver(bench, ordinary_digest());
  static_cast<void>(deliver(bench, empty_digest()));
  // What is sent is sent once: of the same key it would say nothing again.
  Bench other(trial);
  Bench& again = trial.can(GLEANER_REMOTE) ? other : bench;
  again.host.clock().advance(86'400'000);
  const std::string where = difference(first.transcript, deliver(again, ordinary_digest()).transcript);
  if (!where.empty()) throw Broken(fmt::format("a day later, after another digest: {}", where));
}

void takes_an_empty_digest(Trial& trial) {
  Bench bench(trial);
  static_cast<void>(delivered(bench, empty_digest(), "a digest without papers"));
}

void takes_an_incomplete_digest(Trial& trial) {
  Bench bench(trial);
  static_cast<void>(delivered(bench, unscored_digest(), "an incomplete digest of unscored papers"));
}

void takes_hostile_digests(Trial& trial) {
  Bench bench(trial);
  static_cast<void>(delivered(bench, hostile_digest(), "a digest of hostile papers"));
}

void takes_any_digest(Trial& trial) {
  Bench bench(trial);
  Random random = trial.random();
  for (int round = 0; round < 60; ++round)
    static_cast<void>(delivered(bench, random_digest(random), "a digest made up by chance"));
}

void leaves_the_digest_untouched(Trial& trial) {
  static_cast<void>(trial.settings());
  kit::FakeHost host;
  make_ready(trial, host);
  Raw raw(trial, host);
  trial.doing("delivering a digest that cannot be written, whose texts end where a page of memory does");
  static_cast<void>(raw.deliver(ordinary_digest()));
}

void a_dry_run_delivers_nothing(Trial& trial) {
  Bench bench(trial);
  bench.host.set_dry_run(true);
  const Used used = deliver(bench, ordinary_digest());
  const std::string found = first_with(bench.host.violations(), {" in a dry run."});
  if (!found.empty()) throw Broken(found);
  if (!used.transcript.empty() && used.outcome.ok()) throw Broken("it delivered the digest");
  for (const kit::SentRequest& request : bench.host.http().requests())
    if (request.method != "GET" && request.method != "HEAD")
      throw Broken(fmt::format("it sent a {} to {}", request.method, shown(request.url)));
}

void cuts_do_not_matter(Trial& trial) {
  trial.only_with(GLEANER_STREAMS);
  Bench bench(trial);
  kit::DigestPage page = ordinary_digest();
  page.run_length = page.papers.size();
  const Used whole = deliver(bench, page);
  for (const std::size_t run : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
    page.run_length = run;
    const std::string where = difference(whole.transcript, deliver(bench, page).transcript);
    if (!where.empty()) throw Broken(fmt::format("with {} papers at a time: {}", run, where));
  }
}

void gives_up_what_was_begun(Trial& trial) {
  trial.only_with(GLEANER_STREAMS);
  static_cast<void>(trial.settings());
  kit::FakeHost host;
  make_ready(trial, host);
  const gleaner_component component = sized_copy(&trial.descriptor());
  const auto functions = sized_copy(static_cast<const gleaner_output*>(component.functions));
  kit::detail::Handle handle(host, trial.info().name, trial.info().capabilities);
  const kit::detail::Config config(component, trial.settings(), trial.info().name, "test@example.org");
  kit::CallContext call(handle, component, "deliver", checked_date);
  void* instance = nullptr;
  if (component.create(&handle.raw, call.raw(), &config.raw(), &instance) != GLEANER_OK) return;
  const kit::DigestPage page = ordinary_digest();
  const kit::detail::BorrowedDigest digest(page);
  const gleaner_digest head = digest.head();
  trial.doing("beginning a digest that is then given up");
  if (functions.begin(instance, call.raw(), &head) == GLEANER_OK) {
    static_cast<void>(functions.write(instance, call.raw(), digest.papers().data(), 2));
    static_cast<void>(functions.end(instance, call.raw(), GLEANER_CANCELLED));
  }
  component.destroy(instance);
  if (!host.files().empty())
    throw Broken(fmt::format("it was told that not everything was written, and finished {} all the same",
                             shown(host.files().begin()->first)));
}

constexpr Test output_table[] = {
    {"output.delivers_a_digest", "It delivers a plain digest, and something comes of it.", outputs,
     delivers_a_digest},
    {"output.writes_through_the_host", "Files go through the host, which makes them whole or not at all.",
     outputs, writes_through_the_host},
    {"output.leaves_no_file_open", "A file it begins it commits or gives up before it returns.", outputs,
     leaves_no_file_open},
    {"output.same_digest_same_bytes",
     "The same digest gives the same bytes, a day later and after another one.", outputs,
     same_digest_same_bytes},
    {"output.takes_an_empty_digest", "A digest without papers is no error.", outputs, takes_an_empty_digest},
    {"output.takes_an_incomplete_digest", "Nor is one that is incomplete and has unscored papers only.",
     outputs, takes_an_incomplete_digest},
    {"output.takes_hostile_digests", "Nor are huge texts, NUL bytes, other scripts and markup in it.",
     outputs, takes_hostile_digests},
    {"output.takes_any_digest", "Nor is any other digest of valid UTF-8 (seeded).", outputs, takes_any_digest,
     30},
    {"output.leaves_the_digest_untouched",
     "It writes nothing into the digest, and reads no text beyond its size: texts end without a NUL.",
     outputs, leaves_the_digest_untouched},
    {"output.a_dry_run_delivers_nothing", "In a dry run nothing is written and nothing is sent.", outputs,
     a_dry_run_delivers_nothing},
    {"output.cuts_do_not_matter",
     "A streaming output gives the same bytes, however many papers come at a time.", outputs,
     cuts_do_not_matter},
    {"output.gives_up_what_was_begun", "A streaming output that is told to give up leaves nothing behind.",
     outputs, gives_up_what_was_begun}};

}  // namespace

std::span<const Test> output_tests() {
  return output_table;
}

}  // namespace gleaner::host::cli::conformance
