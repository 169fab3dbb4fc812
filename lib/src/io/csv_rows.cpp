#include "gradwalk/nn/csv_rows.hpp"

#include <algorithm>
#include <map>

#include "gradwalk/nn/error.hpp"

namespace gradwalk {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

char separator_of(std::string_view text) {
  std::map<char, int> count;
  bool quoted = false;
  for (const char c : text.substr(0, text.find_first_of("\r\n"))) {
    quoted ^= c == '"';
    if (!quoted) ++count[c];
  }
  return std::max({',', ';', '\t'}, [&](char a, char b) { return count[a] < count[b]; });
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

CsvRows::CsvRows(std::string_view text, const std::string& name) : rest_(text), name_(name) {
  if (rest_.starts_with("\xff\xfe") || rest_.starts_with("\xfe\xff")) {
    throw InputError(name + ": the text is UTF-16; save it as UTF-8");
  }
  if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
  separator_ = separator_of(rest_);
}

void CsvRows::fail(const std::string& what) const {
  throw InputError(name_ + ", line " + std::to_string(row_line_) + ": " + what);
}

bool CsvRows::next(std::vector<std::string>& cells) {
  std::size_t count = 0;
  while (!rest_.empty()) {
    row_line_ = line_;
    count = 0;
    do {
      if (count == cells.size()) cells.emplace_back();
      read_cell(cells[count++]);
      if (at_row_end()) break;
      rest_.remove_prefix(1);  // the separator
    } while (true);
    end_row();
    const bool blank = count == 1 && cells[0].empty();
    if (!blank) break;
    count = 0;
  }
  cells.resize(count);
  return count > 0;
}

void CsvRows::end_row() {
  if (rest_.empty()) return;
  rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
  ++line_;
}

void CsvRows::read_cell(std::string& cell) {
  const std::size_t begin = rest_.find_first_not_of(' ');
  if (begin != std::string_view::npos && rest_[begin] == '"') {
    rest_.remove_prefix(begin + 1);
    return read_quoted(cell);
  }
  const char ends[] = {separator_, '\n', '\r'};
  const std::size_t size = std::min(rest_.find_first_of(std::string_view(ends, 3)), rest_.size());
  cell = without_blanks(rest_.substr(0, size));
  rest_.remove_prefix(size);
}

void CsvRows::read_quoted(std::string& cell) {
  cell.clear();
  for (;;) {
    const std::size_t quote = rest_.find('"');
    if (quote == std::string_view::npos) fail("a quotation mark is not closed");
    cell += rest_.substr(0, quote);
    rest_.remove_prefix(quote + 1);
    if (!rest_.starts_with('"')) break;
    cell += '"';  // written twice inside quotation marks
    rest_.remove_prefix(1);
  }
  line_ += static_cast<std::size_t>(std::count(cell.begin(), cell.end(), '\n'));
  while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  if (!at_row_end() && rest_.front() != separator_) fail("there is text behind a closing quotation mark");
}

}  // namespace gradwalk
