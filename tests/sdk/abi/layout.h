/* Every size and offset of layout.inc, as the compiler at hand sees it; C11 and C++11. */
#include "every_header.h"

#ifdef __cplusplus
#define CLAIM(truth, text) static_assert(truth, text)
#else
#define CLAIM(truth, text) _Static_assert(truth, text)
#endif

#define FIELD(type, field, offset, bytes)                              \
  CLAIM(offsetof(type, field) == (offset), #type "." #field " moved"); \
  CLAIM(sizeof(((type*)0)->field) == (bytes), #type "." #field " has another size");

#if GLEANER_TARGET_MINOR == 0
#define SIZE(type, in_0, in_1, in_2) CLAIM(sizeof(type) == (in_0), #type " of minor 0 has another size");
#elif GLEANER_TARGET_MINOR == 1
#define SIZE(type, in_0, in_1, in_2) CLAIM(sizeof(type) == (in_1), #type " of minor 1 has another size");
#else
#define SIZE(type, in_0, in_1, in_2) CLAIM(sizeof(type) == (in_2), #type " has another size");
#endif

#if GLEANER_TARGET_MINOR >= 1
#define FIELD_1 FIELD
#else
#define FIELD_1(type, field, offset, bytes)
#endif
#if GLEANER_TARGET_MINOR >= 2
#define FIELD_2 FIELD
#else
#define FIELD_2(type, field, offset, bytes)
#endif

#include "layout.inc"

CLAIM(GLEANER_ABI_MAJOR == 1, "a major of its own has a layout of its own");
CLAIM(sizeof GLEANER_STAMP_MAGIC == 16, "the stamp's mark fills its field");
CLAIM(sizeof(gleaner_stamp) == 64, "the stamp has 64 bytes");
CLAIM(sizeof(void*) == 8 && sizeof(void (*)(void)) == 8, "the contract is for 64-bit machines");
