#include "pictures.hpp"

namespace gradwalk::worksheet {

std::string picture(const Problem& problem, bool filled_in, GraphFormat format) {
  if (!problem.picture) return {};
  GraphOptions options;
  options.level = usual_level(*problem.picture);
  options.legend = false;
  options.backward = problem.asks_for_gradients();
  if (!filled_in) options.moment = GraphMoment{0, 0};
  return render_graph(*problem.picture, options, format);
}

}  // namespace gradwalk::worksheet
