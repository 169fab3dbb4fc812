#include "gradwalk/nn/difference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gradwalk {

Difference differentiate(const std::function<Probe(double)>& f, double w) {
  const Probe here = f(w);
  double h = 0x1p-12 * std::max(1.0, std::abs(w));
  for (int attempt = 0; attempt < 4; ++attempt, h /= 64) {
    const double step[2] = {h, h / 2};
    double D[2], largest = 0;
    bool kink = false;
    for (int k = 0; k < 2; ++k) {
      // The step that was really taken, after w ± h was rounded.
      const double above = w + step[k], below = w - step[k];
      const Probe up = f(above), down = f(below);
      D[k] = (up.value - down.value) / (above - below);
      largest = std::max({largest, std::abs(up.value), std::abs(down.value)});
      kink = kink || up.piece != here.piece || down.piece != here.piece;
    }
    if (kink) continue;
    const double rounding = 16 * std::numeric_limits<double>::epsilon() * std::max(largest, 1e-3) / h;
    return {(4 * D[1] - D[0]) / 3, std::abs(D[1] - D[0]) / 3 + rounding, false};
  }
  return {0, std::numeric_limits<double>::infinity(), true};
}

Judgement judge(double gradient, const Difference& difference) {
  if (difference.kink || !std::isfinite(difference.value) || !std::isfinite(difference.error))
    return Judgement::cannot_tell;
  if (std::abs(gradient - difference.value) <= difference.error) return Judgement::right;
  const double size = std::max(std::abs(gradient), std::abs(difference.value));
  if (std::isfinite(gradient) && difference.error > 1e-3 * size &&
      std::abs(gradient - difference.value) <= 10 * difference.error)
    return Judgement::cannot_tell;
  return Judgement::wrong;
}

}  // namespace gradwalk
