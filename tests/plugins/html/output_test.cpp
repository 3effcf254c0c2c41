#include "plugins/html/output.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

namespace gleaner::html {
namespace {

namespace kit = gleaner::testkit;
using testing::HasSubstr;

class HtmlOutput : public testing::Test {
 protected:
  HtmlOutput()
      : folder_(std::filesystem::temp_directory_path() / ("gleaner-html-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_ / "katex" / "fonts");
  }
  ~HtmlOutput() override { std::filesystem::remove_all(folder_); }

  void install_katex() const {
    std::ofstream(folder_ / "katex/katex.min.js") << "/* the script */";
    std::ofstream(folder_ / "katex/katex.min.css")
        << "@font-face{font-family:A;src:url(fonts/A.woff2) format('woff2'),url(fonts/A.ttf) "
           "format('truetype')}.x{}";
    std::ofstream(folder_ / "katex/fonts/A.woff2") << "Man";
  }
  [[nodiscard]] kit::Settings settings() const {
    return {{"path", "/out/page.html"}, {"katex", (folder_ / "katex").string()}};
  }
  static kit::DigestPage digest(const std::string& date, double cost) {
    kit::DigestPage page;
    page.date = date;
    page.json = R"({"schema":"gleaner.digest/1","title":"Day","date":")" + date +
                R"(","papers":[{"id":"2505.00001","title":"One"}],
      "usage":[{"model":"m","prompt_cost":)" +
                std::to_string(cost) + R"(,"completion_cost":0}]})";
    return page;
  }

  std::filesystem::path folder_;
  kit::FakeHost host_;
};

TEST_F(HtmlOutput, WritesThePageAndKatexBesideIt) {
  install_katex();
  auto output = kit::make<Html>(host_, settings());
  const auto delivered = output.deliver(digest("2025-05-20", 0.1));
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  ASSERT_EQ(delivered.files.size(), 3U);
  EXPECT_EQ(delivered.files.at("/out/katex.css"),
            "@font-face{font-family:A;src:url(data:font/woff2;base64,TWFu) format('woff2')}.x{}");
  EXPECT_THAT(delivered.files.at("/out/page.html"), HasSubstr("<script src=\"katex.js\">"));
}

TEST_F(HtmlOutput, WithoutKatexFormulasStayAsTyped) {
  auto output = kit::make<Html>(host_, settings());
  const auto delivered = output.deliver(digest("2025-05-20", 0.1));
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  EXPECT_EQ(delivered.files.size(), 1U);
}

TEST_F(HtmlOutput, RemembersWhatEarlierDaysCost) {
  auto output = kit::make<Html>(host_, settings());
  (void)output.deliver(digest("2025-05-19", 0.1));
  (void)output.deliver(digest("2025-05-20", 0.4));
  const auto again = output.deliver(digest("2025-05-20", 0.2));
  EXPECT_THAT(again.files.at("/out/page.html"), HasSubstr("points=\"0,10 100,1\""));
}

TEST_F(HtmlOutput, ADigestThatIsNoneIsMalformed) {
  auto output = kit::make<Html>(host_, settings());
  kit::DigestPage broken;
  broken.json = "{\"schema\":\"gleaner.digest/1\"}";
  EXPECT_EQ(output.deliver(broken).error.status, GLEANER_MALFORMED);
}

}  // namespace
}  // namespace gleaner::html
