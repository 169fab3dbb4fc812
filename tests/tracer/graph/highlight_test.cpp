#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "gradwalk/nn/error.hpp"
#include "sample_records.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

const GraphEdge& edge_named(const Graph& graph, const std::string& id) {
  for (const GraphEdge& edge : graph.edges)
    if (edge.id == id) return edge;
  BOOST_FAIL("no edge " << id);
  return graph.edges.front();
}

}  // namespace

// f = 3·a + 1·a: three quarters of ∂f/∂a come down the first way.
BOOST_AUTO_TEST_CASE(an_edge_is_as_wide_as_its_share_of_the_paths) {
  GraphOptions options = at_level(GraphLevel::scalar);
  options.highlight = "a";
  const Graph graph = build_graph(record_expression("u = 3 * a; f = u + a", {{"a", 2}}), options);
  const double thinnest = 1.5, widest = 7;
  BOOST_TEST(edge_named(graph, "f__u").width == thinnest + 0.75 * (widest - thinnest));
  BOOST_TEST(edge_named(graph, "f__a").width == thinnest + 0.25 * (widest - thinnest));
  BOOST_TEST(edge_named(graph, "sum_a__a").width == widest);
}

BOOST_AUTO_TEST_CASE(only_ways_to_the_weight_are_lit) {
  GraphOptions options = at_level(GraphLevel::scalar);
  options.highlight = "W1[2,0]";
  const Graph graph = build_graph(net_record({2, 3, 2}, 2), options);
  for (const char* id : {"W1_2_0", "z1_0_2", "a1_1_2", "z2_0_1", "L"}) BOOST_TEST(node_of(graph, id).lit, id);
  for (const char* id : {"W1_2_1", "z1_0_1", "x_0_0", "W2_0_2"}) BOOST_TEST(!node_of(graph, id).lit, id);
}

BOOST_AUTO_TEST_CASE(at_neuron_level_the_arrow_of_the_weight_and_the_ways_to_it_are_lit) {
  GraphOptions options = at_level(GraphLevel::neuron);
  options.highlight = "W1[2,0]";
  options.rows = {1};
  const Graph graph = build_graph(net_record({2, 3, 2}, 2), options);
  for (const char* id : {"W1_2_0", "W2_0_2", "W2_1_2"}) BOOST_TEST(edge_named(graph, id).lit, id);
  for (const char* id : {"W1_2_1", "W1_0_0", "W2_0_0", "W2_1_1"}) BOOST_TEST(!edge_named(graph, id).lit, id);
  BOOST_TEST(edge_named(graph, "W1_2_0").width > edge_named(graph, "W2_0_2").width);  // all of the way; a part of it
  BOOST_TEST(node_of(graph, "a1_2").lit);
  BOOST_TEST(!node_of(graph, "a1_0").lit);
}

BOOST_AUTO_TEST_CASE(a_weight_that_is_not_finite_has_an_arrow_like_any_other) {
  Record record = net_record({2, 3, 2}, 1);
  record.tensors[record.tensor("W1")].value[0] = std::numeric_limits<double>::infinity();
  for (const GraphEdge& edge : build_graph(record, at_level(GraphLevel::neuron)).edges)
    BOOST_TEST(std::isfinite(edge.width), edge.id);
}

BOOST_AUTO_TEST_CASE(a_weight_that_is_not_there) {
  GraphOptions options = at_level(GraphLevel::tensor);
  options.highlight = "W9[0,0]";
  BOOST_CHECK_EXCEPTION(build_graph(net_record({2, 3, 2}, 2), options), InputError, says("no 'W9'"));
}
