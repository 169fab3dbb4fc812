// The graphs as DOT, held against what people have looked at and found right.
#include "support/golden.hpp"

#include <boost/test/unit_test.hpp>

#include "sample_records.hpp"

using namespace gradwalk;

namespace {

/// Numbers that are the same on every machine: no activation with rounding of its own.
Record small_net() { return net_record({2, 3, 2}, 2, 5, "relu", Loss::squared); }

}  // namespace

BOOST_AUTO_TEST_CASE(a_net_at_every_level) {
  check_golden("graph/net_layer.dot", graph_dot(small_net(), at_level(GraphLevel::layer)));
  check_golden("graph/net_tensor.dot", graph_dot(small_net(), at_level(GraphLevel::tensor)));
  check_golden("graph/net_neuron.dot", graph_dot(small_net(), at_level(GraphLevel::neuron)));
  GraphOptions options = at_level(GraphLevel::scalar);
  options.rows = {1};
  check_golden("graph/net_scalar_row1.dot", graph_dot(small_net(), options));
}

BOOST_AUTO_TEST_CASE(expressions) {
  const Record cs231n = record_expression("f = (x + y) * z", {{"x", -2}, {"y", 5}, {"z", -4}});
  check_golden("graph/cs231n.dot", graph_dot(cs231n, at_level(GraphLevel::scalar)));
  check_golden("graph/cs231n_operations.dot", graph_dot(cs231n, at_level(GraphLevel::tensor)));
  GraphOptions options = at_level(GraphLevel::scalar);
  options.theme = Theme::dark;
  options.highlight = "a";
  check_golden("graph/reuse_dark.dot", graph_dot(record_expression("b = a + a; c = b * b", {{"a", 3}}), options));
}

BOOST_AUTO_TEST_CASE(tikz) {
  check_golden("graph/net_tensor.tikz", render_graph(small_net(), at_level(GraphLevel::tensor), GraphFormat::tikz));
}
