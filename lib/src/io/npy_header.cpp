#include "npy_header.hpp"

#include <cctype>
#include <charconv>
#include <optional>

#include "bytes.hpp"
#include "gradwalk/nn/error.hpp"
#include "one_line.hpp"

namespace gradwalk {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t npy_alignment = 64;  // of the first number, as NumPy aligns it

/// Reads a Python literal such as {'descr': '<f8', 'fortran_order': False, 'shape': (4, 2), }.
class HeaderText {
 public:
  HeaderText(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  void read_into(NpyHeader& header) {
    expect('{');
    bool descr = false, order = false, shape = false;
    while (!accept('}')) {
      const std::string_view key = quoted();
      expect(':');
      if (key == "descr") {
        read_descr(header);
        descr = true;
      } else if (key == "fortran_order") {
        header.fortran_order = truth();
        order = true;
      } else if (key == "shape") {
        header.shape = dimensions();
        shape = true;
      } else {
        fail();
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (!descr || !order || !shape) fail();
  }

 private:
  [[noreturn]] void fail() const { throw InputError(name_ + ": the .npy header is damaged"); }

  void skip_blanks() {
    while (!text_.empty() && std::isspace(static_cast<unsigned char>(text_.front())) != 0) text_.remove_prefix(1);
  }
  bool accept(char c) {
    skip_blanks();
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail();
  }
  std::string_view take(std::size_t count) {
    const std::string_view taken = text_.substr(0, count);
    text_.remove_prefix(count);
    return taken;
  }
  std::string_view quoted() {
    const char quote = accept('"') ? '"' : '\'';
    if (quote == '\'') expect(quote);
    const std::size_t end = text_.find(quote);
    if (end == std::string_view::npos) fail();
    const std::string_view word = take(end);
    expect(quote);
    return word;
  }
  bool truth() {
    skip_blanks();
    const bool value = text_.starts_with("True");
    if (!value && !text_.starts_with("False")) fail();
    take(value ? 4 : 5);
    return value;
  }
  std::vector<std::size_t> dimensions() {
    std::vector<std::size_t> shape;
    expect('(');
    while (!accept(')')) {
      skip_blanks();
      std::size_t size = 0;
      const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), size);
      if (error != std::errc{}) fail();
      take(static_cast<std::size_t>(end - text_.data()));
      accept('L');  // Python 2 wrote long integers so
      shape.push_back(size);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return shape;
  }
  void read_descr(NpyHeader& header) {
    skip_blanks();
    if (text_.starts_with('[')) throw InputError(name_ + ": it holds records, not an array of numbers");
    const std::string_view descr = quoted();
    if (descr.size() < 3) fail();
    header.byte_order = descr[0];
    header.kind = descr[1];
    const auto [end, error] = std::from_chars(descr.data() + 2, descr.data() + descr.size(), header.item_size);
    if (error != std::errc{} || end != descr.data() + descr.size()) fail();
    const std::size_t size = header.item_size;
    const bool known = header.kind == 'f'   ? size == 4 || size == 8
                       : header.kind == 'b' ? size == 1
                                            : size == 1 || size == 2 || size == 4 || size == 8;
    if (!known || std::string_view("fbiu").find(header.kind) == std::string_view::npos) {
      throw InputError(name_ + ": it holds elements of type " + in_quotes(descr) +
                       "; convert them with astype('float64')");
    }
    if (std::string_view("<>|").find(header.byte_order) == std::string_view::npos) fail();
  }

  std::string_view text_;
  const std::string& name_;
};

}  // namespace

NpyHeader parse_npy_header(std::string_view bytes, const std::string& name) {
  const std::string cut_off = name + ": the .npy header is cut off";
  if (!bytes.starts_with(magic)) throw InputError(name + ": this is not a .npy file");
  if (bytes.size() < 12) throw InputError(cut_off);
  const auto version = static_cast<unsigned char>(bytes[6]);
  if (version < 1 || version > 3) {
    throw InputError(name + ": version " + std::to_string(version) + " of the .npy format is not known");
  }
  const std::size_t begin = version == 1 ? 10 : 12;
  const std::size_t size = version == 1 ? little_at<std::uint16_t>(bytes, 8) : little_at<std::uint32_t>(bytes, 8);
  if (size > bytes.size() - begin) throw InputError(cut_off);

  NpyHeader header;
  HeaderText(bytes.substr(begin, size), name).read_into(header);
  header.data_begin = begin + size;
  return header;
}

std::string make_npy_header(std::string_view descr, const std::vector<std::size_t>& shape) {
  std::string dimensions;
  for (const std::size_t size : shape) dimensions += std::to_string(size) + (shape.size() == 1 ? "," : ", ");
  if (shape.size() > 1) dimensions.resize(dimensions.size() - 2);
  std::string text = "{'descr': '" + std::string(descr) + "', 'fortran_order': False, 'shape': (" + dimensions + "), }";
  const std::size_t used = magic.size() + 4 + text.size() + 1;
  text.append((npy_alignment - used % npy_alignment) % npy_alignment, ' ');
  text += '\n';

  std::string header(magic);
  header += '\x01';
  header += '\x00';
  put_little<std::uint16_t>(header, static_cast<std::uint16_t>(text.size()));
  return header + text;
}

}  // namespace gradwalk
