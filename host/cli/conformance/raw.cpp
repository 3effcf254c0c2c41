#include "host/cli/conformance/raw.hpp"

#include <algorithm>
#include <limits>

#include "host/cli/conformance/papers.hpp"

namespace gleaner::host::cli::conformance {
namespace {

/// A store as hosts before minor 2 had it.
const void* older_service(const gleaner_host* host, gleaner_str id) {
  const void* table = kit::detail::Services::service(host, id);
  if (view(id) != GLEANER_STORE || table == nullptr) return table;
  static const gleaner_store older = [table] {
    gleaner_store out = *static_cast<const gleaner_store*>(table);
    out.size = smallest_size<gleaner_store>;
    out.put_many = nullptr;
    return out;
  }();
  return &older;
}

std::vector<kit::detail::AxisRange> axes_of(const ComponentInfo& info,
                                            const std::vector<std::string>& named) {
  std::vector<kit::detail::AxisRange> out;
  for (const AxisInfo& axis : info.axes)
    out.push_back({axis.name, axis.lowest, axis.highest});
  if (!info.can(GLEANER_NAMES_AXES) || named.empty()) return out;
  const kit::detail::AxisRange first = out.empty() ? kit::detail::AxisRange{} : out.front();
  out.clear();
  for (const std::string& name : named) {
    kit::detail::AxisRange range = first;
    for (const AxisInfo& axis : info.axes)
      if (axis.name == name) range = {axis.name, axis.lowest, axis.highest};
    range.name = name;
    out.push_back(range);
  }
  return out;
}

}  // namespace

Raw::Raw(Trial& trial, kit::FakeHost& host, RawHost as)
    : trial_(trial),
      as_(as),
      component_(sized_copy(&trial.descriptor())),
      handle_(host, trial.info().name, trial.info().capabilities) {
  handle_.raw.abi_minor = as.minor;
  if (as.minor < 2) handle_.raw.service = &older_service;
  const kit::detail::Config config(component_, trial.settings(), trial.info().name, "test@example.org");
  axes_ = axes_of(trial.info(), config.axes());
  kit::CallContext call(handle_, component_, "create");
  trial.doing("creating " + trial.info().name);
  const GuardedBlock seen = as_seen(call);
  const auto outcome = call.finish(component_.create(
      &handle_.raw, reinterpret_cast<const gleaner_call*>(seen.data()), &config.raw(), &instance_));
  if (!outcome.ok()) throw Error(outcome.message, outcome.status, outcome.option);
}

Raw::~Raw() {
  component_.destroy(instance_);
}

GuardedBlock Raw::as_seen(const kit::CallContext& call) const {
  return shortened(*call.raw(), as_.minor < 2 ? smallest_size<gleaner_call> : sizeof(gleaner_call));
}

kit::Outcome Raw::judge(const std::vector<NewPaper>& papers) {
  const auto functions = sized_copy(static_cast<const gleaner_stage*>(component_.functions));
  kit::CallContext call(handle_, component_, "judge", checked_date);
  kit::detail::FakeBatch batch(call, axes_, papers.data(), papers.size());
  const std::size_t count = papers.size();
  gleaner_batch raw = *batch.raw();  // its functions keep working: they go by the context
  Vault vault;
  std::vector<const gleaner_paper*> copies;
  for (std::size_t i = 0; i < count; ++i)
    copies.push_back(vault.keep(*raw.papers[i]));
  raw.papers = vault.keep(copies.data(), count);
  if (!as_.lends_writable) vault.lock();
  const std::vector<double> unscored(count, std::numeric_limits<double>::quiet_NaN());
  const std::vector<std::uint8_t> passed(count, GLEANER_PASS);
  const GuardedBlock verdicts = guarded_copy(passed.data(), count);
  const GuardedBlock totals = guarded_copy(unscored.data(), count);
  std::vector<GuardedBlock> columns;
  std::vector<double*> pointers;
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    columns.push_back(guarded_copy(unscored.data(), count));
    pointers.push_back(reinterpret_cast<double*>(columns.back().data()));
  }
  raw.verdicts = reinterpret_cast<std::uint8_t*>(verdicts.data());
  raw.totals = reinterpret_cast<double*>(totals.data());
  const GuardedBlock axes = guarded_copy(pointers.data(), pointers.size());
  raw.axes = reinterpret_cast<double* const*>(axes.data());
  const GuardedBlock seen = as_seen(call);
  return call.finish(functions.judge(instance_, reinterpret_cast<const gleaner_call*>(seen.data()), &raw));
}

