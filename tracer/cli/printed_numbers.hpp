#pragma once

#include <string>
#include <vector>

namespace gradwalk::cli {

struct PrintedNumber {
  std::string text;
  std::size_t line = 0;  // from 1
};

/// Every number that a document shows, in order, with its line: digits with their sign, point and exponent, those in
/// names such as W1[2,0] too. Of an .svg only what is text counts, not where it is drawn; of the rest, everything but
/// the stamp.
std::vector<PrintedNumber> printed_numbers(const std::string& document, const std::string& ending);

}  // namespace gradwalk::cli
