#pragma once

#include <vector>

#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

// Control points of piecewise cubic Bézier curves, 3n + 1 of them; the arrowhead is at the last.

std::vector<Point> straight(Point from, Point to);

/// From `from` straight to the height `y`, along it, and straight up to `to`, with round corners.
std::vector<Point> around_corner(Point from, double y, Point to);

/// Adds a bend to `to` that leaves and arrives level.
void append_level(std::vector<Point>& spline, Point to);

/// Points on the curve, close enough together to see what it crosses.
std::vector<Point> points_along(const std::vector<Point>& spline);

}  // namespace gradwalk::graph
