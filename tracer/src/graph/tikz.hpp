#pragma once

#include <string>

#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// A placed graph as a TikZ picture, as wide as the text: for \input in any document with \usepackage{tikz}, Beamer
/// too.
std::string to_tikz(const Graph& graph, Theme theme);

}  // namespace gradwalk::graph
