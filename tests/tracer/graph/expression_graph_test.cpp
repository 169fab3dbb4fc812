// Expressions that every course draws, with the numbers that their lecture notes give.
#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "sample_records.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

std::vector<std::string> labels_into(const Graph& graph, const std::string& id) {
  std::vector<std::string> labels;
  const std::size_t node = graph.find(id).value();
  for (const GraphEdge& edge : graph.edges)
    if (edge.kind == EdgeKind::backward && edge.to == node && !edge.label.empty()) labels.push_back(edge.label.back());
  return labels;
}

}  // namespace

// CS231n, "Backpropagation, Intuitions": f = (x + y)·z at (−2, 5, −4) has gradients −4, −4, 3.
BOOST_AUTO_TEST_CASE(the_first_circuit_of_cs231n) {
  const Record record = record_expression("q = x + y; f = q * z", {{"x", -2}, {"y", 5}, {"z", -4}});
  const Graph graph = build_graph(record, at_level(GraphLevel::scalar));
  BOOST_TEST(node_of(graph, "q").value.number == 3);
  BOOST_TEST(node_of(graph, "f").value.number == -12);
  BOOST_TEST(node_of(graph, "x").gradient.number == -4);
  BOOST_TEST(node_of(graph, "z").gradient.number == 3);
  BOOST_TEST(labels_into(graph, "x") == std::vector<std::string>{"−4 × 1 = −4"});
  BOOST_TEST(labels_into(graph, "q") == std::vector<std::string>{"1 × (−4) = −4"});
  BOOST_TEST(labels_into(graph, "z") == std::vector<std::string>{"1 × 3 = 3"});
}

// micrograd draws x·x with one edge, which makes its gradient look halved.
BOOST_AUTO_TEST_CASE(a_value_that_is_used_twice_has_two_edges_each_way) {
  for (const GraphLevel level : {GraphLevel::tensor, GraphLevel::scalar}) {
    const Graph graph = build_graph(record_expression("c = x * x", {{"x", 3}}), at_level(level));
    std::size_t out = 0;
    for (const GraphEdge& edge : graph.edges) out += edge.kind == EdgeKind::forward && edge.from == graph.find("x");
    BOOST_TEST(out == 2u);
    BOOST_TEST(labels_into(graph, "sum_x") == (std::vector<std::string>{"1 × 3 = 3", "1 × 3 = 3"}));
    BOOST_TEST(node_of(graph, "x").gradient.number == 6);
  }
}

BOOST_AUTO_TEST_CASE(four_states_of_a_gradient_never_look_alike) {
  Record record = record_expression("f = x * 0 + y * 1e-9 + z * 0.5 + w", {{"x", 1}, {"y", 1}, {"z", 1}, {"w", 1}});
  Tensor& w = record.tensors[record.tensor("w")];
  w.gradient.clear();
  w.gradient_state = GradientState::pending;
  const Graph graph = build_graph(record, at_level(GraphLevel::scalar));
  const auto shown = [&](const std::string& id) { return node_of(graph, id).text.back().cells.front(); };
  BOOST_TEST(shown("x") == "0");
  BOOST_TEST(shown("y") == "1.00e−09");
  BOOST_TEST(shown("z") == "0.5");
  BOOST_TEST(shown("w") == "");
}

BOOST_AUTO_TEST_CASE(names_are_ids_and_never_addresses) {
  const Graph graph = build_graph(record_expression("f = x * -0.5 + 2", {{"x", 1}}), at_level(GraphLevel::scalar));
  for (const char* id : {"x", "c_m0_5", "c_2", "f", "seed"}) BOOST_TEST(graph.find(id).has_value(), id);
}

BOOST_AUTO_TEST_CASE(a_mistake_stands_beside_what_is_right) {
  GraphOptions options = at_level(GraphLevel::tensor);
  options.marks.push_back({"z1", "W1", "dW1 = dz1·x"});
  const Record record = net_record({2, 3, 2}, 4);
  const std::size_t right = build_graph(record, at_level(GraphLevel::tensor)).edges.size();
  const Graph graph = build_graph(record, options);
  BOOST_TEST_REQUIRE(graph.edges.size() == right + 1);
  BOOST_TEST((graph.edges.back().tone == Tone::mistake));
  BOOST_TEST(graph.edges.back().label.front() == "✗");
  BOOST_TEST(node_of(graph, "caption").text.front().cells.front() == "✗ dW1 = dz1·x");
  options.marks = {{"z9", "W1", ""}};
  BOOST_CHECK_EXCEPTION(build_graph(record, options), InputError, says("z9 is not drawn"));
}
