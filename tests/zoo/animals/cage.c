/* The coats of an animal that is written in C++. */
#define MISBEHAVES extern
#include "cage.h"
