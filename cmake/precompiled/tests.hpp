// What nearly every test takes in, parsed once.
#include "library.hpp"

#include <boost/test/unit_test.hpp>
