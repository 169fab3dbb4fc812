#define BOOST_TEST_MODULE gradwalk
#include <boost/test/unit_test.hpp>
