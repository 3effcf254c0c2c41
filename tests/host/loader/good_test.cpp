// Plugins in order: what the host reads of them, and that they run when called through the contract's
// functions alone.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/loader/sized.hpp"
#include "tests/host/loader/support.hpp"

namespace gleaner::host::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

gleaner_str str(std::string_view text) {
  return {text.data(), text.size()};
}
std::string text(gleaner_str from) {
  return {from.data, from.size};
}

/// What a plugin said through its call.
struct Failure {
  std::string option, message;
};

gleaner_call make_call(Failure& failure) {
  gleaner_call call{};
  call.size = sizeof call;
  call.context = &failure;
  call.cancelled = [](const gleaner_call*) -> std::int32_t { return 0; };
  call.fail = [](const gleaner_call* self, std::int32_t status, gleaner_str option, gleaner_str message) {
    *static_cast<Failure*>(self->context) = {text(option), text(message)};
    return status;
  };
  return call;
}

gleaner_paper paper(std::string_view id, std::string_view title) {
  gleaner_paper one{};
  one.size = sizeof one;
  one.id = str(id);
  one.title = str(title);
  return one;
}

class Four : public testing::Test {
 protected:
  Catalog catalog = Catalog::open(built / "good/four.so");
  Failure failure;
  gleaner_call call = make_call(failure);
  gleaner_host host{.size = sizeof(gleaner_host),
                    .context = nullptr,
                    .service = nullptr,
                    .version = {},
                    .abi_minor = 1,
                    .reserved = 0};
  gleaner_config config{};

  const Component& component(Kind kind, std::string_view name) {
    const Component* found = catalog.find(kind, name);
    if (found == nullptr) throw std::runtime_error("no component " + std::string(name));
    return *found;
  }
  template <class Functions>
  static Functions functions(const Component& component) {
    return sized_copy(static_cast<const Functions*>((*component.open())->functions));
  }
};

