// Plugins with one fault each, and the sentence each gets. The faults are made in CMakeLists.txt, line by
// line in this order.
#include <algorithm>
#include <array>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/loader/support.hpp"

namespace gleaner::host::test {
namespace {

struct Fault {
  std::string_view name;
  std::string_view reason;  ///< FILE stands for the plugin's path
};

void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.name;
}

#define WRONG "; this is a fault of the plugin: get a corrected build"

// clang-format off
constexpr Fault faults[] = {
    {"no_stamp", "it has no section .gleaner_stamp, so it is not a Gleaner plugin (or was stripped of its section headers); remove it from this folder or build it with the Gleaner SDK"},
    {"stamp_twice", "its stamp has 128 bytes instead of 64; a plugin needs exactly one: build it again from one GLEANER_PLUGIN"},
    {"stamp_mark", "its stamp does not begin with the stamp's mark; build it again with the Gleaner SDK"},
    {"stamp_byte_order", "its stamp was written for a machine of another byte order; get the plugin built for " GLEANER_ARCH},
    {"stamp_newer_major", "it is built for Gleaner's plugin ABI 2, this gleaner loads ABI 1; update gleaner, or get the plugin built for ABI 1"},
    {"stamp_pointer_bits", "its stamp says pointers of 32 bits, this gleaner has 64; get the plugin built for " GLEANER_ARCH},
    {"stamp_arch", "its stamp says it is built for m68k; get the plugin built for " GLEANER_ARCH},
    {"no_symbol", "it does not export gleaner_plugin_v1; export that symbol (gleaner_add_plugin does, GLEANER_PLUGIN defines it)"},
    {"missing_function", "it needs the symbol gleaner_nobody_has_this, which nothing provides; link the library that has it, with -Wl,-z,defs to find such gaps at build time (FILE: undefined symbol: gleaner_nobody_has_this)"},
    {"missing_library", "it needs the library libgleaner_gone.so, which is not installed; install it (libgleaner_gone.so: cannot open shared object file: No such file or directory)"},
    {"stamp_null", "its descriptor: its pointer to the stamp is NULL" WRONG},
    {"stamp_other", "its descriptor: it points at another stamp than the one in the file" WRONG},
    {"stamp_minor_differs", "its descriptor: it says minor 0 and host minor 0, the stamp says 1 and 0" WRONG},
    {"min_host_above_minor", "its descriptor: it wants host minor 2, but is made with minor 1" WRONG},
    {"newer_field", "its descriptor: it uses a field of plugin ABI minor 3, this gleaner knows minor 2; update gleaner"},
    {"newer_capability", "component \"probe\": it uses a capability of plugin ABI minor 3, this gleaner knows minor 2; update gleaner"},
    {"newer_flag", "component \"probe\", option \"weight\": it uses a flag of plugin ABI minor 4, this gleaner knows minor 2; update gleaner"},
    {"newer_reserved", "component \"probe\": it uses a reserved field of plugin ABI minor 3, this gleaner knows minor 2; update gleaner"},
    {"plugin_size_small", "its descriptor: its size is 40 bytes, the least is 112" WRONG},
    {"plugin_size_wild", "its descriptor: its size is 70000 bytes, which cannot be" WRONG},
    {"plugin_name_empty", "its descriptor: it has no name" WRONG},
    {"plugin_name_not_utf8", "its descriptor: its name is not UTF-8" WRONG},
    {"no_components", "its descriptor: it has no components" WRONG},
    {"components_null", "its descriptor: it says it has 1 components, but the pointer to them is NULL" WRONG},
    {"components_wild", "its descriptor: it has 100000 components, the most is 256" WRONG},
    {"component_stride_small", "its descriptor: the step between its components is 96 bytes; it must be sizeof one of them, at least 200" WRONG},
    {"component_larger_than_stride", "its descriptor: the components are larger than the step between them (216 bytes)" WRONG},
    {"component_size_small", "component 1: its size is 64 bytes, the least is 200" WRONG},
    {"name_empty", "component 1: it has no name" WRONG},
    {"name_upper_case", "component \"Probe\": its name must be of a-z, 0-9, '-' and '_', a letter or digit first, at most 64" WRONG},
    {"name_null", "component 1: its name is NULL, but 5 bytes long" WRONG},
    {"name_twice", "its descriptor: it has two scorers named \"probe\"" WRONG},
    {"filter_named_like_scorer", "its descriptor: it has a filter and a scorer named \"probe\", which share one space" WRONG},
    {"summary_two_lines", "component \"probe\": its summary has a line break or another control character" WRONG},
    {"documentation_control", "component \"probe\": its documentation has a control character" WRONG},
    {"documentation_wild", "component \"probe\": its documentation is 99999999 bytes long, the most is 1048576" WRONG},
    {"kind_unknown", "component \"probe\": its kind 7 is unknown (1 to 4 are known)" WRONG},
    {"functions_null", "component \"probe\": its function table is NULL" WRONG},
    {"functions_small", "component \"probe\", function table: its size is 8 bytes, the least is 24" WRONG},
    {"judge_null", "component \"probe\", function table: its function judge is NULL" WRONG},
    {"fetch_null", "component \"probe\", function table: its function fetch is NULL" WRONG},
    {"deliver_null", "component \"probe\", function table: its function deliver is NULL" WRONG},
    {"streams_without_end", "component \"probe\", function table: it has the capability STREAMS, but not all of begin, write and end" WRONG},
    {"begin_alone", "component \"probe\", function table: it has some of begin, write and end; all three or none" WRONG},
    {"health_null", "component \"probe\": it has the capability HEALTH, but its function health is NULL" WRONG},
    {"create_null", "component \"probe\": its function create is NULL" WRONG},
    {"destroy_null", "component \"probe\": its function destroy is NULL" WRONG},
    {"streams_scorer", "component \"probe\": the capability STREAMS is for outputs only" WRONG},
    {"whole_day_source", "component \"probe\": the capability WHOLE_DAY is for filters and scorers only" WRONG},
    {"options_null", "component \"probe\": it says it has 2 options, but the pointer to them is NULL" WRONG},
    {"options_misaligned", "component \"probe\": the place of its options in memory is not aligned" WRONG},
    {"option_stride_zero", "component \"probe\": the step between its options is 0 bytes; it must be sizeof one of them, at least 112" WRONG},
    {"option_size_small", "component \"probe\", option 1: its size is 0 bytes, the least is 112" WRONG},
    {"option_name_empty", "component \"probe\", option 1: it has no name" WRONG},
    {"option_name_dashed", "component \"probe\", option \"my-weight\": its name must be lower_snake_case (a letter, then letters, digits and '_')" WRONG},
    {"option_name_reserved", "component \"probe\", option \"timeout\": its name is a key the host reads itself; choose another" WRONG},
    {"option_name_twice", "component \"probe\": two of its options are named \"label\"" WRONG},
    {"option_type_unknown", "component \"probe\", option \"weight\": its type 99 is unknown (1 to 11 are known)" WRONG},
    {"option_type_zero", "component \"probe\", option \"weight\": its type 0 is unknown (1 to 11 are known)" WRONG},
    {"option_doc_not_utf8", "component \"probe\", option \"weight\": its doc is not UTF-8" WRONG},
    {"option_required_default", "component \"probe\", option \"weight\": it is required, but has a default" WRONG},
    {"enum_without_choices", "component \"probe\", option \"weight\": it is an enum without choices" WRONG},
    {"choices_of_number", "component \"probe\", option \"weight\": it has choices, but its type is number; only an enum or list has choices" WRONG},
    {"choices_null", "component \"probe\", option \"weight\": it says it has 3 choices, but the pointer to them is NULL" WRONG},
    {"choice_twice", "component \"probe\", option \"weight\": it has the choice \"a\" twice" WRONG},
    {"bounds_reversed", "component \"probe\", option \"weight\": its lowest value is above its highest" WRONG},
    {"bounds_nan", "component \"probe\", option \"weight\": one of its bounds is not a number" WRONG},
    {"bounds_of_string", "component \"probe\", option \"weight\": it has bounds, but its type is string" WRONG},
    {"axes_of_source", "component \"probe\": it has axes; only filters and scorers have them" WRONG},
    {"axis_stride_odd", "component \"probe\": the step between its axes is 61 bytes; it must be sizeof one of them, at least 56" WRONG},
    {"axis_name_bad", "component \"probe\", axis \"Relevance\": its name must be lower_snake_case (a letter, then letters, digits and '_')" WRONG},
    {"axis_name_total", "component \"probe\", axis \"total\": \"total\" is the host's name for the sum of the axes; choose another" WRONG},
    {"axis_name_twice", "component \"probe\": two of its axes are named \"novelty\"" WRONG},
    {"axis_range_empty", "component \"probe\", axis \"relevance\": its lowest score is not below its highest" WRONG},
    {"axis_range_infinite", "component \"probe\", axis \"relevance\": its range is not finite" WRONG},
    {"names_axes_without_option", "component \"probe\": it has the capability NAMES_AXES, but no option \"axes\" of type list" WRONG},
    {"names_axes_by_number", "component \"probe\": it has the capability NAMES_AXES, but no option \"axes\" of type list" WRONG},
    {"need_kind_unknown", "component \"probe\", need 1: its kind 9 is unknown (1 to 3 are known)" WRONG},
    {"need_name_empty", "component \"probe\", need 1: it has no name" WRONG},
    {"group_is_path", "component \"probe\", politeness: its group \"../x\" must be of a-z, 0-9, '-' and '_', at most 64" WRONG},
    {"wrong_body_empty", "component \"probe\", politeness: one of its wrong bodies is empty, so that every body would be wrong" WRONG},
    {"throttle_status_ok", "component \"probe\", politeness: the throttle status 200 is not in 400 to 599" WRONG},
    {"interval_wild", "component \"probe\", politeness: its interval is 90000000 ms, the most is a day (86400000)" WRONG},
    {"calendar_of_scorer", "component \"probe\", calendar: only a source has one" WRONG},
    {"calendar_zone", "component \"probe\", calendar: its time zone \"New York\" is not an IANA name such as America/New_York" WRONG},
    {"calendar_holiday", "component \"probe\", calendar: its holiday \"2025-02-30\" is not a day written YYYY-MM-DD" WRONG},
    {"calendar_weekdays", "component \"probe\", calendar: its weekdays are 0; bits 0 (Monday) to 6 (Sunday), at least one" WRONG},
};
// clang-format on

std::string with_file(std::string_view reason, const std::filesystem::path& file) {
  std::string text(reason);
  if (const auto at = text.find("FILE"); at != std::string::npos) text.replace(at, 4, file.string());
  return text;
}

class BadPlugin : public testing::TestWithParam<Fault> {};

TEST_P(BadPlugin, GetsItsOwnSentence) {
  const auto file = built / "bad" / (std::string(GetParam().name) + ".so");
  EXPECT_EQ(reason_for(file), with_file(GetParam().reason, file));
}

INSTANTIATE_TEST_SUITE_P(Faults, BadPlugin, testing::ValuesIn(faults),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(BadPlugins, AllTogetherDoNotHideAGoodOne) {
  TemporaryFolder folder;
  for (const auto& entry : std::filesystem::directory_iterator(built / "bad")) {
    std::filesystem::create_symlink(entry.path(), folder.path() / entry.path().filename());
  }
  std::filesystem::create_symlink(built / "good/scorer.so", folder / "m.so");
  const Catalog catalog = Catalog::scan(std::array{folder.path()});
  EXPECT_EQ(catalog.refusals().size(), std::size(faults));
  ASSERT_EQ(catalog.components().size(), 1U);
  EXPECT_NE(catalog.find(Kind::scorer, "word"), nullptr);
}

TEST(BadPlugins, EachFaultHasItsOwnSentence) {
  // But for one pair: NAMES_AXES without an option `axes`, and with one of another type.
  std::set<std::string_view> sentences;
  for (const Fault& fault : faults)
    sentences.insert(fault.reason);
  EXPECT_EQ(sentences.size() + 1, std::size(faults));
}

}  // namespace
}  // namespace gleaner::host::test
