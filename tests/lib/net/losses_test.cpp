#include "gradwalk/nn/losses.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/pass.hpp"

using namespace gradwalk;

namespace {

constexpr auto near = [](double a, double b) { return std::abs(a - b) <= 1e-14 * (1 + std::abs(b)); };
const Matrix<double> two_rows(2, 3, {1, 2, 3, 0, -1, 0.5});
const Targets<double> labels{{2, 0}, {}};

std::string refusal(Loss loss, const Matrix<double>& output, const Targets<double>& targets) {
  try {
    loss_value(loss, output, targets);
  } catch (const ShapeError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

BOOST_AUTO_TEST_CASE(values_computed_by_hand) {
  const Matrix<double> p(2, 2, {0.25, 0.75, 0.5, 0.5});
  BOOST_TEST(near(loss_value(Loss::cross_entropy, p, {{1, 0}, {}}), (std::log(4.0 / 3) + std::log(2.0)) / 2));
  const double first = std::log(std::exp(-2) + std::exp(-1) + 1), second = std::log(1 + std::exp(-1) + std::exp(0.5));
  BOOST_TEST(near(loss_value(Loss::softmax_cross_entropy, two_rows, labels), (first + second) / 2));
  const Matrix<double> f(2, 1, {3, -1}), y(2, 1, {1, 1});
  BOOST_TEST(loss_value(Loss::squared, f, {{}, y}) == 4);   // (2² + 2²)/2
  BOOST_TEST(loss_value(Loss::absolute, f, {{}, y}) == 2);  // (2 + 2)/2
  BOOST_TEST(
      near(loss_value(Loss::logistic, f, {{1, 1}, {}}), (std::log1p(std::exp(-3)) + std::log1p(std::exp(1))) / 2));
}

BOOST_AUTO_TEST_CASE(the_gradient_of_softmax_and_cross_entropy_collapses) {  // to (p − y)/N
  Net<double> softmax;
  softmax.add(Softmax{});
  const ForwardPass<double> pass = forward(softmax, two_rows);
  const Matrix<double> fused = loss_gradient(Loss::softmax_cross_entropy, two_rows, labels);
  const Matrix<double> stepwise = backward(softmax, pass, Loss::cross_entropy, labels).dx;
  for (std::size_t n = 0; n < 2; ++n)
    for (std::size_t k = 0; k < 3; ++k) {
      const double expected = (pass.output()(n, k) - (labels.labels[n] == static_cast<int>(k))) / 2;
      BOOST_TEST(near(fused(n, k), expected));
      BOOST_TEST(near(stepwise(n, k), expected));
    }
}

BOOST_AUTO_TEST_CASE(extreme_logits_stay_finite_where_the_loss_is_stable) {
  const Matrix<double> z(2, 2, {0, -800, 1000, 1000});
  const Targets<double> targets{{1, 0}, {}};
  BOOST_TEST(near(loss_value(Loss::softmax_cross_entropy, z, targets), (800 + std::log(2)) / 2));
  const Matrix<double> d = loss_gradient(Loss::softmax_cross_entropy, z, targets);
  BOOST_TEST(d(0, 0) == 0.5);
  BOOST_TEST(d(0, 1) == -0.5);
  const Matrix<double> logit(2, 1, {-900, 900});
  BOOST_TEST(loss_value(Loss::logistic, logit, {{1, 1}, {}}) == 450);
}

BOOST_AUTO_TEST_CASE(the_score_counts_the_first_of_equal_outputs) {
  const Matrix<double> p(3, 2, {0.5, 0.5, 0.1, 0.9, 0.8, 0.2});
  BOOST_TEST(accuracy(Loss::cross_entropy, p, {{0, 1, 1}, {}}) == 2.0 / 3);
  BOOST_TEST(accuracy(Loss::logistic, Matrix<double>(2, 1, {0, 0.1}), {{0, 1}, {}}) == 1);
  BOOST_TEST(std::isnan(accuracy(Loss::squared, p, {{}, p})));
}

BOOST_AUTO_TEST_CASE(misuse_names_the_shapes) {
  BOOST_TEST(refusal(Loss::cross_entropy, two_rows, {{0}, {}}) ==
             "cross-entropy needs a label for each row of the outputs (2, 3), not 1 labels");
  BOOST_TEST(refusal(Loss::cross_entropy, two_rows, {{0, 3}, {}}) ==
             "label 3 of row 1 is not one of the 3 classes 0..2");
  BOOST_TEST(refusal(Loss::cross_entropy, two_rows, {{-1, 0}, {}}) ==
             "label -1 of row 0 is not one of the 3 classes 0..2");
  BOOST_TEST(refusal(Loss::squared, two_rows, {{}, Matrix<double>(2, 1)}) ==
             "squared compares outputs (2, 3) with targets of the same shape, not (2, 1)");
  BOOST_TEST(refusal(Loss::logistic, two_rows, {{0, 1}, {}}) ==
             "logistic needs one logit for each row, outputs (N, 1), not (2, 3)");
  BOOST_TEST(refusal(Loss::cross_entropy, {}, {}) == "the loss of an empty batch is not defined");
}
