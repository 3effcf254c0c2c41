// Filters and scorers: what they may write about papers, and what must not matter to it.
#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include <fmt/format.h>

#include "host/cli/conformance/raw.hpp"
#include "host/cli/conformance/use.hpp"

namespace gleaner::host::cli::conformance {
namespace {

/// Two transcripts of the same papers have to be equal.
void must_agree(const Used& first, const Used& second, std::string_view when) {
  const std::string where = difference(first.transcript, second.transcript);
  if (!where.empty()) throw Broken(fmt::format("{}: {}", when, where));
}

void same_papers_same_verdicts(Trial& trial) {
  Bench bench(trial);
  const Used first = judge(bench, ordinary_papers());
  must_agree(first, judge(bench, ordinary_papers()), "the second time");
  static_cast<void>(judge(bench, other_papers()));
  must_agree(first, judge(bench, ordinary_papers()), "after other papers");
}

/// Whether it judges each paper by itself: not one that wants the whole day or asks a server about many.
void only_local_stages(Trial& trial) {
  if (trial.can(GLEANER_WHOLE_DAY) || trial.can(GLEANER_REMOTE) || trial.can(GLEANER_PAID)) throw Absent{};
}

std::map<std::string, std::string> by_paper(Bench& bench, const Papers& papers) {
  std::map<std::string, std::string> out;
  bench.trial.doing(fmt::format("judging {} papers", papers.size()));
  const kit::Judged judged = bench.component.judge(papers);
  const auto said = lines(judged, papers);
  for (std::size_t i = 0; i < said.size(); ++i)
    out[papers[i].id] = said[i];
  return out;
}

void must_agree(const std::map<std::string, std::string>& whole,
                const std::map<std::string, std::string>& parts, std::string_view when) {
  for (const auto& [id, line] : whole) {
    const auto other = parts.find(id);
    if (other == parts.end() || other->second == line) continue;
    throw Broken(fmt::format("{}: {}", when, difference(line, other->second)));
  }
}

void batches_do_not_matter(Trial& trial) {
  only_local_stages(trial);
  Bench bench(trial);
  const Papers papers = ordinary_papers();
  const auto whole = by_paper(bench, papers);
  for (const NewPaper& paper : papers)
    must_agree(whole, by_paper(bench, {paper}), "judged in a batch of its own");
}

void order_does_not_matter(Trial& trial) {
  only_local_stages(trial);
  Bench bench(trial);
  Papers papers = ordinary_papers();
  const auto straight = by_paper(bench, papers);
  std::reverse(papers.begin(), papers.end());
  must_agree(straight, by_paper(bench, papers), "in a batch the other way round");
}

/// What hosts would refuse of what is said about all kinds of papers, one of these faults.
void no_fault(Trial& trial, std::initializer_list<std::string_view> phrases) {
  Bench bench(trial);
  const auto check = [&](const Papers& papers, const std::string& of) {
    const std::string found = first_with(judge(bench, papers).violations, phrases);
    if (!found.empty()) throw Broken(of.empty() ? found : fmt::format("of {}: {}", of, found));
  };
  check(ordinary_papers(), "");
  check({bare_paper()}, "a paper with no more than id and title");
  for (const auto& [how, paper] : hostile_papers())
    check({paper}, "a paper with " + how);
}

void verdicts_are_known(Trial& trial) {
  no_fault(trial, {"the unknown verdict"});
}
void scores_lie_in_their_range(Trial& trial) {
  no_fault(trial, {"a score outside the range"});
}
void drops_say_why(Trial& trial) {
  no_fault(trial, {"without a reason"});
}
void picks_have_a_total(Trial& trial) {
  no_fault(trial, {"without a total"});
}
void texts_are_well_formed(Trial& trial) {
  no_fault(trial, {"a text that is not UTF-8", "under the unknown key", "more than 4096 bytes",
                   "which it was not given"});
}

void takes_an_empty_batch(Trial& trial) {
  static_cast<void>(trial.settings());
  kit::FakeHost host;
  make_ready(trial, host);
  Raw raw(trial, host);
  trial.doing("judging no paper at all");
  const auto outcome = raw.judge({});
  if (!outcome.ok() && !trial.can(GLEANER_REMOTE))
    throw Broken(fmt::format("of no paper at all it says: {}", shown(outcome.message)));
}

/// What fails with plain papers, too, fails for want of something this machine has not.
void must_work_with_plain_papers(Bench& bench) {
  const Used used = judge(bench, ordinary_papers());
  if (!used.outcome.ok() && !bench.trial.can(GLEANER_REMOTE))
    throw Skipped(fmt::format("even of plain papers it says {}; --set OPTION=VALUE gives it other values",
                              shown(used.outcome.message)));
}

void takes_a_bare_paper(Trial& trial) {
  Bench bench(trial);
  must_work_with_plain_papers(bench);
  trial.doing("judging a paper with no more than id and title");
  const auto judged = bench.component.judge({bare_paper()});
  if (!judged.error.ok() && !trial.can(GLEANER_REMOTE))
    throw Broken(
        fmt::format("of a paper with no more than id and title it says: {}", shown(judged.error.message)));
}

void takes_hostile_papers(Trial& trial) {
  Bench bench(trial);
  must_work_with_plain_papers(bench);
  for (const auto& [how, paper] : hostile_papers()) {
    trial.doing("judging a paper with " + how);
    const auto judged = bench.component.judge({paper});
    if (!judged.error.ok() && !trial.can(GLEANER_REMOTE))
      throw Broken(fmt::format("of a paper with {} it says: {}", how, shown(judged.error.message)));
  }
  must_be_explained(bench.host, "");
}

void takes_any_papers(Trial& trial) {
  Bench bench(trial);
  must_work_with_plain_papers(bench);
  Random random = trial.random();
  for (int round = 0; round < 25; ++round) {
    const Papers papers = random_papers(random, 1 + random.below(30));
    const Used used = judge(bench, papers);
    if (!used.outcome.ok() && !trial.can(GLEANER_REMOTE))
      throw Broken(fmt::format("of papers made up by chance it says: {}", shown(used.outcome.message)));
    if (!used.violations.empty()) throw Broken(used.violations.front());
  }
}

void leaves_papers_untouched(Trial& trial) {
  static_cast<void>(trial.settings());
  kit::FakeHost host;
  make_ready(trial, host);
  Raw raw(trial, host);
  trial.doing(
      "judging papers that cannot be written, whose texts and results end where a page of memory does");
  static_cast<void>(raw.judge(ordinary_papers()));
}

void threads_agree(Trial& trial) {
  trial.only_with(GLEANER_CONCURRENT);
  constexpr int count = 8;
  Bench bench(trial);
  const Used alone = judge(bench, ordinary_papers());
  trial.doing("judging on eight threads at once");
  std::vector<Used> together(count);
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&bench, &together, i] {
      for (int round = 0; round < 20; ++round) {
        const Papers papers = ordinary_papers();
        const kit::Judged judged = bench.component.judge(papers);
        Used used{judged.error, {}, {}};
        for (const std::string& line : lines(judged, papers))
          used.transcript += line + "\n";
        if (round == 0 || together[static_cast<std::size_t>(i)].transcript == used.transcript)
          together[static_cast<std::size_t>(i)] = std::move(used);
        else
          return;
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  for (const Used& used : together)
    must_agree({{}, alone.transcript, {}}, used, "on one of eight threads");
}

void an_estimate_sends_nothing(Trial& trial) {
  const auto functions =
      sized_copy(static_cast<const gleaner_stage*>(sized_copy(&trial.descriptor()).functions));
  if (functions.estimate == nullptr) throw Absent{};
  Bench bench(trial);
  bench.host.set_dry_run(true);
  trial.doing("estimating what judging 12 papers would cost");
  const auto outcome = bench.component.estimate(ordinary_papers());
  if (!bench.host.http().requests().empty())
    throw Broken(fmt::format("it asked {}", shown(bench.host.http().requests().front().url)));
  if (!outcome.ok()) throw Broken(fmt::format("it says: {}", shown(outcome.message)));
  must_be_explained(bench.host, "");
}

constexpr Test stage_table[] = {
    {"stage.same_papers_same_verdicts",
     "The same papers get the same verdicts and scores, whatever was judged in between.", stages,
     same_papers_same_verdicts},
    {"stage.batches_do_not_matter",
     "A paper judged alone is judged as in company, unless the stage wants the whole day or asks a server.",
     stages, batches_do_not_matter},
    {"stage.order_does_not_matter", "Nor does it matter which papers stand before it.", stages,
     order_does_not_matter},
    {"stage.verdicts_are_known", "A verdict is pass, drop or pick.", stages, verdicts_are_known},
    {"stage.scores_lie_in_their_range", "A score lies in the range its axis declares, or is left out.",
     stages, scores_lie_in_their_range},
    {"stage.drops_say_why", "A dropped paper has a reason for the receipt.", stages, drops_say_why},
    {"stage.picks_have_a_total", "A picked paper has a finite total to be ranked by.", stages,
     picks_have_a_total},
    {"stage.texts_are_well_formed",
     "Comments, summaries and flags are UTF-8 of at most 4096 bytes, about papers of the batch.", stages,
     texts_are_well_formed},
    {"stage.takes_an_empty_batch", "A batch without papers is no error.", stages, takes_an_empty_batch},
    {"stage.takes_a_bare_paper", "Nor is a paper with no more than id and title.", stages,
     takes_a_bare_paper},
    {"stage.takes_hostile_papers",
     "Nor are huge texts, NUL bytes, other scripts, markup, and papers by 5,000 authors or none.", stages,
     takes_hostile_papers, 30},
    {"stage.takes_any_papers", "Nor is any other paper that is valid UTF-8 (seeded).", stages,
     takes_any_papers, 30},
    {"stage.leaves_papers_untouched",
     "It writes nothing but its results, and reads no text beyond its size: texts end without a NUL.", stages,
     leaves_papers_untouched},
    {"stage.threads_agree", "What says it is CONCURRENT gives eight threads at once the answers one gets.",
     stages, threads_agree, 20},
    {"stage.an_estimate_sends_nothing", "Saying what judging would cost asks no server.", stages,
     an_estimate_sends_nothing}};

}  // namespace

std::span<const Test> stage_tests() {
  return stage_table;
}

}  // namespace gleaner::host::cli::conformance
