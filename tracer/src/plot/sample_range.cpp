#include "sample_range.hpp"

#include <algorithm>

namespace gradwalk::plot {

Range range_of(const Dataset<double>& data, std::size_t feature) {
  constexpr double room = 0.08;
  double low = data.train.x(0, feature), high = low;
  for (const Samples<double>* part : {&data.train, &data.test}) {
    for (std::size_t n = 0; n < part->size(); ++n) {
      low = std::min(low, part->x(n, feature));
      high = std::max(high, part->x(n, feature));
    }
  }
  const double margin = high > low ? room * (high - low) : 1;
  return {low - margin, high + margin};
}

}  // namespace gradwalk::plot
