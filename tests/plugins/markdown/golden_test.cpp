// Thirty real digests of the system Gleaner replaces, byte for byte (design section 9).
#include "tests/support/golden.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/read.hpp"
#include "plugins/markdown/classic.hpp"

namespace gleaner::markdown {
namespace {

using namespace digest;

namespace fs = std::filesystem;
namespace json = boost::json;
using test::digest_of;
using test::golden_days;
using test::golden_folder;
using test::text_of;
using test::with_two_decimals;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Chosen among the documented values alone, by what the head of the old page looks like.
ClassicOptions options_for(const json::object& day, const std::string& page) {
  const std::string head = page.substr(0, page.find("**Table of contents"));
  ClassicOptions options;
  options.escape = Escape::none;

  const auto date = parse_date(text_of(day.at("date")));
  for (const char* format : {"%Y-%m-%d", "%m/%d/%Y", "%-m/%-d/%Y"}) {
    options.date_format = format;
    if (format_date(*date, format) == text_of(day.at("date_text"))) break;
  }
  const bool colons = contains(head, "|:-");
  // Token rows begin with "| ", 9 characters of **Token** and its filling; the rule of a centred column is as
  // wide.
  const auto line_length = [&head](const char* start) {
    const std::size_t at = head.find(start);
    return head.find('\n', at) - at;
  };
  const bool same_width = colons && line_length("|:-") == line_length("| **Token**");
  options.table_align = !colons      ? TableAlign::left
                        : same_width ? TableAlign::center
                                     : TableAlign::center_wide;
  const std::string model = text_of(day.at("model"));
  options.model_format = contains(head, "*[" + model + "]*") ? "*[{model}]*"
                         : contains(head, "*" + model + "*") ? "*{model}*"
                                                             : "";
  if (contains(head, "Total ArXiv papers")) options.totals[0] = "Total ArXiv papers";
  return options;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, PageIsReproducedByteForByte) {
  const fs::path folder = golden_folder() / GetParam();
  const json::object day = json::parse(read_file(folder / "day.json")).as_object();
  const std::string expected = read_file(folder / "digest.md");
  const Page page = read_digest(digest_of(day, read_file(folder / "prompt.txt")));

  const std::string actual = classic_page(page, options_for(day, expected));

  EXPECT_EQ(actual, with_two_decimals(expected));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Golden);
INSTANTIATE_TEST_SUITE_P(OldPages, Golden, testing::ValuesIn(golden_days()), [](const auto& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
});

TEST(GoldenPages, AreThirty) {
  if (!fs::exists(golden_folder()))
    GTEST_SKIP() << golden_folder() << " is not here: the old pages are not compared";
  EXPECT_EQ(golden_days().size(), 30U);
}

TEST(GoldenPages, ComparisonRefusesAnyOtherDifferenceOfTheCostRow) {
  EXPECT_EQ(with_two_decimals("a $0.1 b\n| **Cost**   | $0.1     | $0.05  | $1.0  |\n$0.1 "),
            "a $0.1 b\n| **Cost**   | $0.10    | $0.05  | $1.00 |\n$0.1 ");
}

}  // namespace
}  // namespace gleaner::markdown
