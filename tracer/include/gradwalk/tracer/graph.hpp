#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// How much of a record one node stands for: a layer, a tensor, a neuron, a number.
enum class GraphLevel { layer, tensor, neuron, scalar };
std::optional<GraphLevel> graph_level_named(std::string_view name);

/// automatic follows the reader's prefers-color-scheme, in SVG; elsewhere it is light.
enum class Theme { light, dark, automatic };
std::optional<Theme> theme_named(std::string_view name);

/// What the edges between neurons show by their width and colour.
enum class NeuronEdges { weight, gradient };
std::optional<NeuronEdges> neuron_edges_named(std::string_view name);

/// A mistake to be drawn beside what is right: an edge more, from one tensor or element to another.
struct GraphMark {
  /// Names as in the record: "z1", "W1" or "z1[0,2]", "W1[2,0]". With an empty `from`, `to` alone is marked.
  std::string from, to;
  std::string caption;  // "dW1 = dz1·x: the transpose is missing"
};

/// How far the passes have come, for frames: so many ops forward, so many backward. Op number k has been gone back
/// through when `backward` > ops − 1 − k. The seed is there as soon as the forward pass is complete.
struct GraphMoment {
  std::size_t forward = 0, backward = 0;
};

struct GraphOptions {
  GraphLevel level = GraphLevel::tensor;
  std::vector<std::size_t> rows;  // of the batch; empty is all of them
  std::string highlight;          // element or tensor whose paths to the loss are lit
  NeuronEdges neuron_edges = NeuronEdges::weight;
  Theme theme = Theme::light;
  int digits = 4;
  bool backward = true;      // with gradients and backward edges
  bool legend = true;        // with the caption under the picture
  bool all = false;          // nothing folded, however large
  bool inline_svg = false;   // no prolog: for pasting into HTML
  bool transparent = false;  // PNG and PDF without a ground; SVG never has one
  std::vector<GraphMark> marks;
  std::optional<GraphMoment> moment;
};

enum class GraphFormat { dot, svg, png, pdf, tikz };
std::optional<GraphFormat> graph_format_named(std::string_view name);
/// By the ending of a file: .dot .gv .svg .png .pdf .tikz .tex. Throws InputError for another, naming these.
GraphFormat graph_format_of(const std::filesystem::path& path);

/// The level at which a record is drawn when nobody says: scalar for an expression, else tensor.
GraphLevel usual_level(const Record& record);

/// The program `dot` is not there. Its message names the package; `dot` is the graph in the DOT language, to be drawn
/// by hand or later.
class GraphvizMissing : public InputError {
 public:
  explicit GraphvizMissing(std::string dot_);
  std::string dot;
};

/// The graph in the DOT language. The same input gives the same bytes, with or without Graphviz. Errors as build_graph.
std::string graph_dot(const Record& record, const GraphOptions& options);

/// The bytes of a picture. svg, png and pdf are drawn by the program `dot`; throws GraphvizMissing when it is not
/// there, InputError when a png or pdf would be too large to be opened. tikz is a fragment for \input in a document
/// with \usepackage{tikz}.
std::string render_graph(const Record& record, const GraphOptions& options, GraphFormat format);

/// One picture for every step of the forward pass and then of the backward pass, all with the same layout, drawn by one
/// process: the inputs alone, one more op forward in each, then one more op back in each; 2·ops + 1 pictures. Throws as
/// render_graph does.
std::vector<std::string> render_frames(const Record& record, const GraphOptions& options, GraphFormat format);

}  // namespace gradwalk
