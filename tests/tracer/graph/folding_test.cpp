#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "sample_records.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

BOOST_AUTO_TEST_CASE(a_large_graph_is_folded_and_says_so) {
  const Record record = net_record({40, 50, 10}, 8);
  const Graph graph = build_graph(record, at_level(GraphLevel::scalar));
  BOOST_TEST(graph.nodes.size() < 1500u);
  std::size_t drawn = 0, hidden = 0, all = 0;
  for (const GraphNode& node : graph.nodes) {
    drawn += node.kind == NodeKind::element;
    hidden += node.hidden;
  }
  for (const Tensor& tensor : record.tensors) all += tensor.size();
  BOOST_TEST(drawn + hidden == all);
  BOOST_TEST_REQUIRE(graph.notices.size() == 1u);
  BOOST_TEST(graph.notices[0].find(std::to_string(hidden)) == 0u);
  BOOST_TEST(graph.notices[0].find("--all") != std::string::npos);
  for (const char* id : {"W1_0_0", "W1_49_39", "more_W1"}) BOOST_TEST(graph.find(id).has_value(), id);
}

BOOST_AUTO_TEST_CASE(all_draws_all) {
  const Record record = net_record({40, 50, 10}, 8);
  GraphOptions options = at_level(GraphLevel::scalar);
  options.all = true;
  const Graph graph = build_graph(record, options);
  BOOST_TEST(graph.notices.empty());
  BOOST_TEST(graph.find("W1_20_20").has_value());
  BOOST_TEST(!graph.find("more_W1").has_value());
}

BOOST_AUTO_TEST_CASE(boxes_placed_by_us_do_not_overlap) {
  GraphOptions options = at_level(GraphLevel::scalar);
  options.all = true;
  const Graph graph = build_graph(net_record({4, 12, 6, 3}, 3), options);
  BOOST_TEST_REQUIRE(graph.placed);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const GraphNode &a = graph.nodes[i], &b = graph.nodes[k];
      const bool apart = std::abs(a.centre.x - b.centre.x) >= (a.width + b.width) / 2 ||
                         std::abs(a.centre.y - b.centre.y) >= (a.height + b.height) / 2;
      BOOST_TEST(apart, a.id << " and " << b.id);
    }
}

BOOST_AUTO_TEST_CASE(a_long_expression_wants_all) {
  std::string text = "f = x";
  for (int i = 0; i < 1600; ++i) text += " + x";
  const Record record = record_expression(text, {{"x", 1}});
  BOOST_CHECK_EXCEPTION(build_graph(record, at_level(GraphLevel::scalar)), InputError, says("draw them with --all"));
}
