#include "graph/moments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/tracer/language.hpp"
#include "graph/formulas.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

class Progress {
 public:
  Progress(const Record& record, const GraphMoment& moment) : record_(record), moment_(moment) {}

  bool forward_done(std::size_t op) const { return op < moment_.forward; }
  bool backward_done(std::size_t op) const { return op + moment_.backward >= record_.ops.size(); }

  bool has_value(TensorId id) const {
    for (std::size_t k = 0; k < record_.ops.size(); ++k)
      if (record_.ops[k].output == id) return forward_done(k);
    return true;
  }

  /// A gradient is complete when every use of the tensor has sent its part.
  bool has_gradient(TensorId id) const {
    if (moment_.forward < record_.ops.size()) return false;
    for (std::size_t k = 0; k < record_.ops.size(); ++k)
      for (TensorId input : record_.ops[k].inputs)
        if (input == id && !backward_done(k)) return false;
    return true;
  }

  /// The op that was the last to be gone through, forward or backward.
  std::optional<std::size_t> current() const {
    if (moment_.backward > 0) return record_.ops.size() - moment_.backward;
    if (moment_.forward > 0) return moment_.forward - 1;
    return std::nullopt;
  }

 private:
  const Record& record_;
  const GraphMoment& moment_;
};

void blank(GraphNode& node, Part part) {
  for (TextRow& row : node.text)
    if (row.part == part)
      for (std::string& cell : row.cells) cell.clear();
  (part == Part::value ? node.value : node.gradient) = {Quantity::State::pending, 0};
}

/// Two corners that are in every frame: what is hidden must not let the picture shrink.
void hold_extent(Graph& graph) {
  constexpr double margin = 8;
  double left = 0, right = 0, low = 0, high = 0;
  const auto cover = [&](Point centre, double width, double height) {
    left = std::min(left, centre.x - width / 2 - margin);
    right = std::max(right, centre.x + width / 2 + margin);
    low = std::min(low, centre.y - height / 2 - margin);
    high = std::max(high, centre.y + height / 2 + margin);
  };
  for (const GraphNode& node : graph.nodes) cover(node.centre, node.width, node.height);
  for (const GraphEdge& edge : graph.edges) {
    double width = 0;
    for (const std::string& line : edge.label) width = std::max(width, text_width(line, label_size, true));
    if (width > 0) cover(edge.label_centre, width, label_line * static_cast<double>(edge.label.size()));
    for (Point p : edge.spline) cover(p, 0, 0);
  }
  graph.nodes.push_back({.id = "corner_1",
                         .kind = NodeKind::caption,
                         .hidden_now = true,
                         .width = 1,
                         .height = 1,
                         .centre = {left, low}});
  graph.nodes.push_back({.id = "corner_2",
                         .kind = NodeKind::caption,
                         .hidden_now = true,
                         .width = 1,
                         .height = 1,
                         .centre = {right, high}});
}

}  // namespace

std::vector<GraphMoment> moments_of(const Record& record) {
  std::vector<GraphMoment> moments;
  for (std::size_t k = 0; k <= record.ops.size(); ++k) moments.push_back({k, 0});
  for (std::size_t k = 1; k <= record.ops.size(); ++k) moments.push_back({record.ops.size(), k});
  return moments;
}

std::string moment_text(const Record& record, const GraphMoment& moment) {
  const std::size_t ops = record.ops.size();
  if (moment.backward > 0) {
    const Op& op = record.ops[ops - moment.backward];
    const std::string& L = record[record.loss()].name;
    std::vector<std::string> targets;
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot)
      if (record[op.inputs[slot]].gradient_state != GradientState::none &&
          (slot == 0 || op.inputs[slot] != op.inputs[0]))
        targets.push_back(derivative(L, record[op.inputs[slot]].name));
    return tr("backward {k} of {n}: {targets} from {upstream}", fmt::arg("k", moment.backward), fmt::arg("n", ops),
              fmt::arg("targets", fmt::format("{}", fmt::join(targets, ", "))),
              fmt::arg("upstream", derivative(L, record[op.output].name)));
  }
  if (moment.forward == 0) return tr("before the forward pass");
  const Op& op = record.ops[moment.forward - 1];
  const std::string rule = fmt::format("{} = {}", record[op.output].name, forward_rule(record, op));
  return tr("forward {k} of {n}: {rule}", fmt::arg("k", moment.forward), fmt::arg("n", ops), fmt::arg("rule", rule));
}

void show_moment(Graph& graph, const Record& record, const GraphMoment& moment) {
  const Progress progress(record, moment);
  const auto current = progress.current();
  if (graph.placed) hold_extent(graph);
  std::vector<bool> reached(graph.nodes.size());
  for (GraphEdge& edge : graph.edges) {
    if (!edge.op) {
      // The seed, and what a Σ hands on.
      edge.hidden_now = edge.kind == EdgeKind::backward && moment.forward < record.ops.size();
    } else if (edge.kind == EdgeKind::backward) {
      edge.hidden_now = !progress.backward_done(*edge.op);
    } else if (!progress.forward_done(*edge.op)) {
      edge.tone = Tone::muted;
    }
    if (!edge.hidden_now && edge.kind == EdgeKind::backward) reached[edge.to] = true;
  }
  for (GraphEdge& edge : graph.edges)
    if (graph.nodes[edge.from].kind == NodeKind::sum && edge.kind == EdgeKind::backward && !reached[edge.from])
      edge.hidden_now = true;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    GraphNode& node = graph.nodes[i];
    if (node.kind == NodeKind::seed) node.hidden_now = moment.forward < record.ops.size();
    if (node.kind == NodeKind::sum && node.beside) node.hidden_now = !reached[i];
    if (node.tensor && !progress.has_value(*node.tensor)) blank(node, Part::value);
    if (node.tensor && !progress.has_gradient(*node.tensor)) blank(node, Part::gradient);
    const bool of_current =
        current && (node.op == current || (node.tensor && !node.beside && record.ops[*current].output == node.tensor));
    if (of_current && node.kind != NodeKind::caption) node.lit = true;
  }
}

}  // namespace gradwalk::graph
