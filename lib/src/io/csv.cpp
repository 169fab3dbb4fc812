#include "gradwalk/nn/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "gradwalk/nn/csv_rows.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "one_line.hpp"

namespace gradwalk {
namespace {

using Cells = std::vector<std::string>;

/// NaN and the infinities are numbers here; what stands for them is refused by finite_number.
std::optional<double> number_in_cell(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || end != word.data() + word.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return word.find("e-") == std::string_view::npos ? HUGE_VAL : 0;
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

class TableReader {
 public:
  TableReader(std::string_view text, const std::string& name, std::string_view label_column)
      : name_(name), rows_(text, name), wanted_label_(label_column) {}

  CsvTable read() {
    Cells cells;
    if (!rows_.next(cells)) throw InputError(name_ + ": the file is empty");
    columns_ = cells.size();
    first_line_ = rows_.line();
    if (columns_ < 2) fail("there is one column; a label and at least one number are needed in each line");
    const bool header = is_header(cells);
    choose_label(header ? cells : Cells{});
    name_columns(header ? cells : Cells{});
    if (!header) add_row(cells);
    while (rows_.next(cells)) add_row(cells);
    if (table_.labels.empty()) throw InputError(name_ + ": there is no line of data below the header");
    table_.values = Matrix<double>(table_.labels.size(), columns_ - 1, std::move(values_));
    return std::move(table_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw InputError(name_ + ", line " + std::to_string(rows_.line()) + ": " + what);
  }
  [[noreturn]] void fail(std::size_t column, const std::string& what) const {
    throw InputError(name_ + ", line " + std::to_string(rows_.line()) + ", column " + std::to_string(column + 1) +
                     ": " + what);
  }

  /// The label is not known yet; when it is chosen by name there must be a header.
  bool is_header(const Cells& cells) const {
    if (!wanted_label_.empty() && std::find(cells.begin(), cells.end(), wanted_label_) != cells.end() &&
        !number_in_cell(wanted_label_)) {
      return true;
    }
    const std::size_t label = numbered_label().value_or(columns_ - 1);
    for (std::size_t c = 0; c < columns_; ++c) {
      if (c != label && number_in_cell(cells[c])) return false;
    }
    return true;
  }

  std::optional<std::size_t> numbered_label() const {
    std::size_t column = 0;
    const char* end = wanted_label_.data() + wanted_label_.size();
    const auto [stop, error] = std::from_chars(wanted_label_.data(), end, column);
    if (error != std::errc{} || stop != end || column < 1 || column > columns_) return std::nullopt;
    return column - 1;
  }

  void choose_label(const Cells& header) {
    const auto named = std::find(header.begin(), header.end(), wanted_label_);
    if (wanted_label_.empty()) {
      label_ = columns_ - 1;
    } else if (named != header.end()) {
      label_ = static_cast<std::size_t>(named - header.begin());
    } else if (const auto numbered = numbered_label()) {
      label_ = *numbered;
    } else {
      std::string known = "1 to " + std::to_string(columns_);
      for (const std::string& column : header) known += ", " + one_line(column);
      throw InputError(name_ + ": it has no column " + in_quotes(wanted_label_) + " for the label; it has " + known);
    }
  }

  void name_columns(const Cells& header) {
    table_.label_name = header.empty() ? "label" : header[label_];
    for (std::size_t c = 0; c < columns_; ++c) {
      if (c == label_) continue;
      table_.names.push_back(header.empty() ? "x" + std::to_string(table_.names.size() + 1) : header[c]);
    }
  }

  void add_row(const Cells& cells) {
    if (cells.size() != columns_) {
      fail("there are " + std::to_string(cells.size()) + " cells, but line " + std::to_string(first_line_) + " has " +
           std::to_string(columns_));
    }
    for (std::size_t c = 0; c < columns_; ++c) {
      if (cells[c].empty()) fail(c, "the cell is empty");
      if (c != label_) values_.push_back(finite_number(c, cells[c]));
    }
    table_.labels.push_back(cells[label_]);
    table_.lines.push_back(rows_.line());
  }

  double finite_number(std::size_t column, const std::string& word) const {
    const std::optional<double> value = number_in_cell(word);
    if (!value) fail(column, in_quotes(word) + " is not a number");
    if (!std::isfinite(*value)) fail(column, in_quotes(word) + " is not a finite number");
    return *value;
  }

  const std::string& name_;
  CsvRows rows_;
  std::string_view wanted_label_;
  std::size_t columns_ = 0, label_ = 0, first_line_ = 0;
  std::vector<double> values_;
  CsvTable table_;
};

}  // namespace

CsvTable parse_csv(std::string_view text, const std::string& name, std::string_view label_column) {
  return TableReader(text, name, label_column).read();
}

CsvTable read_csv(const std::filesystem::path& path, std::string_view label_column) {
  return parse_csv(read_file(path), path.string(), label_column);
}

}  // namespace gradwalk
