// Every backward edge of a scalar graph is one chain-rule term of the record, and every term is one edge.
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <tuple>

#include "gradwalk/nn/terms.hpp"
#include "sample_records.hpp"

using namespace gradwalk;

namespace {

using Key = std::tuple<TensorId, std::size_t, TensorId, std::size_t, std::size_t, std::size_t>;

std::map<Key, Term> terms_by_key(const Record& record) {
  std::map<Key, Term> terms;
  for (TensorId id = 0; id < record.tensors.size(); ++id) {
    if (record[id].gradient_state != GradientState::computed || record[id].role == Role::loss) continue;
    for (std::size_t i = 0; i < record[id].size(); ++i)
      for (const Term& term : terms_of(record, {id, i}).terms)
        BOOST_REQUIRE(
            terms.emplace(Key{id, i, term.source.tensor, term.source.index, term.op, term.slot}, term).second);
  }
  return terms;
}

void check_edges(const Record& record) {
  const Graph graph = build_graph(record, at_level(GraphLevel::scalar));
  auto terms = terms_by_key(record);
  BOOST_TEST_REQUIRE(!terms.empty());
  std::map<std::size_t, double> arrived;
  std::set<std::string> ids;
  for (const GraphEdge& edge : graph.edges) {
    BOOST_TEST(ids.insert(edge.id).second, edge.id << " stands twice");
    if (edge.kind != EdgeKind::backward || !edge.local) continue;
    const GraphNode &source = graph.nodes[edge.from], &end = graph.nodes[edge.to];
    const std::size_t target_node = end.kind == NodeKind::sum ? end.beside.value() : edge.to;
    const GraphNode& target = graph.nodes[target_node];
    const auto term = terms.find({*target.tensor, target.index, *source.tensor, source.index, *edge.op, edge.slot});
    BOOST_TEST_REQUIRE((term != terms.end()), edge.id << " is no term");
    BOOST_TEST(*edge.upstream == term->second.upstream);
    BOOST_TEST(*edge.local == term->second.local);
    BOOST_TEST(*edge.contribution == term->second.contribution);
    arrived[target_node] += *edge.contribution;
    terms.erase(term);
  }
  BOOST_TEST(terms.empty(), terms.size() << " terms have no edge");
  for (const auto& [node, sum] : arrived)
    BOOST_TEST(std::abs(sum - graph.nodes[node].gradient.number) <= 1e-12 * (1 + std::abs(sum)), graph.nodes[node].id);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_edge_is_a_term_and_every_term_an_edge) {
  for (const Case& c : various_cases()) {
    BOOST_TEST_CONTEXT(c.name) { check_edges(record_step(c.net, c.x, c.loss, c.targets)); }
  }
}

BOOST_AUTO_TEST_CASE(expressions_too) {
  check_edges(record_expression("b = a + a; c = b * b; L = c + a / b", {{"a", 3}}));
  check_edges(record_expression("f = max(x, y) ^ 2 * tanh(x - y)", {{"x", 0.3}, {"y", -0.8}}));
}

BOOST_AUTO_TEST_CASE(contributions_merge_in_a_sum_and_only_there) {
  const Graph graph = build_graph(net_record({2, 3, 2}, 4), at_level(GraphLevel::scalar));
  std::map<std::size_t, std::size_t> arrows;
  for (const GraphEdge& edge : graph.edges)
    if (edge.kind == EdgeKind::backward) ++arrows[edge.to];
  for (const auto& [node, count] : arrows) {
    if (graph.nodes[node].kind == NodeKind::sum)
      BOOST_TEST(count >= 2u, graph.nodes[node].id);
    else
      BOOST_TEST(count == 1u, graph.nodes[node].id);
  }
  // W1[0,0] gets one contribution from each of the four rows.
  BOOST_TEST(arrows[graph.find("sum_W1_0_0").value()] == 4u);
}
