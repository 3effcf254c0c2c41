#include "host/cli/conformance/use.hpp"

#include <fmt/format.h>

#include "host/cli/conformance/settings.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli::conformance {
namespace {

std::string outcome_line(const kit::Outcome& outcome) {
  return outcome.ok() ? "" : fmt::format("status {}: {}\n", outcome.status, outcome.message);
}

std::string paper_lines(const NewPaper& paper) {
  return fmt::format("{} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {}\n", paper.id,
                     paper.title, paper.abstract, paper.url, paper.doi, paper.published, paper.journal,
                     paper.license, fmt::join(paper.authors, ", "), fmt::join(paper.affiliations, ", "),
                     fmt::join(paper.categories, ", "), paper.version, paper.announce);
}

kit::FakeHost& ready_to_make(Trial& trial, kit::FakeHost& host,
                             const std::function<void(kit::FakeHost&)>& prepare) {
  make_ready(trial, host, prepare);
  static_cast<void>(trial.settings());  // found before, so that what is done next is the creation itself
  trial.doing(fmt::format("creating {}", trial.info().name));
  return host;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', at)) {
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  if (at < text.size()) out.push_back(text.substr(at));
  return out;
}

/// Around the first byte that differs.
std::string part_of(const std::string& line, std::size_t at) {
  const std::size_t begin = at > 40 ? at - 40 : 0;
  return shown((begin > 0 ? "…" : "") + line.substr(begin, 120));
}

}  // namespace

kit::FakeHost& make_ready(Trial& trial, kit::FakeHost& host,
                          const std::function<void(kit::FakeHost&)>& prepare) {
  host.set_seed(trial.subject().seed);
  host.set_date(checked_date);
  host.http().on("", kit::Reply::unreachable("The server could not be reached."));
  set_secrets(trial.info(), host);
  if (prepare) prepare(host);
  return host;
}

Bench::Bench(Trial& for_trial, const std::function<void(kit::FakeHost&)>& prepare,
             const std::string& instance)
    : trial(for_trial),
      component(ready_to_make(for_trial, host, prepare), for_trial.descriptor(), for_trial.settings(),
                instance) {}

Used fetch(Bench& bench, const kit::Wanted& wanted) {
  bench.trial.doing(fmt::format("fetching {}", wanted.date.empty() ? "what there is" : wanted.date));
  kit::Fetched fetched = bench.component.fetch(wanted);
  Used out{fetched.error, outcome_line(fetched.error), std::move(fetched.violations)};
  for (const NewPaper& paper : fetched.papers)
    out.transcript += paper_lines(paper);
  return out;
}

std::vector<std::string> lines(const kit::Judged& judged, const Papers& papers) {
  static constexpr std::string_view verdicts[] = {"passed", "dropped", "picked"};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < judged.papers.size() && i < papers.size(); ++i) {
    const kit::Judgement& one = judged.papers[i];
    std::string line = fmt::format("{}: {}", papers[i].id, verdicts[one.verdict % 3]);
    if (one.picked()) line += fmt::format(" with {}", one.total);
    for (std::size_t axis = 0; axis < one.axes.size(); ++axis)
      line += fmt::format(", {} {}", judged.axes[axis], one.axes[axis]);
    if (!one.reason.empty()) line += fmt::format(", because {}", one.reason);
    for (const auto& [key, text] : one.annotations)
      line += fmt::format(", {} {}", key, text);
    out.push_back(std::move(line));
  }
  return out;
}

Used judge(Bench& bench, const Papers& papers) {
  bench.trial.doing(fmt::format("judging {} papers", papers.size()));
  kit::Judged judged = bench.component.judge(papers);
  Used out{judged.error, outcome_line(judged.error), {}};
  for (const std::string& line : lines(judged, papers))
    out.transcript += line + "\n";
  out.violations = std::move(judged.violations);
  return out;
}

Used deliver(Bench& bench, const kit::DigestPage& page) {
  bench.trial.doing(fmt::format("delivering a digest of {} papers", page.papers.size()));
  const std::size_t mails = bench.host.mails().size();
  kit::Delivered delivered = bench.component.deliver(page);
  Used out{delivered.error, outcome_line(delivered.error), std::move(delivered.violations)};
  for (const auto& [path, bytes] : delivered.files)
    out.transcript += fmt::format("{}\n{}\n", path, bytes);
  const auto all = bench.host.mails();
  for (std::size_t i = mails; i < all.size(); ++i)
    out.transcript += fmt::format("mail\n{}\n", all[i].content);
  return out;
}

Used use(Bench& bench) {
  const Kind kind = bench.trial.info().kind;
  if (kind == Kind::source) return fetch(bench);
  if (kind == Kind::output) return deliver(bench, ordinary_digest());
  return judge(bench, ordinary_papers());
}

Used use(Bench& bench, Random& random) {
  const Kind kind = bench.trial.info().kind;
  if (kind == Kind::source) return fetch(bench);  // its chance is what the servers answer
  if (kind == Kind::output) return deliver(bench, random_digest(random));
  return judge(bench, random_papers(random, 1 + random.below(20)));
}

std::string shown(std::string_view text) {
  return quote(text);
}

std::string difference(const std::string& first, const std::string& second) {
  if (first == second) return {};
  const auto a = split(first);
  const auto b = split(second);
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string one = i < a.size() ? a[i] : "";
    const std::string other = i < b.size() ? b[i] : "";
    if (one == other) continue;
    std::size_t at = 0;
    while (at < one.size() && at < other.size() && one[at] == other[at])
      ++at;
    return fmt::format("{}, and then {}", one.empty() ? "nothing" : part_of(one, at),
                       other.empty() ? "nothing" : part_of(other, at));
  }
  return "the same lines with other line ends";
}

std::string first_with(const std::vector<std::string>& sentences,
                       std::initializer_list<std::string_view> phrases) {
  for (const std::string& sentence : sentences)
    for (const std::string_view phrase : phrases)
      if (sentence.find(phrase) != std::string::npos) return sentence;
  return {};
}

void must_be_explained(const kit::FakeHost& host, const std::string& when) {
  const std::string found = first_with(
      host.violations(), {"without saying why", "failed without a sentence", "sentence that is not UTF-8",
                          "returned the unknown status", " said status ", " blames \""});
  if (!found.empty()) throw Broken(when.empty() ? found : fmt::format("{}: {}", when, found));
}

}  // namespace gleaner::host::cli::conformance
