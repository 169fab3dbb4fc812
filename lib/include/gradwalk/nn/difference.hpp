#pragma once

#include <cstdint>
#include <functional>

namespace gradwalk {

/// A function at one point: its value, and which smooth piece of it the point lies on (a hash of the signs that every
/// ReLU, |·| and max has there). Two points with different pieces have a kink between them.
struct Probe {
  double value = 0;
  std::uint64_t piece = 0;
};

/// A derivative found by differences alone.
struct Difference {
  double value = 0;
  double error = 0;   // the true derivative lies within value ± error, unless there is a kink
  bool kink = false;  // every step size tried had a kink within it: `value` says nothing
};

/// f′(w) by central differences D(h) = (f(w + h) − f(w − h))/2h at h and h/2, and Richardson's extrapolation (4·D(h/2)
/// − D(h))/3, whose error is O(h⁴). h = 2⁻¹²·max(1, |w|), a power of two times 1 or |w| so that w ± h loses little.
/// error is a third of |D(h/2) − D(h)|, which bounds the truncation left after extrapolation with room to spare, plus
/// the rounding of f. At a kink within w ± h the step is made smaller, three times at most. (Press, Teukolsky,
/// Vetterling, Flannery: Numerical Recipes, 3rd ed. 2007, section 5.7; cancellation: Higham: Accuracy and Stability of
/// Numerical Algorithms, 2nd ed. 2002, section 1.7.) Calls f at most 1 + 4·4 times; throws only what f throws.
Difference differentiate(const std::function<Probe(double)>& f, double w);

enum class Judgement { right, wrong, cannot_tell };

/// Whether `gradient` is what the differences say. Written so that NaN is wrong, and so is any infinity. cannot_tell: a
/// kink, a difference that is not finite, or an error bar too wide (over a thousandth of the larger of the two) to
/// decide. Throws nothing.
Judgement judge(double gradient, const Difference& difference);

}  // namespace gradwalk
