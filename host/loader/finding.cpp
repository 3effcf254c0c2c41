#include "host/loader/finding.hpp"

#include <chrono>
#include <cstring>
#include <string_view>

namespace gleaner::host {
namespace {

/// "2026-11-22"
std::string day_of(std::int64_t seconds) {
  const std::chrono::year_month_day day{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{seconds}})};
  const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + say(number); };
  return say(static_cast<int>(day.year()), "-", two(static_cast<unsigned>(day.month())), "-",
             two(static_cast<unsigned>(day.day())));
}

/// "SIGSEGV", or "signal 40" for one without a name.
std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name == nullptr ? say("signal ", number) : say("SIG", name);
}

/// "2 s", "0.3 s"
std::string in_seconds(int milliseconds) {
  const int tenths = milliseconds % 1000 / 100;
  return tenths == 0 ? say(milliseconds / 1000, " s") : say(milliseconds / 1000, ".", tenths, " s");
}

std::string what_happened(const Mishap& mishap) {
  switch (mishap.how) {
    case Mishap::How::crashed:
      return say("it crashed with ", signal_name(mishap.number));
    case Mishap::How::exited:
      return say("it ended the process (exit code ", mishap.number, ")");
    case Mishap::How::hung:
      return say("it was not loaded after ", in_seconds(mishap.number));
    case Mishap::How::garbled:
      return "it wrote into a pipe of the host's";
  }
  return "something went wrong";
}

}  // namespace

std::string to_sentence(const Mishap& mishap) {
  return say(what_happened(mishap), " when it was looked at on ", day_of(mishap.seconds),
             "; gleaner plugin rescan tries again");
}

}  // namespace gleaner::host
