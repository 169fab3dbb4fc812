#include "gradwalk/nn/net.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "random_nets.hpp"

using namespace gradwalk;

BOOST_AUTO_TEST_CASE(a_net_is_what_its_spec_says) {
  const Net<double> net = make_net<double>({2, 10, 3}, "tanh", Loss::cross_entropy);
  BOOST_TEST_REQUIRE(net.layers.size() == 4u);
  BOOST_TEST(std::holds_alternative<Softmax>(net.layers.back()));
  BOOST_TEST((net.widths() == std::vector<std::size_t>{2, 10, 3}));
  BOOST_TEST(net.parameter_count() == 2u * 10 + 10 + 10 * 3 + 3);
  BOOST_TEST(net.linear(0).W.rows() == 10u);  // W is (out, in)
  BOOST_TEST(net.linear(0).W.cols() == 2u);
  BOOST_TEST(make_net<double>({2, 10, 3}, "tanh", Loss::softmax_cross_entropy).layers.size() == 3u);
}

BOOST_AUTO_TEST_CASE(initial_weights_have_the_lessons_spread) {
  Net<double> net = make_net<double>({400, 300}, "tanh", Loss::squared);
  initialise_normal(net, 1);
  double mean = 0, square = 0;
  for (double w : net.linear(0).W.values()) mean += w / 120000, square += w * w / 120000;
  BOOST_TEST(std::abs(mean) < 5 * 0.05 / std::sqrt(120000.0));           // five standard errors
  BOOST_TEST(std::abs(square * 400 - 1) < 5 * std::sqrt(2 / 120000.0));  // variance 1/in
  Net<double> again = make_net<double>({400, 300}, "tanh", Loss::squared);
  initialise_normal(again, 1);
  BOOST_TEST(again.linear(0).W.values() == net.linear(0).W.values());
  initialise_normal(again, 2);
  BOOST_TEST(again.linear(0).W.values() != net.linear(0).W.values());
}

BOOST_AUTO_TEST_CASE(other_spreads_of_the_initial_weights) {
  for (const auto& [init, variance] : {std::pair{"xavier", 2.0 / 700}, {"he", 2.0 / 400}, {"normal", 1.0 / 400}}) {
    ModelSpec spec;
    spec.widths = {400, 300};
    spec.init = init;
    double square = 0;
    const Net<double> net = initial_net(spec);
    for (const double w : net.linear(0).W.values()) square += w * w / 120000;
    BOOST_TEST(std::abs(square / variance - 1) < 5 * std::sqrt(2 / 120000.0), init << ": " << square);
  }
  ModelSpec zeros;
  zeros.init = "zeros";
  const Net<double> net = initial_net(zeros);
  for (const double w : net.linear(1).W.values()) BOOST_TEST(w == 0);
}

BOOST_AUTO_TEST_CASE(a_width_that_does_not_fit_names_both_shapes) {
  const Net<double> net = make_net<double>({2, 10, 3}, "tanh", Loss::squared);
  BOOST_CHECK_EXCEPTION(forward(net, Matrix<double>(4, 5)), ShapeError, [](const ShapeError& e) {
    return std::string(e.what()) == "layer 1 is Linear with W (10, 2), but its input is (4, 5): 2 columns expected";
  });
}

BOOST_AUTO_TEST_CASE(widths_are_read_strictly) {
  BOOST_TEST((parse_widths("784-128-10") == std::vector<std::size_t>{784, 128, 10}));
  for (const char* text : {"", "2", "2-", "-2", "2--3", "2-0-1", "2-x", "2-10-2 ", "2.5-1", "99999999999-1"})
    BOOST_CHECK_THROW(parse_widths(text), InputError);
}

BOOST_AUTO_TEST_CASE(an_evaluation_leaves_the_pass_alone) {
  const Case c = random_case({3, 7, 4}, "relu", Loss::cross_entropy, 6, 5);
  const ForwardPass<double> pass = forward(c.net, c.x);
  const Gradients<double> before = backward(c.net, pass, c.loss, c.targets);
  predict(c.net, Matrix<double>(11, 3, 0.5));
  evaluate(c.net, c.loss, Samples<double>{c.x, c.targets});
  const Gradients<double> after = backward(c.net, pass, c.loss, c.targets);
  BOOST_TEST((before.dW == after.dW));
  BOOST_TEST((before.dx == after.dx));
}
