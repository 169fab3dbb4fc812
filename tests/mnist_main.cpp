#define BOOST_TEST_NO_MAIN
#define BOOST_TEST_ALTERNATIVE_INIT_API
#include <boost/test/unit_test.hpp>
#include <cstdio>

#include "support/mnist_folder.hpp"

// The main of tests that need MNIST: without it they are skipped, and say so.

int main(int count, char** words) {
  if (!std::filesystem::is_directory(mnist_folder())) {
    std::printf("skipped: MNIST is not in %s; set GRADWALK_MNIST to where it is\n", mnist_folder().c_str());
    return 77;
  }
  return boost::unit_test::unit_test_main([] { return true; }, count, words);
}
