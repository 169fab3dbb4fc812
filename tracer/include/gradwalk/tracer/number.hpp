#pragma once

#include <string>

namespace gradwalk {

/// A number as people read it, in at most `digits` (1 … 17) significant digits, so that four states never look alike:
///   exactly 0         "0"
///   short and exact   "0.25", "-4", "12": a decimal within `digits` that is this very number
///   tiny or huge      "1.2e-07": |x| < 1e-3 or ≥ 1e6, digits − 1 significant digits
///   any other         "0.4878", "0.5000": all digits, trailing zeros kept, because it was rounded
/// and "NaN", "inf", "-inf". The minus is ASCII; pictures replace it (with_minus_sign). Rounded to nearest, ties as the
/// exact binary value falls. Independent of the locale. That digits is 1 … 17 is not checked; throws nothing.
std::string format_number(double value, int digits = 4);

/// Every ASCII minus → U+2212, for pictures and pages. Throws nothing.
std::string with_minus_sign(std::string text);

}  // namespace gradwalk