kit::Outcome Raw::fetch(const std::string& date) {
  const auto functions = sized_copy(static_cast<const gleaner_source*>(component_.functions));
  kit::CallContext call(handle_, component_, "fetch", date);
  const kit::Wanted wanted{date, date};
  gleaner_day day{};
  day.date = text(date);
  day.today = text(date);
  day.explicit_date = 1;
  const GuardedBlock asked = shortened(day, as_.minor < 2 ? smallest_size<gleaner_day> : sizeof(gleaner_day));
  kit::detail::FakeSink sink(call, wanted, std::numeric_limits<std::uint64_t>::max());
  const GuardedBlock seen = as_seen(call);
  auto outcome = call.finish(functions.fetch(instance_, reinterpret_cast<const gleaner_call*>(seen.data()),
                                             reinterpret_cast<const gleaner_day*>(asked.data()), sink.raw()));
  kit::Fetched fetched;
  sink.finish(fetched);
  return outcome;
}

void Raw::stream(const gleaner_output& functions, const gleaner_call* call, const gleaner_digest& digest,
                 const gleaner_entry* const* papers, std::int32_t& status) {
  gleaner_digest head = digest;
  head.json = {};
  head.papers = head.unscored = nullptr;
  head.paper_count = head.unscored_count = 0;
  status = functions.begin(instance_, call, &head);
  if (status != GLEANER_OK) return;
  for (std::uint64_t i = 0; status == GLEANER_OK && i < digest.paper_count; ++i)
    status = functions.write(instance_, call, papers + i, 1);
  const auto ended = functions.end(instance_, call, status);
  status = status == GLEANER_OK ? ended : status;
}

kit::Outcome Raw::deliver(const kit::DigestPage& page) {
  const auto functions = sized_copy(static_cast<const gleaner_output*>(component_.functions));
  kit::CallContext call(handle_, component_, "deliver", page.date);
  const kit::detail::BorrowedDigest borrowed(page);
  gleaner_digest digest = borrowed.whole();
  Vault vault;
  const auto keep_entries = [&vault](const gleaner_entry* const* entries, std::uint64_t count) {
    std::vector<const gleaner_entry*> copies;
    for (std::uint64_t i = 0; i < count; ++i)
      copies.push_back(vault.keep(*entries[i]));
    return vault.keep(copies.data(), copies.size());
  };
  digest.papers = keep_entries(digest.papers, digest.paper_count);
  digest.unscored = keep_entries(digest.unscored, digest.unscored_count);
  for (gleaner_str gleaner_digest::*part :
       {&gleaner_digest::title, &gleaner_digest::date, &gleaner_digest::pipeline, &gleaner_digest::json,
        &gleaner_digest::key})
    digest.*part = vault.keep(digest.*part);
  const gleaner_digest* whole = vault.keep(&digest, 1);
  if (!as_.lends_writable) vault.lock();
  const GuardedBlock seen = as_seen(call);
  const auto* raw_call = reinterpret_cast<const gleaner_call*>(seen.data());
  std::int32_t status = GLEANER_OK;
  if (trial_.can(GLEANER_STREAMS))
    stream(functions, raw_call, *whole, whole->papers, status);
  else
    status = functions.deliver(instance_, raw_call, whole);
  return call.finish(status);
}

kit::Outcome Raw::use() {
  const Kind kind = trial_.info().kind;
  trial_.doing(kind == Kind::source   ? "fetching"
               : kind == Kind::output ? "delivering a digest"
                                      : "judging 12 papers");
  if (kind == Kind::source) return fetch(checked_date);
  if (kind == Kind::output) return deliver(ordinary_digest());
  return judge(ordinary_papers());
}

}  // namespace gleaner::host::cli::conformance
