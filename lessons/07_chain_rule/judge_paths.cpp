// Of the judge: the paths from the last node back to each, and the ways to miscount them.
#include <functional>

#include "gradwalk/tracer/language.hpp"
#include "judge_graph.hpp"

namespace gradwalk::harness::lesson_07 {
namespace {

/// The paths down to `to`, with those of the two factors multiplied at every product.
double product_paths(const Graph& graph, std::size_t to) {
  std::vector<double> ways;
  for (std::size_t place = 0; place < graph.size(); ++place) {
    const Node& node = graph[place];
    double sum = 0;
    if (node.kind != input) sum = ways[node.first];
    if (node.kind == add) sum += ways[node.second];
    if (node.kind == mul) sum *= ways[node.second];
    ways.push_back(place == to ? 1 : sum);
  }
  return ways.back();
}

/// The number of paths to a user replaces what was there, for one operand or for both.
std::vector<double> overwritten(const Graph& graph, bool at_first, bool at_second) {
  std::vector<double> paths(graph.size());
  paths.back() = 1;
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == input) continue;
    paths[node.first] = (at_first ? 0 : paths[node.first]) + paths[place];
    if (node.kind != exponential) paths[node.second] = (at_second ? 0 : paths[node.second]) + paths[place];
  }
  return paths;
}

}  // namespace

std::vector<double> paths_of(const Graph& graph) {
  std::vector<double> paths(graph.size());
  const std::function<void(std::size_t)> walk = [&](std::size_t place) {
    paths[place] += 1;
    if (graph[place].kind == input) return;
    walk(graph[place].first);
    if (graph[place].kind != exponential) walk(graph[place].second);
  };
  walk(graph.size() - 1);
  return paths;
}

std::vector<KnownWrong> wrong_paths(const Graph& graph) {
  std::vector<double> edges(graph.size()), twice_once(graph.size()), multiplied(graph.size()),
      second_of_exp(graph.size()), first_only(graph.size()), seed_only(graph.size());
  const std::string assigned = tr("with = for +=: the paths to all users add");
  edges.back() = twice_once.back() = second_of_exp.back() = first_only.back() = seed_only.back() = 1;
  for (std::size_t to = 0; to < graph.size(); ++to) multiplied[to] = product_paths(graph, to);
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == input) continue;
    second_of_exp[node.first] += second_of_exp[place];
    second_of_exp[node.second] += second_of_exp[place];
    first_only[node.first] += first_only[place];
    edges[node.first] += 1;
    if (node.kind != exponential) edges[node.second] += 1;
    twice_once[node.first] += twice_once[place];
    if (node.kind != exponential && node.second != node.first) twice_once[node.second] += twice_once[place];
  }
  return {
      {"users-for-paths", "paths", edges, tr("with the users of a node counted, not the paths to it")},
      {"paths-multiplied", "paths", multiplied,
       tr("with the paths of the two factors of a product multiplied: paths add, whatever the node computes")},
      {"second-of-exp", "paths", second_of_exp, tr("with `second` of an exp counted: it has one operand")},
      {"same-node-once", "paths", twice_once, tr("with a + a counted as one path: the same node stands there twice")},
      {"paths-overwritten", "paths", overwritten(graph, true, true), assigned},
      {"paths-overwritten-at-first", "paths", overwritten(graph, true, false), assigned},
      {"paths-overwritten-at-second", "paths", overwritten(graph, false, true), assigned},
      {"paths-second-left-out", "paths", first_only, tr("with the paths through `second` left out")},
      {"paths-last-node-skipped", "paths", seed_only,
       tr("with the last node left out: the loop begins one node too late, and nothing is handed back")}};
}

}  // namespace gradwalk::harness::lesson_07
