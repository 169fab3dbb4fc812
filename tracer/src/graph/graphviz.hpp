#pragma once

#include <string>
#include <vector>

namespace gradwalk::graph {

/// Sizes in dot's language are in inches, positions in points.
inline constexpr double points_per_inch = 72;

/// Runs the program `dot` once over all the graphs; `format` is one of its output formats (svg, png:cairo, pdf, json0).
/// Returns the bytes of each picture. Throws InputError naming the package when the program is not there, and with its
/// own first words when it fails.
std::vector<std::string> run_dot(const std::vector<std::string>& graphs, const std::string& format);

}  // namespace gradwalk::graph
