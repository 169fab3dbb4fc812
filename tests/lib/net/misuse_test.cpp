// What a caller gets who hands over shapes that do not fit: a ShapeError that names them, and never a read outside.
#include <array>
#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/generators.hpp"
#include "gradwalk/nn/gradient_check.hpp"
#include "gradwalk/nn/samples.hpp"
#include "gradwalk/nn/train.hpp"
#include "random_nets.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

using M = Matrix<double>;

Case some_case() { return random_case({3, 7, 4}, "tanh", Loss::cross_entropy, 6, 11); }

Gradients<double> gradients_of(const Case& c) { return backward(c.net, forward(c.net, c.x), c.loss, c.targets); }

}  // namespace

BOOST_AUTO_TEST_SUITE(misuse)

BOOST_AUTO_TEST_CASE(a_matrix_of_other_numbers) {
  BOOST_CHECK_EXCEPTION(M(2, 3, std::vector<double>(5)), ShapeError, says("5 numbers are no matrix (2, 3)"));
  const std::size_t large = std::size_t{1} << 32;
  BOOST_CHECK_EXCEPTION(M(large, large), ShapeError, says("more elements than can be counted"));
  BOOST_CHECK_EXCEPTION(M(large, large, std::vector<double>{}), ShapeError, says("(4294967296, 4294967296)"));
}

BOOST_AUTO_TEST_CASE(targets_of_other_samples) {
  const std::array<std::size_t, 1> last{4};
  Samples<double> samples{M(5, 2), {{0, 1, 0}, {}}};
  BOOST_CHECK_EXCEPTION(take<double>(samples, last), ShapeError,
                        says("x is (5, 2), but there are targets for 3 samples"));
  samples.targets = {{}, M(3, 1)};
  BOOST_CHECK_EXCEPTION(take<double>(samples, last), ShapeError, says("targets for 3 samples"));
  samples.targets = {};
  BOOST_TEST(take<double>(samples, last).targets.size() == 0u);
}

BOOST_AUTO_TEST_CASE(gradients_of_another_net) {
  const Case c = some_case();
  const auto check = [&](const Gradients<double>& g) { check_gradients(c.net, c.x, c.loss, c.targets, g); };
  Gradients<double> g = gradients_of(c);
  g.dW[0] = M(7, 2);
  BOOST_CHECK_EXCEPTION(check(g), ShapeError, says("layer 1 has W (7, 3) and b (7), but its gradients are dW (7, 2)"));
  g = gradients_of(c);
  g.db[2].pop_back();
  BOOST_CHECK_EXCEPTION(check(g), ShapeError, says("layer 3 has W (4, 7)"));
  g = gradients_of(c);
  g.dx = M(6, 2);
  BOOST_CHECK_EXCEPTION(check(g), ShapeError, says("x is (6, 3), but dx is (6, 2)"));
  BOOST_CHECK_EXCEPTION(check({}), ShapeError, says("gradients of 0 dW and 0 db"));
  Targets<double> targets = c.targets;
  targets.labels.pop_back();
  BOOST_CHECK_THROW(check_gradients(c.net, c.x, Loss::absolute, {}, gradients_of(c)), ShapeError);
  BOOST_CHECK_THROW(check_gradients(c.net, c.x, c.loss, targets, gradients_of(c)), ShapeError);

  Net<double> net = c.net;
  const Samples<double> samples{c.x, c.targets};
  Descent<double> descent(net, c.loss, samples, {});
  BOOST_CHECK_THROW(descent.apply({}), ShapeError);
  g = gradients_of(c);
  g.dW[2] = M(4, 6);
  BOOST_CHECK_EXCEPTION(descent.apply(g), ShapeError, says("dW (4, 6)"));
}

BOOST_AUTO_TEST_CASE(a_pass_of_another_net) {
  const Case c = some_case();
  const auto other = random_case({3, 5, 4}, "tanh", Loss::cross_entropy, 6, 1);
  const auto deeper = random_case({3, 7, 7, 4}, "tanh", Loss::cross_entropy, 6, 1);
  BOOST_CHECK_EXCEPTION(backward(c.net, forward(other.net, c.x), c.loss, c.targets), ShapeError,
                        says("layer 1 takes (N, 3) to (N, 7), but in this pass (6, 3) went to (6, 5)"));
  BOOST_CHECK_THROW(backward(c.net, forward(deeper.net, c.x), c.loss, c.targets), ShapeError);
  BOOST_CHECK_THROW(backward(c.net, ForwardPass<double>{c.x, {}}, c.loss, c.targets), ShapeError);
  Net<double> short_b = c.net;
  short_b.linear(1).b.pop_back();
  BOOST_CHECK_EXCEPTION(forward(short_b, c.x), ShapeError, says("W (4, 7), but its b has 3 elements"));
}

BOOST_AUTO_TEST_CASE(outputs_without_classes) {
  BOOST_CHECK_THROW(predicted_labels(Loss::cross_entropy, M(3, 0)), ShapeError);
  BOOST_CHECK_THROW(predicted_labels(Loss::logistic, M(3, 2)), ShapeError);
  BOOST_CHECK_THROW(make_blobs(4, 0, 0.1, 1), ShapeError);
}

BOOST_AUTO_TEST_CASE(kernels_with_shapes_that_do_not_fit) {
  const M x(4, 2), W(3, 2), z(4, 3);
  std::vector<double> b(3), two(2);
  const auto cb = [](const std::vector<double>& v) { return std::span<const double>(v); };
  M out(4, 3), wrong(4, 2);
  BOOST_CHECK_NO_THROW(kernels::linear_forward(x, W, cb(b), out));
  BOOST_CHECK_EXCEPTION(kernels::linear_forward(x, W, cb(two), out), ShapeError,
                        says("linear_forward: the shapes x (4, 2), W (3, 2), b (2), z (4, 3) do not fit one another"));
  BOOST_CHECK_THROW(kernels::linear_forward(x, W, cb(b), wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::linear_forward(z, W, cb(b), out), ShapeError);
  BOOST_CHECK_THROW(kernels::plain::linear_forward(x, W, cb(two), out), ShapeError);
  BOOST_CHECK_THROW(kernels::linear_backward_dW(z, x, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::plain::linear_backward_dW(z, x, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::linear_backward_db(z, std::span<double>(two)), ShapeError);
  BOOST_CHECK_THROW(kernels::linear_backward_dx(z, W, out), ShapeError);
  BOOST_CHECK_THROW(kernels::plain::linear_backward_dx(x, W, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::tanh_forward(z, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::tanh_backward(z, z, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::sigmoid_forward(z, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::sigmoid_backward(z, x, out), ShapeError);
  BOOST_CHECK_THROW(kernels::leaky_relu_forward(z, 0.1, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::leaky_relu_backward(z, z, 0.1, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::softmax_forward(z, wrong), ShapeError);
  BOOST_CHECK_THROW(kernels::softmax_backward(z, z, wrong), ShapeError);
  M none(3, 0);
  BOOST_CHECK_THROW(kernels::softmax_forward(none, none), ShapeError);
}

BOOST_AUTO_TEST_SUITE_END()
