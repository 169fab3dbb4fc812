// What nearly every test takes in, parsed once.
#include <boost/test/unit_test.hpp>

#include "library.hpp"