/// An instance, destroyed with the object.
class Instance {
 public:
  Instance(const Component& of, const gleaner_host& host, const gleaner_call& call,
           const gleaner_config& config)
      : destroy_((*of.open())->destroy), status((*of.open())->create(&host, &call, &config, &made_)) {}
  ~Instance() {
    if (made_ != nullptr) destroy_(made_);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  void* operator*() const { return made_; }

 private:
  void* made_ = nullptr;
  void (*destroy_)(void*);

 public:
  std::int32_t status;
};

TEST_F(Four, AreFoundByKindAndName) {
  EXPECT_THAT(catalog.refusals(), IsEmpty());
  EXPECT_EQ(catalog.components().size(), 4U);
  EXPECT_EQ(component(Kind::source, "four").info.kind, Kind::source);
  EXPECT_EQ(component(Kind::output, "four").info.kind, Kind::output);
  EXPECT_EQ(catalog.find(Kind::source, "four-filter"), nullptr);
  EXPECT_EQ(catalog.find(Kind::output, "nobody"), nullptr);
}

TEST_F(Four, StagesAreFoundByEitherKind) {
  EXPECT_EQ(component(Kind::filter, "four").info.kind, Kind::scorer);
  EXPECT_EQ(component(Kind::scorer, "four-filter").info.kind, Kind::filter);
}

TEST_F(Four, EveryFieldOfTheDescriptorIsCopied) {
  const ComponentInfo& info = component(Kind::source, "four").info;
  EXPECT_EQ(info.version, "1.2.0");
  EXPECT_EQ(info.summary, "Two papers");
  EXPECT_EQ(info.documentation, "# Two\n\npapers \u2014 always.");
  EXPECT_EQ(info.homepage, "https://example.org/four");
  EXPECT_EQ(info.plugin_name, "all-four");
  EXPECT_EQ(info.plugin_version, "2.0");
  EXPECT_EQ(info.plugin_file, built / "good/four.so");
  EXPECT_TRUE(info.can(GLEANER_REMOTE));
  EXPECT_TRUE(info.can(GLEANER_CONCURRENT));
  EXPECT_FALSE(info.can(GLEANER_PAID));
  EXPECT_EQ(component(Kind::scorer, "four").info.batch, 64U);
}

TEST_F(Four, OptionsAreCopied) {
  const ComponentInfo& info = component(Kind::source, "four").info;
  ASSERT_EQ(info.options.size(), 2U);
  const OptionInfo& via = *info.option("via");
  EXPECT_EQ(via.type, OptionType::enumeration);
  EXPECT_EQ(via.doc, "The route");
  EXPECT_EQ(via.fallback, "rss");
  EXPECT_EQ(via.example, "atom");
  EXPECT_THAT(via.choices, ElementsAre("rss", "atom"));
  EXPECT_FALSE(via.bounds.has_value());
  EXPECT_FALSE(via.required);
  const OptionInfo& interval = *info.option("interval");
  EXPECT_EQ(interval.bounds, std::pair(1000.0, 60000.0));
  EXPECT_TRUE(interval.deprecated);
  EXPECT_EQ(info.option("intervals"), nullptr);
}

TEST_F(Four, TablesAreCopied) {
  const ComponentInfo& source = component(Kind::source, "four").info;
  ASSERT_EQ(source.needs.size(), 1U);
  EXPECT_EQ(source.needs[0].name, "EXAMPLE_KEY");
  EXPECT_EQ(source.needs[0].doc, "The key");
  EXPECT_EQ(source.needs[0].kind, static_cast<std::uint32_t>(GLEANER_NEEDS_SECRET));
  ASSERT_TRUE(source.politeness.has_value());
  EXPECT_EQ(source.politeness->group, "example");
  EXPECT_THAT(source.politeness->wrong_bodies, ElementsAre("Rate exceeded."));
  EXPECT_THAT(source.politeness->throttle_statuses, ElementsAre(406));
  EXPECT_EQ(source.politeness->interval_ms, 3000U);
  EXPECT_EQ(source.politeness->connections, 1U);
  ASSERT_TRUE(source.calendar.has_value());
  EXPECT_EQ(source.calendar->time_zone, "America/New_York");
  EXPECT_THAT(source.calendar->holidays, ElementsAre("2025-12-25"));
  EXPECT_EQ(source.calendar->weekdays, 31U);
  const ComponentInfo& scorer = component(Kind::scorer, "four").info;
  ASSERT_EQ(scorer.axes.size(), 1U);
  EXPECT_EQ(scorer.axes[0].name, "length");
  EXPECT_EQ(scorer.axes[0].doc, "Bytes");
  EXPECT_EQ(scorer.axes[0].lowest, 0);
  EXPECT_EQ(scorer.axes[0].highest, 1000);
  EXPECT_FALSE(scorer.calendar.has_value());
  EXPECT_FALSE(scorer.politeness.has_value());
}

TEST_F(Four, TheSourcePushesItsPapersOfTheDay) {
  const Component& source = component(Kind::source, "four");
  const Instance instance(source, host, call, config);
  ASSERT_EQ(instance.status, GLEANER_OK);
  std::vector<std::string> seen;
  gleaner_sink sink{};
  sink.size = sizeof sink;
  sink.context = &seen;
  sink.dated = [](const gleaner_sink* self, gleaner_str date, gleaner_str origin) -> std::int32_t {
    static_cast<std::vector<std::string>*>(self->context)->push_back(text(date) + " from " + text(origin));
    return GLEANER_OK;
  };
  sink.push = [](const gleaner_sink* self, const gleaner_paper* papers, std::uint64_t count,
                 std::uint64_t stride) {
    for (std::uint64_t i = 0; i < count; ++i) {
      static_cast<std::vector<std::string>*>(self->context)->push_back(text(element(papers, i, stride)->id));
    }
    return std::int32_t{GLEANER_OK};
  };
  gleaner_day day{};
  day.size = sizeof day;
  day.date = str("2025-05-07");
  EXPECT_EQ(functions<gleaner_source>(source).fetch(*instance, &call, &day, &sink), GLEANER_OK);
  EXPECT_THAT(seen, ElementsAre("2025-05-07 from memory", "2505.00001", "2505.00002"));
}

/// Two papers and room for what a stage writes.
struct Batch {
  gleaner_paper first = paper("2505.00001", "Short"), second = paper("2505.00002", "Pruning experts");
  const gleaner_paper* papers[2] = {&first, &second};
  std::uint8_t verdicts[2] = {GLEANER_PASS, GLEANER_PASS};
  double totals[2] = {NAN, NAN};
  double scores[2] = {NAN, NAN};
  double* axes[1] = {scores};
  std::string reason;
  gleaner_batch batch{};

