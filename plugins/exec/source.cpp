// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/source.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "plugins/common/json.hpp"
#include "plugins/exec/component.hpp"
#include "plugins/exec/sentences.hpp"
#include "plugins/json/paper_id.hpp"

namespace gleaner::exec {
namespace {

namespace bj = boost::json;

constexpr std::uint64_t kBetweenSigns = 64;  // papers between two signs of progress

std::vector<std::string> copies(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

NewPaper to_paper(const json::PaperLine& line) {
  common::PaperId id;
  json::canonical_id(line.id, id);
  NewPaper out;
  out.id = id.id;
  out.title = std::string(line.title);
  out.abstract = std::string(line.abstract);
  out.url = line.url.empty() ? id.url : std::string(line.url);
  out.doi = line.doi.empty() ? id.doi : std::string(line.doi);
  out.published = std::string(line.published);
  out.journal = std::string(line.journal);
  out.license = std::string(line.license);
  out.authors = copies(line.authors);
  out.affiliations = copies(line.affiliations);
  out.categories = copies(line.categories);
  for (const auto& [key, value] : line.extras)
    out.extras.emplace_back(key, value);
  out.version = line.version > 0 ? line.version : id.version;
  out.announce = line.announce;
  return out;
}

}  // namespace

void ExecSource::health(const Call& call) {
  check_program(options, host, facts_of(Role::source, instance_name, contact, call), call);
}

void ExecSource::fetch(const Day& day, Sink& sink) {
  const Call& call = sink.call();
  Facts facts = facts_of(Role::source, instance_name, contact, call);
  facts.date = std::string(day.date());
  facts.more["today"] = std::string(day.today());
  facts.more["explicit_date"] = day.is_explicit();
  bj::array holidays;
  for (const std::string_view holiday : day.holidays())
    holidays.emplace_back(std::string(holiday));
  facts.more["holidays"] = std::move(holidays);
  Program program(options, host, facts, call);
  if (!options.handshake) program.end_input();
  fetched_ = 0;
  program.expect([this] {
    return "it had said that all was well, after " + std::to_string(fetched_) +
           (fetched_ == 1 ? " paper" : " papers");
  });
  while (const auto line = program.next(call, {}))
    take(*line, program, sink);
  if (!program.ending().is_clean()) throw program.ended();
  host.count(GLEANER_COUNT_FETCHED, "exec", fetched_);
}

void ExecSource::take(const Line& line, const Program& program, Sink& sink) {
  if (const auto* paper = line.object.if_contains("paper"); paper != nullptr && paper->is_object())
    return push(paper->get_object(), line, program, sink);
  if (line.object.contains("id") || line.object.contains("title"))
    return push(line.object, line, program, sink);
  const std::string date = common::text_at(line.object, "date");
  if (date.empty()) return;  // of a later version, perhaps
  const std::string origin = common::text_at(line.object, "origin");
  sink.dated(date, origin.empty() ? program.name() : origin);
}

void ExecSource::push(const bj::object& paper, const Line& line, const Program& program, Sink& sink) {
  const std::string text = bj::serialize(paper);
  const json::PaperLine* read = reader_.read(text);
  if (read == nullptr)
    throw Error(
        "Line " + std::to_string(line.number) + " of " + program.name() + ": " + reader_.problem() + ".",
        GLEANER_MALFORMED);
  sink.push(to_paper(*read));
  if (++fetched_ % kBetweenSigns == 0) sink.call().progress(fetched_, 0, "papers");
}

}  // namespace gleaner::exec
