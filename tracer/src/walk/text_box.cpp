#include "walk/text_box.hpp"

#include <algorithm>

#include "walk/formula.hpp"

namespace gradwalk::walk {

namespace {

TextBox line(std::string text) {
  const std::size_t width = columns_of(text);
  return {{std::move(text)}, 0, width};
}

/// Where the decimal point stands, or would: numbers of a column align there.
std::size_t before_point(const std::string& cell) {
  return columns_of(std::string_view(cell).substr(0, cell.find('.')));
}

bool is_number(const std::string& cell) { return cell.find_first_not_of("-.0123456789") == std::string::npos; }

/// Cells of one column at equal widths: numbers on the decimal point, anything else on the right.
void align(std::vector<std::string>& cells) {
  std::size_t before = 0, width = 0;
  for (const std::string& cell : cells)
    if (is_number(cell)) before = std::max(before, before_point(cell));
  for (std::string& cell : cells)
    if (is_number(cell)) cell.insert(0, before - before_point(cell), ' ');
  for (const std::string& cell : cells) width = std::max(width, columns_of(cell));
  for (std::string& cell : cells)
    if (is_number(cell) || cell.front() == ' ')
      cell = padded(cell, width);
    else
      cell.insert(0, width - columns_of(cell), ' ');
}

TextBox box_of(const Grid& grid) {
  const std::size_t rows = grid.size();
  std::vector<std::string> lines(rows);
  for (std::size_t column = 0; column < grid.front().size(); ++column) {
    std::vector<std::string> cells;
    for (const auto& row : grid) cells.push_back(formula_text(row[column]));
    align(cells);
    for (std::size_t r = 0; r < rows; ++r) lines[r] += (column == 0 ? " " : "  ") + cells[r];
  }
  for (std::size_t r = 0; r < rows; ++r) {
    const bool first = r == 0, last = r + 1 == rows;
    lines[r] = (rows == 1 ? "["
                : first   ? "⎡"
                : last    ? "⎣"
                          : "⎢") +
               lines[r] + " " +
               (rows == 1 ? "]"
                : first   ? "⎤"
                : last    ? "⎦"
                          : "⎥");
  }
  const std::size_t width = columns_of(lines.front());
  return {std::move(lines), (rows - 1) / 2, width};
}

std::string centred(const std::string& text, std::size_t width) {
  const std::size_t missing = width - std::min(width, columns_of(text));
  return std::string(missing / 2, ' ') + text + std::string(missing - missing / 2, ' ');
}

/// The blanks at the ends of a labelled formula are the space around it: they stay outside of what the label centres
/// on.
TextBox box_of(const Piece& piece) {
  TextBox box = piece.grid ? box_of(*piece.grid) : line(formula_text(piece.formula));
  if (piece.label.empty()) return box;
  const std::string label = formula_text(piece.label);
  box.width = std::max(box.width, columns_of(label));
  box.lines.push_back(label);
  for (std::string& text : box.lines) text = centred(text, box.width);
  return box;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t columns = columns_of(text);
  if (columns < width) text.append(width - columns, ' ');
  return text;
}

TextBox beside(const TextBox& left, const TextBox& right) {
  TextBox both;
  both.baseline = std::max(left.baseline, right.baseline);
  const std::size_t below = std::max(left.lines.size() - left.baseline, right.lines.size() - right.baseline);
  both.width = left.width + right.width;
  for (std::size_t r = 0; r < both.baseline + below; ++r) {
    const auto part = [&](const TextBox& box) {
      const std::size_t above = both.baseline - box.baseline;
      return padded(r >= above && r - above < box.lines.size() ? box.lines[r - above] : "", box.width);
    };
    both.lines.push_back(part(left) + part(right));
  }
  return both;
}

TextBox box_of(const Math& math) {
  TextBox box{{""}, 0, 0};
  for (const Piece& piece : math.pieces) box = beside(box, box_of(piece));
  return box;
}

}  // namespace gradwalk::walk
