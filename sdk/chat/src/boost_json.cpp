// Boost.JSON itself, compiled into this library so that nobody who links it needs Boost.
#include <boost/json/src.hpp>
