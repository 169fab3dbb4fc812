#include "gradwalk/tracer/number.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace gradwalk {

namespace {

/// "0.2500" → "0.25", "4.000" → "4".
std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::string format_number(double value, int digits) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";
  const double size = std::abs(value);
  if (size < 1e-3 || size >= 1e6) {
    const std::string exact = without_trailing_zeros(fmt::format("{:.{}f}", value, digits));
    if (size >= 1e6 || std::strtod(exact.c_str(), nullptr) != value)
      return fmt::format("{:.{}e}", value, digits > 2 ? digits - 2 : 0);
    return exact;
  }
  // Digits behind the point such that `digits` of them are significant after rounding: 9.9999 becomes 10.00.
  int exponent = std::atoi(
      fmt::format("{:.{}e}", size, digits - 1).substr(static_cast<std::size_t>(digits > 1 ? digits + 2 : 2)).c_str());
  const int behind = digits - 1 - exponent > 0 ? digits - 1 - exponent : 0;
  const std::string rounded = fmt::format("{:.{}f}", value, behind);
  const std::string exact = without_trailing_zeros(rounded);
  return std::strtod(exact.c_str(), nullptr) == value ? exact : rounded;
}

std::string with_minus_sign(std::string text) {
  for (std::size_t at = 0; (at = text.find('-', at)) != std::string::npos; at += 3) text.replace(at, 1, "−");
  return text;
}

}  // namespace gradwalk
