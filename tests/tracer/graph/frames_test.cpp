#include <boost/test/unit_test.hpp>

#include "sample_records.hpp"

using namespace gradwalk;

namespace {

Graph at_moment(const Record& record, GraphLevel level, GraphMoment moment) {
  GraphOptions options = at_level(level);
  options.moment = moment;
  return build_graph(record, options);
}

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_moves_from_frame_to_frame) {
  const Record record = net_record({2, 10, 2}, 4);
  const std::size_t ops = record.ops.size();
  const Graph last = at_moment(record, GraphLevel::tensor, {ops, ops});
  for (const GraphMoment moment : {GraphMoment{0, 0}, GraphMoment{2, 0}, GraphMoment{ops, 0}, GraphMoment{ops, 3}}) {
    const Graph graph = at_moment(record, GraphLevel::tensor, moment);
    BOOST_TEST_REQUIRE(graph.nodes.size() == last.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      BOOST_TEST(graph.nodes[i].centre.x == last.nodes[i].centre.x, graph.nodes[i].id);
      BOOST_TEST(graph.nodes[i].centre.y == last.nodes[i].centre.y, graph.nodes[i].id);
      BOOST_TEST(graph.nodes[i].width == last.nodes[i].width, graph.nodes[i].id);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_computed_yet_is_blank) {
  const Record record = record_expression("b = a + a; c = b * b; f = c + a", {{"a", 3}});
  const auto state = [&](const GraphMoment& moment, const char* id, bool gradient) {
    const Graph graph = at_moment(record, GraphLevel::scalar, moment);
    const GraphNode& node = node_of(graph, id);
    return (gradient ? node.gradient : node.value).state == Quantity::State::known;
  };
  BOOST_TEST(state({0, 0}, "a", false));
  BOOST_TEST(!state({0, 0}, "b", false));
  BOOST_TEST(state({1, 0}, "b", false));
  BOOST_TEST(!state({1, 0}, "c", false));
  BOOST_TEST(!state({2, 0}, "f", true));
  BOOST_TEST(state({3, 0}, "f", true));   // the seed
  BOOST_TEST(!state({3, 1}, "a", true));  // one of its three contributions is there, but not the sum
  BOOST_TEST(state({3, 1}, "c", true));
  BOOST_TEST(!state({3, 2}, "a", true));
  BOOST_TEST(state({3, 3}, "a", true));
}
