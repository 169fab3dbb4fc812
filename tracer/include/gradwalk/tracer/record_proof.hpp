#pragma once

#include <optional>
#include <string>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// A number in a record that does not follow from the others.
struct Disproof {
  std::string what;       // "z1[0,2]" or "∂L/∂W1[2,0]"
  double recorded = 0;    // what the record says
  double recomputed = 0;  // what its rule gives
};

/// Computes every value again from the values it was made from, by the forward rules, and every gradient as the sum of
/// its terms, and returns the first that differs by more than rounding in another order explains (relative to the sum
/// of the absolute terms: 2⁻⁴⁴ for a float64 pass, 2⁻¹⁸ for float32). A record that passes proves itself: nothing in it
/// can be changed by hand.
std::optional<Disproof> first_disproof(const Record& record);

}  // namespace gradwalk
