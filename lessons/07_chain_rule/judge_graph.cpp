#include "judge_graph.hpp"

#include <cmath>
#include <complex>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_07 {
namespace {

template <class Number>
Number computed(const Node& node, const Number& first, const Number& second) {
  switch (node.kind) {
    case input:
      return node.value;
    case add:
      return first + second;
    case mul:
      return first * second;
    case exponential:
      return std::exp(first);
  }
  return 0;
}

/// All values, with `moved` added to the value of one node before its users see it.
template <class Number>
std::vector<Number> values_moved(const Graph& graph, std::size_t which, const Number& moved) {
  std::vector<Number> values;
  for (const Node& node : graph) {
    const bool inner = node.kind != input;
    values.push_back(computed(node, inner ? values[node.first] : Number(0), inner ? values[node.second] : Number(0)));
    if (values.size() - 1 == which) values.back() += moved;
  }
  return values;
}

}  // namespace

double of_kind(const Node& node, double first, double second) { return computed(node, first, second); }

std::vector<double> values_of(const Graph& graph) { return values_moved(graph, 0, 0.0); }

std::vector<double> gradients_of(const Graph& graph) {
  // L(v + ih) = L(v) + ih·∂L/∂v − …: nothing is subtracted, so h can be so small that what follows is 0 (Squire and
  // Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40, 1998).
  constexpr double h = 1e-100;
  std::vector<double> gradients;
  for (std::size_t which = 0; which < graph.size(); ++which)
    gradients.push_back(values_moved(graph, which, std::complex<double>(0, h)).back().imag() / h);
  return gradients;
}

namespace {

/// The values with one rule in it replaced; `rule` gives a node's value from its operands'.
using Rule = double (*)(const Node& node, double first, double second);
std::vector<double> values_with(const Graph& graph, Rule rule) {
  std::vector<double> values;
  for (const Node& node : graph) {
    const bool inner = node.kind != input;
    values.push_back(rule(node, inner ? values[node.first] : 0, inner ? values[node.second] : 0));
  }
  return values;
}

}  // namespace

std::vector<KnownWrong> wrong_values(const Graph& graph) {
  const auto known = [&](const char* id, const std::string& words, Rule rule) {
    return KnownWrong{id, "values", values_with(graph, rule), words};
  };
  std::vector<double> without_last = values_of(graph);
  without_last.back() = 0;
  return {
      {"last-node-not-computed", "values", without_last, tr("with the last node left out: the loop ends too early")},
      known("mul-falls-through", tr("with exp where the product belongs: a case without its break falls through"),
            [](const Node& node, double a, double b) { return node.kind == mul ? std::exp(a) : of_kind(node, a, b); }),
      known("add-falls-through", tr("with the product where the sum belongs"),
            [](const Node& node, double a, double b) { return node.kind == add ? a * b : of_kind(node, a, b); }),
      known("mul-as-add", tr("with the sum where the product belongs"),
            [](const Node& node, double a, double b) { return node.kind == mul ? a + b : of_kind(node, a, b); }),
      known("exp-passed-through", tr("with exp left out: the number is handed on as it is"),
            [](const Node& node, double a, double b) { return node.kind == exponential ? a : of_kind(node, a, b); }),
      known("first-operand-twice", tr("with the first operand in the place of the second"),
            [](const Node& node, double a, double) { return of_kind(node, a, a); })};
}

}  // namespace gradwalk::harness::lesson_07
