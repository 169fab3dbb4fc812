#include "graph/splines.hpp"

#include <algorithm>
#include <cmath>

namespace gradwalk::graph {

namespace {

Point between(Point a, Point b, double t) { return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}; }

void append_straight(std::vector<Point>& spline, Point to) {
  const Point from = spline.back();
  spline.insert(spline.end(), {between(from, to, 1.0 / 3), between(from, to, 2.0 / 3), to});
}

}  // namespace

std::vector<Point> straight(Point from, Point to) {
  std::vector<Point> spline{from};
  append_straight(spline, to);
  return spline;
}

std::vector<Point> around_corner(Point from, double y, Point to) {
  const double radius = std::min({10.0, std::abs(from.y - y), std::abs(to.y - y), std::abs(from.x - to.x) / 2});
  const double along = to.x < from.x ? -radius : radius;
  const double above = from.y > y ? radius : -radius;
  const Point corner1{from.x, y}, corner2{to.x, y};
  std::vector<Point> spline{from};
  append_straight(spline, {from.x, y + above});
  spline.insert(spline.end(), {corner1, corner1, {from.x + along, y}});
  append_straight(spline, {to.x - along, y});
  spline.insert(spline.end(), {corner2, corner2, {to.x, y + above}});
  append_straight(spline, to);
  return spline;
}

void append_level(std::vector<Point>& spline, Point to) {
  const Point from = spline.back();
  const double middle = (from.x + to.x) / 2;
  spline.insert(spline.end(), {{middle, from.y}, {middle, to.y}, to});
}

std::vector<Point> points_along(const std::vector<Point>& spline) {
  constexpr int steps = 12;
  std::vector<Point> points;
  for (std::size_t i = 0; i + 3 < spline.size(); i += 3)
    for (int k = 0; k <= steps; ++k) {
      const double t = static_cast<double>(k) / steps, u = 1 - t;
      const double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
      points.push_back({a * spline[i].x + b * spline[i + 1].x + c * spline[i + 2].x + d * spline[i + 3].x,
                        a * spline[i].y + b * spline[i + 1].y + c * spline[i + 2].y + d * spline[i + 3].y});
    }
  return points;
}

}  // namespace gradwalk::graph
