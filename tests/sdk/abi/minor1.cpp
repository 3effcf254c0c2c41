// With GLEANER_TARGET_MINOR=1: what minor 2 added cannot be named, neither in C nor in the C++ layer.
#include <gleaner/cpp/paper.hpp>

#include "layout.h"

static_assert(GLEANER_TARGET_MINOR == 1);

template <class T>
concept HasDate = requires(T call) {
  call.date;
};
template <class T>
concept HasHolidays = requires(T day) {
  day.holidays;
};
static_assert(!HasDate<gleaner_call> && !HasHolidays<gleaner_day>);

template <class T>
concept TellsDate = requires(T call) {
  call.date();
};
template <class T>
concept TellsHolidays = requires(T day) {
  day.holidays();
};
static_assert(!TellsDate<gleaner::Call> && !TellsHolidays<gleaner::Day>);
