// The component `terms`: where it looks, and what it tells the host. expression_test.cpp has the expressions.
#include "plugins/filters/terms.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/filters/refusal.hpp"

namespace gleaner::filters {
namespace {

namespace kit = gleaner::testkit;

NewPaper hopfield() {
  NewPaper out =
      kit::paper("2603.00001", "Storing patterns in networks", "We study attractors of spin glasses.");
  out.authors = {"John J. Hopfield", "Geoffrey Hinton"};
  out.categories = {"cs.NE", "cond-mat.dis-nn"};
  return out;
}

std::string of_terms(const kit::Settings& settings, const NewPaper& paper = hopfield()) {
  kit::FakeHost host;
  auto filter = kit::make<Terms>(host, settings);
  const auto judged = filter.judge({paper});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_THAT(judged.violations, ::testing::IsEmpty());
  return judged.papers.at(0).reason;
}

TEST(Terms, LookEverywhereWithoutAField) {
  EXPECT_EQ(of_terms({{"where", "patterns"}}), "");
  EXPECT_EQ(of_terms({{"where", "attractors"}}), "");
  EXPECT_EQ(of_terms({{"where", "hinton"}}), "");
  EXPECT_EQ(of_terms({{"where", "cs.NE"}}), "");
  EXPECT_EQ(of_terms({{"where", "cond-mat.*"}}), "");
  EXPECT_EQ(of_terms({{"where", "pruning"}}), "not met: pruning");
}

TEST(Terms, LookInTheirFieldAlone) {
  EXPECT_EQ(of_terms({{"where", "title:patterns abstract:attractors author:hinton category:cs.ne"}}), "");
  EXPECT_EQ(of_terms({{"where", "title:attractors"}}), "not met: title:attractors");
  EXPECT_EQ(of_terms({{"where", "abstract:patterns"}}), "not met: abstract:patterns");
  EXPECT_EQ(of_terms({{"where", "author:patterns"}}), "not met: author:patterns");
  EXPECT_EQ(of_terms({{"where", "category:hinton"}}), "not met: category:hinton");
}

TEST(Terms, LookWhereTheOptionFieldsSays) {
  const auto narrow = kit::list("title", "abstract");
  EXPECT_EQ(of_terms({{"where", "hinton"}, {"fields", narrow}}), "not met: hinton");
  EXPECT_EQ(of_terms({{"where", "attractors"}, {"fields", narrow}}), "");
  EXPECT_EQ(of_terms({{"where", "author:hinton"}, {"fields", narrow}}), "");
}

TEST(Terms, NoPhraseReachesFromOneTextToTheNext) {
  EXPECT_EQ(of_terms({{"where", "\"geoffrey hinton\""}}), "");
  EXPECT_EQ(of_terms({{"where", "\"hopfield geoffrey\""}}), "not met: \"hopfield geoffrey\"");
  EXPECT_EQ(of_terms({{"where", "\"networks we\""}}), "not met: \"networks we\"");
}

TEST(Terms, ACategoryMatchesWhole) {
  EXPECT_EQ(of_terms({{"where", "category:cs"}}), "not met: category:cs");
  EXPECT_EQ(of_terms({{"where", "category:cs.*"}}), "");
  EXPECT_EQ(of_terms({{"where", "NOT category:(cs.CV OR math.*)"}}), "");
  EXPECT_EQ(of_terms({{"where", "ne"}}), "not met: ne");
}

TEST(Terms, TheReasonIsTheFirstPartThatDoesNotHold) {
  EXPECT_EQ(of_terms({{"where", "networks AND NOT author:hinton AND pruning"}}),
            "not met: NOT author:hinton");
}

TEST(Terms, EachPaperIsReadAnew) {
  kit::FakeHost host;
  auto filter = kit::make<Terms>(host, {{"where", "title:moe abstract:sparse author:lee"}});
  NewPaper whole = kit::paper("2603.00001", "MoE", "sparse");
  whole.authors = {"A. Lee"};
  NewPaper empty = kit::paper("2603.00002", "");
  empty.authors.clear();
  empty.categories.clear();
  const auto judged = filter.judge({whole, empty, whole});
  EXPECT_TRUE(judged.papers[0].passed());
  EXPECT_TRUE(judged.papers[1].dropped());
  EXPECT_TRUE(judged.papers[2].passed());
}

TEST(TermsOptions, AWrongExpressionIsBlamedWithItsColumn) {
  const Error error = refusal<Terms>({{"where", "moe AND (pruning"}});
  EXPECT_EQ(error.option(), "/where");
  EXPECT_EQ(error.status(), GLEANER_INVALID);
  EXPECT_STREQ(error.what(), "where: column 9: this ( is never closed.");
}

TEST(TermsOptions, ThereIsSomewhereToLook) {
  const Error error = refusal<Terms>({{"where", "moe"}, {"fields", kit::list()}});
  EXPECT_EQ(error.option(), "/fields");
  EXPECT_STREQ(error.what(), "`fields` is empty: words have to be looked for somewhere.");
}

TEST(TermsOptions, AnExpressionIsNeeded) {
  EXPECT_THROW(refusal<Terms>({}), kit::BadSettings);
}

TEST(TermsDescriptor, SaysThatItMayRunOnSeveralThreads) {
  EXPECT_NE(kit::descriptor<Terms>().capabilities & GLEANER_CONCURRENT, 0u);
}

}  // namespace
}  // namespace gleaner::filters
