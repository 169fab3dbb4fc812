#include "pictures.hpp"

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::worksheet {

namespace {

/// Boxes to be filled in would tell what nobody is to see; the layers show shapes only.
GraphLevel level_of(const Problem& problem) {
  return problem.unshown.empty() ? usual_level(*problem.picture) : GraphLevel::layer;
}

}  // namespace

std::string picture(const Problem& problem, bool filled_in, GraphFormat format) {
  if (!problem.picture) return {};
  GraphOptions options;
  options.level = level_of(problem);
  options.legend = false;
  options.backward = problem.asks_for_gradients();
  if (!filled_in) options.moment = GraphMoment{0, 0};
  return render_graph(*problem.picture, options, format);
}

std::string picture_text(const Problem& problem) {
  if (level_of(problem) == GraphLevel::layer)
    return tr("The layers one after the other, with the shapes between them.");
  return tr("The compute graph. In each box: the value above the line, its gradient below.");
}

}  // namespace gradwalk::worksheet
