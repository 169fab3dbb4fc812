#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/nn/matrix.hpp"

namespace gradwalk {

/// A table of numbers with one column, the label, that may hold words.
struct CsvTable {
  std::vector<std::string> names;  // of the columns of `values`: from the header line, else x1, x2 …
  Matrix<double> values;           // (rows, columns without the label)
  std::string label_name;
  std::vector<std::string> labels;  // one for each row, as written
  std::vector<std::size_t> lines;   // where each row begins in the file, counted from 1
};

/// Reads comma-, semicolon- or tab-separated text (RFC 4180: quotes, CRLF); a byte order mark and blank lines are
/// skipped. A first line in which no column but the label is a number is the header. `label_column` is a name of the
/// header or a number counted from 1; empty means the last column. Throws InputError with line, column and the word
/// that is wrong: not a number, not finite, a row of another length. `name` is what the messages call the file.
CsvTable parse_csv(std::string_view text, const std::string& name, std::string_view label_column = "");
/// The same of a file; InputError also when it cannot be read.
CsvTable read_csv(const std::filesystem::path& path, std::string_view label_column = "");

}  // namespace gradwalk
