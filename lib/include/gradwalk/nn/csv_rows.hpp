#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

/// Takes separated text apart, row by row (RFC 4180). The text and the name must outlive it.
class CsvRows {
 public:
  /// `name` is what the messages call the file. The separator is the one that the first line has most of: comma,
  /// semicolon or tab. A byte order mark is skipped. Throws InputError for UTF-16.
  CsvRows(std::string_view text, const std::string& name);

  /// The cells of the next row that is not blank, without blanks around them; false at the end. Throws InputError with
  /// the line when quotation marks are not closed, or text follows them.
  bool next(std::vector<std::string>& cells);
  /// Where the row that next() gave began, counted from 1.
  std::size_t line() const { return row_line_; }

 private:
  [[noreturn]] void fail(const std::string& what) const;
  bool at_row_end() const { return rest_.empty() || rest_.front() == '\n' || rest_.front() == '\r'; }
  void end_row();
  void read_cell(std::string& cell);
  void read_quoted(std::string& cell);

  std::string_view rest_;
  const std::string& name_;
  char separator_ = ',';
  std::size_t line_ = 1, row_line_ = 1;
};

}  // namespace gradwalk
