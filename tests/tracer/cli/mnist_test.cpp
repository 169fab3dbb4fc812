// Real input: the handwritten digits.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "support/mnist_folder.hpp"
#include "support/run_program.hpp"

using namespace gradwalk;

BOOST_AUTO_TEST_CASE(three_epochs_reach_97_percent_and_a_weight_is_explained) {
  const TemporaryFolder folder;
  const auto trained =
      run_program(folder, "gradwalk train --net 784-128-10 --activation relu --loss cross-entropy --data idx:" +
                              std::filesystem::absolute(mnist_folder()).string() + " --epochs 3 -o mnist.npz");
  BOOST_TEST_REQUIRE(trained.status == 0, trained.err);
  std::smatch match;
  const std::string last = trained.out.substr(trained.out.find("epoch 3"));
  BOOST_TEST_REQUIRE(std::regex_search(last, match, std::regex("test: loss [0-9.]+ +accuracy ([0-9.]+)")), last);
  BOOST_TEST(std::stod(match[1]) >= 0.97, last);

  BOOST_TEST(run_program(folder, "gradwalk trace mnist.npz -o step.npz").status == 0);
  const auto walk = run_program(folder, "gradwalk walk step.npz --wrt 'W2[3,7]'");
  BOOST_TEST(walk.status == 0, walk.err);
  BOOST_TEST(walk.out.find("W2[3,7]") != std::string::npos);
  BOOST_TEST(std::count(walk.out.begin(), walk.out.end(), '\n') < 250);  // a page or three, not thousands of lines
  BOOST_TEST(run_program(folder, "gradwalk verify step.npz").status == 0);
}
