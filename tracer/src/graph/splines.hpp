#pragma once

#include <vector>

#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

// Control points of piecewise cubic Bézier curves, 3n + 1 of them; the arrowhead is at the last.

std::vector<Point> straight(Point from, Point to);

/// From `from` straight to the height `y`, along it, and straight up to `to`, with round corners.
std::vector<Point> around_corner(Point from, double y, Point to);

/// The same curve, run back, `distance` to the right of its direction.
std::vector<Point> back_beside(const std::vector<Point>& spline, double distance);

}  // namespace gradwalk::graph
