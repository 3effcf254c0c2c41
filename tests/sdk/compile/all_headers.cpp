// Everything an author includes, in one file that another one repeats: nothing may be defined twice.
#include <gleaner/plugin.hpp>
#include <gleaner/testkit.hpp>
