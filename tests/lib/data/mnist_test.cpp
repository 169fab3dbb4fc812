#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cmath>

#include "gradwalk/nn/dataset.hpp"
#include "support/mnist_folder.hpp"

using namespace gradwalk;

BOOST_AUTO_TEST_SUITE(mnist)

BOOST_AUTO_TEST_CASE(every_image_and_label_arrives) {
  const auto begin = std::chrono::steady_clock::now();
  const auto set = load_dataset<float>("idx:" + mnist_folder().string());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  BOOST_TEST_MESSAGE("loaded in " << seconds.count() << " s");
  BOOST_TEST(set.train.size() == 60'000u);
  BOOST_TEST(set.test.size() == 10'000u);
  BOOST_TEST(set.features() == 784u);
  BOOST_TEST(set.classes == 10u);
  BOOST_TEST(set.train.targets.labels[0] == 5);
  BOOST_TEST(set.test.targets.labels[0] == 7);
  // The mean and the deviation of the training pixels, as everybody who normalises MNIST quotes them.
  double sum = 0, squares = 0;
  for (const float pixel : set.train.x.values()) {
    sum += pixel;
    squares += static_cast<double>(pixel) * pixel;
  }
  const auto n = static_cast<double>(set.train.x.size());
  BOOST_TEST(std::abs(sum / n - 0.1307) < 5e-5);
  BOOST_TEST(std::abs(std::sqrt(squares / n - sum / n * sum / n) - 0.3081) < 5e-5);
}

BOOST_AUTO_TEST_SUITE_END()
