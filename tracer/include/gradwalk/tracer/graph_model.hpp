#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

struct GraphOptions;

/// What a node stands for.
enum class NodeKind {
  tensor,     // a whole tensor
  element,    // one number of a tensor
  operation,  // linear, tanh, + …
  sum,        // Σ: contributions merge here on their way to one gradient
  seed,       // ∂L/∂L = 1
  layer,      // of the architecture
  neuron,     // a circle
  folded,     // "… 780 more …": nodes that are not drawn
  caption,    // text beside the graph
};

/// The meaning of a colour; colours.hpp has the colours. Never the only sign of that meaning.
enum class Tone { ink, muted, input, parameter, probability, loss, gradient, positive, negative, shared, mistake };

/// A number in a picture. pending is drawn blank, and a known 0 is exactly 0.
struct Quantity {
  enum class State { none, pending, known };
  State state = State::none;
  double number = 0;
};

/// What a row of text tells; frames blank the values and gradients that are not computed yet.
enum class Part { name, note, value, gradient };

/// A row of a node's text. A heading has one or two cells (name, shape); rows of a matrix have one for each column.
struct TextRow {
  Part part = Part::name;
  std::vector<std::string> cells{};
  Tone tone = Tone::ink;
  double size = 11;  // of the letters, in points
  bool bold = false;
  bool ruled = false;                 // a line above it
  std::vector<std::size_t> shaded{};  // cells on the ground of Tone::shared
};

struct Point {
  double x = 0, y = 0;
};

struct GraphNode {
  std::string id{};     // stable: W1, W1_2_0, linear1, sum_W1
  std::string group{};  // CSS class beside the kind's: the name of the tensor, or empty
  NodeKind kind = NodeKind::element;
  Tone tone = Tone::ink;
  std::vector<TextRow> text{};
  std::string tooltip{};

  std::optional<TensorId> tensor{};  // tensor, element, neuron; of a Σ: whose gradient it adds up
  std::size_t index = 0;             // of the element
  std::optional<std::size_t> op{};   // operation: which one of record.ops
  Quantity value{}, gradient{};      // element, neuron; a Σ has the gradient that it adds up
  std::size_t hidden = 0;            // folded: how many nodes are not drawn

  bool lit = false, hidden_now = false, dashed = false;
  std::optional<std::size_t> beside{};  // Σ, seed: the node that it is placed with

  double width = 0, height = 0;  // in points
  Point centre{};                // when Graph::placed
};

enum class EdgeKind { forward, backward };

struct GraphEdge {
  std::string id{};
  EdgeKind kind = EdgeKind::forward;
  std::size_t from = 0, to = 0;  // of Graph::nodes, in the direction of the arrow
  std::vector<std::string> label{};
  std::string tooltip{};

  std::optional<std::size_t> op{};    // of record.ops
  std::size_t slot = 0;               // input of that op
  std::optional<std::size_t> back{};  // backward: the forward edge that it goes back along
  /// The chain-rule term of a backward edge between two numbers: upstream · local = contribution.
  std::optional<double> upstream{}, local{}, contribution{};

  Tone tone = Tone::ink;
  double width = 1.5;
  bool dashed = false, lit = false, shared = false, hidden_now = false;

  std::vector<Point> spline{};  // 3n + 1 control points, when Graph::placed
  Point label_centre{};
};

/// A compute graph as it will be drawn: every number that the picture shows is here, and comes from the record.
struct Graph {
  std::string title{}, description{};  // <title> and <desc> of an SVG
  std::vector<GraphNode> nodes{};
  std::vector<GraphEdge> edges{};
  std::vector<std::string> notices{};  // what was left out, and how to see it
  bool placed = false;                 // positions are known; else the program `dot` finds them

  /// Index of the node with this id; nothing when there is none.
  std::optional<std::size_t> find(const std::string& id) const;
};

/// The graph of a record at the level that `options` asks for. Throws InputError for a row, a tensor or an element that
/// is not there, and for a level that is too large to draw without `all`.
Graph build_graph(const Record& record, const GraphOptions& options);

}  // namespace gradwalk
