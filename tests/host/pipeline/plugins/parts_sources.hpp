// Sources whose papers a test writes into its pipeline.
#pragma once

#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

namespace parts {

struct GivenOptions {
  std::vector<std::string> papers;
  std::string date, origin, fail;
  gleaner::Path file;
  int announced = -1, skipped = 0;
  bool approximate = false;
  int missing = -1;
  std::string quiet;
};

/// "id|title|category,category|author,author" from the option `papers`.
gleaner::NewPaper paper_from(const std::string& line);

/// Says its date and counts, pushes its papers, then fails when told to.
struct GivenSource : gleaner::Source<GivenOptions> {
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const;
};

template <class Source>
constexpr auto given_about(std::string_view name, std::string_view summary) {
  return gleaner::about(
      name, summary,
      gleaner::field("papers", &GivenOptions::papers, "id|title|categories|authors").fallback("[]"),
      gleaner::field("date", &GivenOptions::date, "What it says its papers are of").fallback(""),
      gleaner::field("origin", &GivenOptions::origin, "Where it read that").fallback(""),
      gleaner::field("fail", &GivenOptions::fail, "Fails with these words after the last paper").fallback(""),
      gleaner::field("file", &GivenOptions::file, "Makes it a source that reads a saved feed"),
      gleaner::field("announced", &GivenOptions::announced, "Entries it says it saw; -1: it does not say")
          .fallback("-1"),
      gleaner::field("skipped", &GivenOptions::skipped, "Entries it says it left out").fallback("0"),
      gleaner::field("approximate", &GivenOptions::approximate, "Its totals are a guess").fallback("false"),
      gleaner::field("missing", &GivenOptions::missing, "Entries it says it lacks; -1: it does not say")
          .fallback("-1"),
      gleaner::field("quiet", &GivenOptions::quiet, "What says that nothing is announced").fallback(""));
}

struct Given : GivenSource {
  static constexpr auto about = given_about<Given>("given", "Papers from its options");
};

/// The same with a calendar: Monday to Friday in New York, but for one holiday.
struct Announcing : GivenSource {
  static constexpr gleaner_str holidays[] = {GLEANER_STR("2025-05-26")};
  static constexpr auto about =
      given_about<Announcing>("announcing", "Papers from its options, on weekdays")
          .announces({.time_zone = "America/New_York", .weekdays = 0x1F, .holidays = holidays});
};

struct ManyOptions {
  int count = 0, wait_after = 0;
  std::string wait_for;
  bool repeats = false;
};

/// Numbered papers; may wait for a file in the middle, so that a stage has to have begun.
struct Many : gleaner::Source<ManyOptions> {
  static constexpr auto about = gleaner::about(
      "many", "Numbered papers", gleaner::field("count", &ManyOptions::count, "How many").required(),
      gleaner::field("wait_after", &ManyOptions::wait_after, "Papers before it waits").fallback("256"),
      gleaner::field("wait_for", &ManyOptions::wait_for, "File it waits for").fallback(""),
      gleaner::field("repeats", &ManyOptions::repeats, "Every tenth paper twice").fallback("false"));
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const;
};

struct LenderOptions {
  int chunks = 0;
};

/// Lends papers and, before it is done, waits for the first ones to come back.
struct Lender : gleaner::Source<LenderOptions> {
  static constexpr auto about =
      gleaner::about("lender", "Lends papers and wants them back",
                     gleaner::field("chunks", &LenderOptions::chunks, "Chunks of 256").required());
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const;
};

struct HostileOptions {
  bool lend = false;
};

/// Views no honest source would make.
struct Hostile : gleaner::Source<HostileOptions> {
  static constexpr auto about = gleaner::about(
      "hostile", "Bad views", gleaner::field("lend", &HostileOptions::lend, "By adopt").fallback("false"));
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const;
};

struct DeafOptions {
  gleaner::Path started;
};

/// Never asks whether it is cancelled: pushes until the host takes no more.
struct Deaf : gleaner::Source<DeafOptions> {
  static constexpr auto about =
      gleaner::about("deaf", "Pushes for ever",
                     gleaner::field("started", &DeafOptions::started, "File it makes").required());
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const;
};

}  // namespace parts
