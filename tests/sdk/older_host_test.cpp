// Components of today on a host that knows minor 1 alone: its structs end where those of minor 1 did.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include <gleaner/plugin.hpp>

namespace {

constexpr std::size_t call_size_of_minor1 = 64;
constexpr std::size_t day_size_of_minor1 = 48;

/// The first `size` bytes of a struct on the heap and not a byte more: a sanitizer sees who reads on.
template <class T>
struct Shortened {
  Shortened(T whole, std::size_t size) : bytes(std::make_unique<std::byte[]>(size)) {
    whole.size = size;
    std::memcpy(bytes.get(), &whole, size);
  }
  [[nodiscard]] const T& get() const { return *reinterpret_cast<const T*>(bytes.get()); }
  std::unique_ptr<std::byte[]> bytes;
};

gleaner_call call_of(std::string_view date) {
  gleaner_call out{};
  out.size = sizeof out;
  out.date = gleaner::text(date);
  return out;
}

TEST(OlderHost, SaysNoDateOfTheRun) {
  const Shortened<gleaner_call> call(call_of("2026-11-18"), call_size_of_minor1);
  EXPECT_EQ(gleaner::Call(call.get()).date(), "");
  EXPECT_EQ(gleaner::Call(call.get()).attempt(), 0U);  // what minor 0 had is there
}

TEST(TodaysHost, SaysTheDateOfTheRun) {
  const gleaner_call call = call_of("2026-11-18");
  EXPECT_EQ(gleaner::Call(call).date(), "2026-11-18");
}

TEST(OlderHost, KnowsNoHolidaysOfTheReader) {
  const gleaner_str holiday = GLEANER_STR("2026-11-27");
  gleaner_day whole{};
  whole.size = sizeof whole;
  whole.date = GLEANER_STR("2026-11-18");
  whole.holidays = &holiday;
  whole.holiday_count = 1;
  const Shortened<gleaner_day> day(whole, day_size_of_minor1);
  EXPECT_TRUE(gleaner::Day(day.get()).holidays().empty());
  EXPECT_EQ(gleaner::Day(day.get()).date(), "2026-11-18");
  ASSERT_EQ(gleaner::Day(whole).holidays().size(), 1U);
  EXPECT_EQ(gleaner::Day(whole).holidays()[0], "2026-11-27");
}

/// Says in start() whose address it was made with.
struct Signed : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("signed", "Refuses, with the address of its owner");
  void start() { throw gleaner::Error("of " + contact); }
  [[nodiscard]] gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

TEST(Component, KnowsTheContactOfItsPipelineWhenItStarts) {
  std::string said;
  gleaner_call call = call_of("");
  call.context = &said;
  call.fail = [](const gleaner_call* self, std::int32_t status, gleaner_str, gleaner_str message) {
    *static_cast<std::string*>(self->context) = gleaner::view(message);
    return status;
  };
  gleaner_config config{};
  config.size = sizeof config;
  config.contact = GLEANER_STR("me@example.org");
  const gleaner_host host{};
  void* instance = nullptr;
  EXPECT_EQ(gleaner::detail::create<Signed>(&host, &call, &config, &instance), GLEANER_FAILED);
  EXPECT_EQ(said, "of me@example.org");
}

}  // namespace
