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

std::vector<Point> back_beside(const std::vector<Point>& spline, double distance) {
  std::vector<Point> back(spline.rbegin(), spline.rend());
  std::vector<Point> moved = back;
  for (std::size_t i = 0; i < back.size(); ++i) {
    const Point before = back[i == 0 ? 0 : i - 1], after = back[std::min(i + 1, back.size() - 1)];
    const double dx = after.x - before.x, dy = after.y - before.y, length = std::hypot(dx, dy);
    if (length > 0) moved[i] = {back[i].x + distance * dy / length, back[i].y - distance * dx / length};
  }
  return moved;
}

}  // namespace gradwalk::graph