  Batch() {
    batch.size = sizeof batch;
    batch.context = this;
    batch.papers = papers;
    batch.count = 2;
    batch.verdicts = verdicts;
    batch.totals = totals;
    batch.axes = axes;
    batch.axis_count = 1;
    batch.reason = [](const gleaner_batch* self, std::uint64_t i, gleaner_str why) {
      static_cast<Batch*>(self->context)->reason += std::to_string(i) + " " + text(why);
    };
  }
};

TEST_F(Four, TheFilterDropsWithAReason) {
  const Component& filter = component(Kind::filter, "four-filter");
  const Instance instance(filter, host, call, config);
  Batch batch;
  EXPECT_EQ(functions<gleaner_stage>(filter).judge(*instance, &call, &batch.batch), GLEANER_OK);
  EXPECT_THAT(batch.verdicts, ElementsAre(GLEANER_DROP, GLEANER_PASS));
  EXPECT_EQ(batch.reason, "0 title too short");
}

TEST_F(Four, TheScorerWritesItsAxis) {
  const Component& scorer = component(Kind::scorer, "four");
  const Instance instance(scorer, host, call, config);
  Batch batch;
  EXPECT_EQ(functions<gleaner_stage>(scorer).judge(*instance, &call, &batch.batch), GLEANER_OK);
  EXPECT_THAT(batch.scores, ElementsAre(5, 15));
}

TEST_F(Four, TheOutputSaysWhyItFails) {
  const Component& output = component(Kind::output, "four");
  const Instance instance(output, host, call, config);
  gleaner_digest digest{};
  digest.size = sizeof digest;
  EXPECT_EQ(functions<gleaner_output>(output).deliver(*instance, &call, &digest), GLEANER_FAILED);
  EXPECT_EQ(failure.message, "no papers");
}

class WordScorer : public Four {
 protected:
  WordScorer() { catalog = Catalog::open(built / "good/scorer.so"); }
};

TEST_F(WordScorer, OfSixtyLinesRuns) {
  gleaner_value value{};
  value.size = sizeof value;
  value.name = str("word");
  value.text = str("experts");
  config = {.size = sizeof config,
            .instance = str("word"),
            .pipeline = {},
            .contact = {},
            .values = &value,
            .value_count = 1,
            .value_stride = sizeof value};
  const Component& scorer = component(Kind::scorer, "word");
  const Instance instance(scorer, host, call, config);
  ASSERT_EQ(instance.status, GLEANER_OK);
  Batch batch;
  EXPECT_EQ(functions<gleaner_stage>(scorer).judge(*instance, &call, &batch.batch), GLEANER_OK);
  EXPECT_THAT(batch.scores, ElementsAre(1, 10));
}

TEST_F(WordScorer, NamesTheOptionThatIsWrong) {
  const Instance instance(component(Kind::scorer, "word"), host, call, config);
  EXPECT_EQ(instance.status, GLEANER_INVALID);
  EXPECT_EQ(failure.option, "/word");
  EXPECT_EQ(failure.message, "must not be empty");
}

TEST(Libraries, StayOpenForGood) {
  const std::string file = (built / "good/scorer.so").string();
  ASSERT_EQ(Catalog::open(file).components().size(), 1U);
  void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_NOLOAD);
  ASSERT_NE(handle, nullptr) << "the catalog is gone, the library must not be";
  ::dlclose(handle);
}

TEST(Libraries, DoNotShareTheirSymbols) {
  ASSERT_EQ(Catalog::open(built / "good/scorer.so").components().size(), 1U);
  EXPECT_EQ(::dlsym(RTLD_DEFAULT, GLEANER_PLUGIN_SYMBOL_NAME), nullptr);
}

// abi.h: a later minor's plugin is taken when its unknown fields are not in use, or when it says it works
// without them.
TEST(NewerPlugin, WithFieldsItCanDoWithoutIsTaken) {
  EXPECT_NE(Catalog::open(built / "newer/tail_ignored.so").find(Kind::scorer, "probe"), nullptr);
}

TEST(NewerPlugin, WithNewFieldsNotInUseIsTaken) {
  EXPECT_NE(Catalog::open(built / "newer/tail_zero.so").find(Kind::scorer, "probe2"), nullptr);
}

}  // namespace
}  // namespace gleaner::host::test
