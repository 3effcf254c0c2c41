// Creation: from options to an instance, or to a sentence that says which option cannot work.
#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "host/cli/conformance/memory.hpp"
#include "host/cli/conformance/process_state.hpp"
#include "host/cli/conformance/settings.hpp"
#include "host/cli/conformance/use.hpp"

namespace gleaner::host::cli::conformance {
namespace {

void works_with_its_examples(Trial& trial) {
  check_creation(trial);
}

kit::Settings with(kit::Settings settings, const std::string& option, kit::OptionValue value) {
  std::erase_if(settings, [&](const kit::Given& each) { return each.name == option; });
  settings.push_back({option, std::move(value)});
  return settings;
}

std::string repeated_text(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i)
    out += piece;
  return out;
}

/// One option at one value, and how to say so.
struct Draw {
  std::string option;
  std::string what;
  kit::OptionValue value;
};

/// Where it is about several options ("give `url` or `file`") no pointer can say so, but the sentence can.
bool names_an_option(Trial& trial, std::string_view sentence) {
  const auto& options = trial.info().options;
  return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) {
    return sentence.find(option.name) != std::string_view::npos;
  });
}

/// Made, or refused with a sentence that names an option there is.
void must_end_well(Trial& trial, const kit::Settings& settings, const std::string& with_what) {
  trial.doing("creating it with " + with_what);
  kit::FakeHost host;
  make_ready(trial, host);
  try {
    const kit::Component made(host, trial.descriptor(), settings);
  } catch (const kit::BadSettings&) {
    return;  // the host's own checks refuse it: it never comes to create
  } catch (const Error& error) {
    if (error.status() == GLEANER_INVALID && error.option().empty() && !names_an_option(trial, error.what()))
      throw Broken(fmt::format("with {} it says that an option is wrong, but not which: {}", with_what,
                               shown(error.what())));
  }
  must_be_explained(host, "with " + with_what);
}

std::vector<Draw> at_bounds(const OptionInfo& option) {
  std::vector<Draw> out;
  if (!option.bounds) return out;
  for (const double bound : {option.bounds->first, option.bounds->second}) {
    if (!std::isfinite(bound) || std::abs(bound) > 9e15) continue;
    const std::string what = fmt::format("{} = {}", option.name, bound);
    if (option.type == OptionType::integer)
      out.push_back({option.name, what, static_cast<std::int64_t>(bound)});
    if (option.type == OptionType::number) out.push_back({option.name, what, bound});
    if (option.type == OptionType::duration && bound >= 0)
      out.push_back({option.name, what + "ms", fmt::format("{}ms", static_cast<std::int64_t>(bound))});
    if (option.type == OptionType::map) out.push_back({option.name, what, kit::map({{"x", bound}})});
  }
  return out;
}

void takes_its_bounds(Trial& trial) {
  std::size_t drawn = 0;
  for (const OptionInfo& option : trial.info().options)
    for (Draw& draw : at_bounds(option)) {
      must_end_well(trial, with(trial.settings(), draw.option, std::move(draw.value)), draw.what);
      ++drawn;
    }
  if (drawn == 0) throw Absent{};
}

