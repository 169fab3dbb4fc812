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

/// Nothing when the record holds. Computes every value again from the values it was made from, by the forward rules,
/// and every gradient as the sum of its terms, and returns the first that differs by more than rounding in another
/// order explains (relative to the sum of the absolute terms: 2⁻⁴⁴ for a float64 pass, 2⁻¹⁸ for float32; the bound on a
/// sum in any order is Higham: Accuracy and Stability of Numerical Algorithms, 2nd ed. 2002, section 4.2). A record
/// that passes proves itself: nothing in it can be changed by hand. The record's shapes fit (record_file.hpp); throws
/// InputError when it has no loss.
std::optional<Disproof> first_disproof(const Record& record);

}  // namespace gradwalk
