#pragma once

#include <string>
#include <vector>

namespace gradwalk::cli {

struct PrintedNumber {
  std::string sign;      // the operators before it: "-" for every minus, "+", "·", …; "·-" in 2·(-3)
  std::string digits;    // with point and exponent
  std::size_t line = 0;  // from 1

  bool shows_the_same(const PrintedNumber& other) const { return sign == other.sign && digits == other.digits; }
};

/// Every number that a document shows, in order, with its line, those in names such as W1[2,0] too. Of an .svg only
/// what is text counts, not where it is drawn; of the rest, everything but the stamp.
std::vector<PrintedNumber> printed_numbers(const std::string& document, const std::string& ending);

}  // namespace gradwalk::cli
