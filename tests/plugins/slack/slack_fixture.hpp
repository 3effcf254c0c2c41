// What the tests of `slack` share: a digest, and an output with the Slack it writes to.
#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/slack/output.hpp"
#include "tests/plugins/common/posting_web.hpp"
#include "tests/plugins/slack/slack_server.hpp"

namespace gleaner::slack {

namespace kit = gleaner::testkit;

inline kit::DigestEntry entry(const std::string& id, const std::string& title,
                              const std::string& comment = "") {
  kit::DigestEntry out;
  out.paper = kit::paper(id, title, "What it is about.");
  out.scores = {{"relevance", 8}, {"novelty", 7.5}};
  out.total = 15.5;
  out.comment = comment;
  return out;
}

inline kit::DigestPage page_of(std::size_t papers, const std::string& comment = "Why it matters.") {
  kit::DigestPage page;
  page.title = "Reading group";
  page.announced = 345;
  page.scanned = 300;
  for (std::size_t i = 0; i < papers; ++i)
    page.papers.push_back(
        entry("2505.0" + std::to_string(1000 + i), "Paper no. " + std::to_string(i + 1), comment));
  return page;
}

/// An output and the Slack it writes to.
class SlackTest : public ::testing::Test {
 protected:
  kit::Settings with_token(kit::Settings more = {}) const {
    more.push_back({"token", kit::secret("SLACK_TOKEN")});
    more.push_back({"channel", "#papers"});
    more.push_back({"base_url", server_.base_url()});
    return more;
  }
  kit::Settings with_webhook(kit::Settings more = {}) const {
    more.push_back({"webhook", kit::secret("SLACK_WEBHOOK")});
    return more;
  }
  kit::Outcome deliver(const kit::Settings& settings, const kit::DigestPage& page) {
    auto output = kit::make<Slack>(host_, settings);
    const auto delivered = output.deliver(page);
    EXPECT_TRUE(delivered.violations.empty()) << delivered.violations.front();
    return delivered.error;
  }
  void SetUp() override {
    host_.set_secret("SLACK_TOKEN", std::string(test::SlackServer::token));
    host_.set_secret("SLACK_WEBHOOK", server_.webhook());
  }

  test::SlackServer server_;
  kit::FakeHost host_;
  test::PostingWeb web_{host_};
};

}  // namespace gleaner::slack
