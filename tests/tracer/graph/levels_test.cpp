// One record, four levels: wherever a number is drawn, it is the same number.
#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/number.hpp"
#include "sample_records.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

constexpr std::array all_levels{GraphLevel::layer, GraphLevel::tensor, GraphLevel::neuron, GraphLevel::scalar};

/// Rows of one part of a node's text.
std::vector<std::vector<std::string>> cells(const GraphNode& node, Part part) {
  std::vector<std::vector<std::string>> rows;
  for (const TextRow& row : node.text)
    if (row.part == part) rows.push_back(row.cells);
  return rows;
}

std::string text(double value) { return with_minus_sign(format_number(value)); }

}  // namespace

BOOST_AUTO_TEST_CASE(every_number_at_every_level_is_the_one_in_the_record) {
  const Record record = net_record({3, 4, 2}, 3);
  for (const GraphLevel level : all_levels) {
    const Graph graph = build_graph(record, at_level(level));
    std::size_t numbers = 0;
    for (const GraphNode& node : graph.nodes) {
      if (!node.tensor) continue;
      const Tensor& tensor = record[*node.tensor];
      if (node.value.state == Quantity::State::known) {
        BOOST_TEST(node.value.number == tensor.value[node.index], node.id);
        ++numbers;
      }
      if (node.gradient.state == Quantity::State::known)
        BOOST_TEST(node.gradient.number == tensor.gradient[node.index], node.id);
    }
    BOOST_TEST(numbers > 0u);
  }
}

BOOST_AUTO_TEST_CASE(what_is_written_in_a_tensor_is_written_in_its_elements) {
  const Record record = net_record({3, 2, 2}, 2);
  const Graph tensors = build_graph(record, at_level(GraphLevel::tensor)),
              scalars = build_graph(record, at_level(GraphLevel::scalar));
  const TensorId W1 = record.tensor("W1");
  const auto values = cells(node_of(tensors, "W1"), Part::value),
             gradients = cells(node_of(tensors, "W1"), Part::gradient);
  BOOST_TEST_REQUIRE(values.size() == 2u);
  for (std::size_t j = 0; j < 2; ++j)
    for (std::size_t i = 0; i < 3; ++i) {
      const GraphNode& element = node_of(scalars, "W1_" + std::to_string(j) + "_" + std::to_string(i));
      BOOST_TEST(values[j][i] == text(record[W1].value[3 * j + i]));
      BOOST_TEST(cells(element, Part::value)[0][0] == values[j][i]);
      BOOST_TEST(cells(element, Part::gradient)[0][0] == gradients[j][i]);
    }
}

BOOST_AUTO_TEST_CASE(a_chosen_row_and_the_rest_make_the_whole_gradient) {
  const Record record = net_record({2, 3, 2}, 4);
  GraphOptions options = at_level(GraphLevel::scalar);
  options.rows = {2};
  const Graph graph = build_graph(record, options);
  BOOST_TEST(graph.find("z1_2_0").has_value());
  BOOST_TEST(!graph.find("z1_0_0").has_value());
  const double contribution = record[record.tensor("z1")].gradient[2 * 3 + 1] * record[record.tensor("x")].value[2 * 2];
  const double rest = record[record.tensor("W1")].gradient[2] - contribution;
  const auto gradients = cells(node_of(graph, "W1_1_0"), Part::gradient);
  BOOST_TEST_REQUIRE(gradients.size() == 2u);
  BOOST_TEST(gradients[0][0] == text(record[record.tensor("W1")].gradient[2]));
  BOOST_TEST(gradients[1][0] == "not drawn: " + text(rest) + ", 3 terms");
  options.rows = {4};
  BOOST_CHECK_EXCEPTION(build_graph(record, options), InputError, says("no row 4: its rows are 0 to 3"));
}

BOOST_AUTO_TEST_CASE(the_sum_over_the_batch_is_a_node) {
  BOOST_TEST(build_graph(net_record({2, 3, 2}, 4), at_level(GraphLevel::tensor)).find("sum_W1").has_value());
  BOOST_TEST(!build_graph(net_record({2, 3, 2}, 1), at_level(GraphLevel::tensor)).find("sum_W1").has_value());
  BOOST_TEST(build_graph(net_record({2, 3, 2}, 4), at_level(GraphLevel::neuron)).find("sum_batch").has_value());
}

BOOST_AUTO_TEST_CASE(the_prefix_that_two_products_share) {
  const Record record = net_record({2, 3, 4, 2}, 3);
  const Graph graph = build_graph(record, at_level(GraphLevel::tensor));
  // ∂L/∂p · ∂p/∂z3 · ∂z3/∂a2 · ∂a2/∂z2 is in ∂L/∂W2 and in ∂L/∂W1; ∂z2/∂W2 and ∂z2/∂a1 are not.
  std::vector<std::string> shared;
  for (const GraphEdge& edge : graph.edges)
    if (edge.shared && edge.label.size() > 0) shared.push_back(edge.label.front());
  BOOST_TEST(shared == (std::vector<std::string>{"∂L/∂p = ∂L/∂L · ∂L/∂p", "∂L/∂z3 = ∂L/∂p · ∂p/∂z3",
                                                 "∂L/∂a2 = ∂L/∂z3 · ∂z3/∂a2", "∂L/∂z2 = ∂L/∂a2 · ∂a2/∂z2"}));
}

BOOST_AUTO_TEST_CASE(an_expression_has_no_neurons) {
  BOOST_CHECK_EXCEPTION(build_graph(record_expression("f = x", {{"x", 1}}), at_level(GraphLevel::neuron)), InputError,
                        says("has no neurons"));
}
