// With GLEANER_TARGET_MINOR=0: what minor 1 added cannot be named.
#include "layout.h"

static_assert(GLEANER_TARGET_MINOR == 0);

template <class T>
concept HasEstimate = requires(T stage) {
  stage.estimate;
};
template <class T>
concept HasHomepage = requires(T component) {
  component.homepage;
};
static_assert(!HasEstimate<gleaner_stage> && !HasHomepage<gleaner_component>);