std::vector<std::pair<std::string, std::string>> odd_texts() {
  return {{"\"\"", ""},
          {"a space", " "},
          {"a text of 100 kB", repeated_text("long ", 20'000)},
          {"a text with a NUL in it", std::string("a\0b", 3)},
          {"a text with line ends", "a\nb\r\n"},
          {"letters of other scripts", "Größe 量子 \u202Eأبجد 👩‍🔬"},
          {"brackets and quotes", "\"'`([{<\\%s{}$$${"},
          {"a path that is not there", "/nowhere/at/all"},
          {"an address that is none", "http://"}};
}

std::vector<Draw> odd_values(const OptionInfo& option) {
  const std::string& name = option.name;
  const auto named = [&](const std::string& what) { return name + " = " + what; };
  constexpr double most = std::numeric_limits<double>::max();
  std::vector<Draw> out;
  switch (option.type) {
    case OptionType::string:
    case OptionType::path:
    case OptionType::secret:
      for (auto& [what, text] : odd_texts())
        out.push_back({name, named(what), text});
      break;
    case OptionType::list:
      out.push_back({name, named("[]"), std::vector<std::string>{}});
      for (auto& [what, text] : odd_texts())
        out.push_back({name, named("[" + what + "]"), kit::list(text)});
      out.push_back({name, named("a list of 5,000 texts"), std::vector<std::string>(5'000, "word")});
      break;
    case OptionType::map:
      out.push_back({name, named("{}"), kit::map({})});
      for (auto& [what, text] : odd_texts())
        out.push_back({name, named("{ " + what + " = 1 }"), kit::map({{text, 1.0}})});
      out.push_back({name, named("{ x = a huge number }"), kit::map({{"x", most}})});
      break;
    case OptionType::table:
      for (const char* json : {"{}", R"({"a":{"b":[1,null,"c"]}})", R"({"":0,"\u0000":1e308})"})
        out.push_back({name, named(json), kit::table(json)});
      break;
    case OptionType::integer:
      for (const std::int64_t value :
           {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max(),
            std::numeric_limits<std::int64_t>::min()})
        out.push_back({name, named(std::to_string(value)), value});
      break;
    case OptionType::number:
      for (const double value : {0.0, -0.0, 1e-300, most, -most})
        out.push_back({name, named(fmt::format("{}", value)), value});
      break;
    case OptionType::duration:
      for (const char* value : {"0ms", "0.5ms", "10000d"})
        out.push_back({name, named(value), value});
      break;
    case OptionType::enumeration:
      for (const std::string& choice : option.choices)
        out.push_back({name, named(choice), choice});
      break;
    case OptionType::boolean:
      out.push_back({name, named("true"), true});
      out.push_back({name, named("false"), false});
      break;
  }
  return out;
}

void takes_or_refuses_odd_values(Trial& trial) {
  if (trial.info().options.empty()) throw Absent{};
  for (const OptionInfo& option : trial.info().options)
    for (Draw& draw : odd_values(option))
      must_end_well(trial, with(trial.settings(), draw.option, std::move(draw.value)), draw.what);
}

void takes_or_refuses_any_values(Trial& trial) {
  if (trial.info().options.empty()) throw Absent{};
  Random random = trial.random();
  for (int round = 0; round < 150; ++round) {
    kit::Settings settings = trial.settings();
    std::string what;
    for (std::size_t count = 1 + random.below(3); count > 0; --count) {
      const OptionInfo& option = trial.info().options[random.below(trial.info().options.size())];
      auto draws = odd_values(option);
      if (option.type == OptionType::string && random.once_in(2)) {
        const std::string text = random_text(random, 40);
        draws = {{option.name, option.name + " = " + shown(text), text}};
      }
      if (draws.empty()) continue;
      Draw& draw = draws[random.below(draws.size())];
      what += (what.empty() ? "" : " and ") + draw.what;
      settings = with(std::move(settings), draw.option, std::move(draw.value));
    }
    if (!what.empty()) must_end_well(trial, settings, what);
  }
}

void asks_nobody(Trial& trial) {
  const std::vector<std::string> before = open_files();
  Bench bench(trial);
  const auto requests = bench.host.http().requests();
  if (!requests.empty())
    throw Broken(fmt::format("it asked {} while it was created", shown(requests.front().url)));
  if (!bench.host.files().empty())
    throw Broken(fmt::format("it wrote {} while it was created", shown(bench.host.files().begin()->first)));
  if (!bench.host.mails().empty()) throw Broken("it sent mail while it was created");
  for (const std::string& file : open_files())
    if (file.find("socket:") != std::string::npos &&
        std::find(before.begin(), before.end(), file) == before.end())
      throw Broken("it opened a socket of its own while it was created");
}

/// `lint` makes every component on a host with less.
void on_a_host_without(Trial& trial, const std::vector<const char*>& services, const std::string& when) {
  static_cast<void>(trial.settings());
  kit::FakeHost host;
  make_ready(trial, host, [&](kit::FakeHost& bare) {
    for (const char* service : services)
      bare.without(service);
  });
  trial.doing("creating it " + when);
  try {
    const kit::Component made(host, trial.descriptor(), trial.settings());
  } catch (const Error&) {
  }
  must_be_explained(host, when);
}

void can_be_tried_on_a_bare_host(Trial& trial) {
  on_a_host_without(
      trial, {GLEANER_STORE, GLEANER_ACCOUNT, GLEANER_SECRET, GLEANER_FILE, GLEANER_MAIL, GLEANER_HTTP},
      "on a host that has a log and a clock only");
  on_a_host_without(trial,
                    {GLEANER_STORE, GLEANER_ACCOUNT, GLEANER_SECRET, GLEANER_FILE, GLEANER_MAIL, GLEANER_HTTP,
                     GLEANER_LOG, GLEANER_CLOCK},
                    "on a host without any service");
}

void create_and_destroy(Trial& trial, int times) {
  for (int i = 0; i < times; ++i)
    const Bench bench(trial);
}

void leaves_nothing_behind(Trial& trial) {
  constexpr int times = 500;
  create_and_destroy(trial, 20);
  const ProcessState before = ProcessState::now();
  const std::size_t heap_before = heap_in_use();
  create_and_destroy(trial, times);
  const std::size_t heap_between = heap_in_use();
  create_and_destroy(trial, times);
  const std::size_t heap_after = heap_in_use();
  const ProcessState after = ProcessState::now();
  if (after.open_files.size() >= before.open_files.size() + 10)
    throw Broken(fmt::format("1,000 instances made and destroyed left {} more open files",
                             after.open_files.size() - before.open_files.size()));
  if (const auto left = threads_settled(before.threads); left > before.threads)
    throw Broken(fmt::format("1,000 instances made and destroyed left {} threads", left - before.threads));
  // What is kept once, at the first use, is no leak: both halves have to grow alike.
  const std::size_t slack = std::size_t{8} * static_cast<std::size_t>(times);
  const bool grew_twice = heap_between > heap_before + slack && heap_after > heap_between + slack;
  if (grew_twice)
    throw Broken(fmt::format("1,000 instances made and destroyed left {} bytes of memory in use, {} each",
                             heap_after - heap_before, (heap_after - heap_before) / 1000));
}

constexpr Test create_table[] = {
    {"create.works_with_its_examples", "It is created from the examples of its required options.", components,
     works_with_its_examples},
    {"create.takes_its_bounds", "A value at a declared bound works, or is refused naming its option.",
     components, takes_its_bounds},
    {"create.takes_or_refuses_odd_values",
     "Empty, huge and strange values work, or are refused with a sentence that names the option.", components,
     takes_or_refuses_odd_values, 30},
    {"create.takes_or_refuses_any_values",
     "So does whatever else chance gives several options at once (seeded).", components,
     takes_or_refuses_any_values, 30},
    {"create.asks_nobody", "Creation opens no connection and writes no file: lint creates everything.",
     components, asks_nobody},
    {"create.can_be_tried_on_a_bare_host",
     "A host that only tries has no services; creation ends in a sentence at worst.", components,
     can_be_tried_on_a_bare_host},
    {"create.leaves_nothing_behind",
     "1,000 instances made and destroyed leave no memory, no open file and no thread.", components,
     leaves_nothing_behind, 30}};

}  // namespace

std::span<const Test> create_tests() {
  return create_table;
}

}  // namespace gleaner::host::cli::conformance
