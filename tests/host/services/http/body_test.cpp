#include "host/services/http/body.hpp"

#include <gtest/gtest.h>

namespace gleaner::host::http {
namespace {

Politeness careful() {
  Politeness politeness;
  politeness.wrong_bodies = {"Rate exceeded"};
  politeness.final_markers = {"insufficient_quota"};
  return politeness;
}

TEST(Body, ADeclaredStartMeansThrottled) {
  EXPECT_EQ(judge_body("Rate exceeded.", Expect::xml, careful()), Cause::throttle_body);
  EXPECT_EQ(judge_body("rate EXCEEDED\n", Expect::anything, careful()), Cause::throttle_body);
  EXPECT_EQ(judge_body("\xEF\xBB\xBF\n  Rate exceeded.", Expect::xml, careful()), Cause::throttle_body);
  EXPECT_EQ(judge_body("Rate exceeded.", Expect::anything, {}), Cause::none);
  EXPECT_EQ(judge_body("<p>Rate exceeded.", Expect::anything, careful()), Cause::none);
}

TEST(Body, HtmlIsNotXml) {
  EXPECT_EQ(judge_body("<!DOCTYPE html><html>", Expect::xml, {}), Cause::html_body);
  EXPECT_EQ(judge_body("\n\n<HTML lang=en>", Expect::xml, {}), Cause::html_body);
  EXPECT_EQ(judge_body("<?xml version='1.0'?>\n<!-- x --><!DOCTYPE html PUBLIC", Expect::xml, {}),
            Cause::html_body);
  EXPECT_EQ(judge_body("<html>", Expect::json, {}), Cause::html_body);
  EXPECT_EQ(judge_body("<html>", Expect::anything, {}), Cause::none);
}

TEST(Body, FeedsPass) {
  EXPECT_EQ(judge_body("<?xml version='1.0' encoding='UTF-8'?>\n<rss version='2.0'>", Expect::xml, {}),
            Cause::none);
  EXPECT_EQ(judge_body("\xEF\xBB\xBF<feed xmlns='http://www.w3.org/2005/Atom'>", Expect::xml, {}),
            Cause::none);
}

TEST(Body, JsonPasses) {
  EXPECT_EQ(judge_body(" {\"a\":1}", Expect::json, {}), Cause::none);
  EXPECT_EQ(judge_body("[]", Expect::json, {}), Cause::none);
  EXPECT_EQ(judge_body("<feed/>", Expect::json, {}), Cause::other_body);
}

TEST(Body, TextIsNotXml) {
  EXPECT_EQ(judge_body("Service unavailable", Expect::xml, {}), Cause::other_body);
}

TEST(Body, AnEmptyOneIsWrongWhereSomethingIsExpected) {
  EXPECT_EQ(judge_body("", Expect::xml, {}), Cause::empty_body);
  EXPECT_EQ(judge_body(" \n", Expect::json, {}), Cause::empty_body);
  EXPECT_EQ(judge_body("", Expect::anything, {}), Cause::none);
}

TEST(Body, AMarkerMakesAnErrorFinal) {
  EXPECT_TRUE(says_final(R"({"error":{"code":"insufficient_quota"}})", careful()));
  EXPECT_FALSE(says_final(R"({"error":{"code":"rate_limit_exceeded"}})", careful()));
}

}  // namespace
}  // namespace gleaner::host::http
