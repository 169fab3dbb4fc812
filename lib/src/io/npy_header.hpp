#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

/// What the header of a .npy file says, and where the numbers begin.
struct NpyHeader {
  char byte_order = '<';  // '<' little, '>' big, '|' of single bytes
  char kind = 'f';        // 'f' float, 'i' signed, 'u' unsigned, 'b' bool
  std::size_t item_size = 8;
  bool fortran_order = false;
  std::vector<std::size_t> shape;
  std::size_t data_begin = 0;
};

/// Reads the header at the start of `bytes` (NumPy: numpy.lib.format, versions 1.0 to 3.0). Throws InputError, which
/// calls the file `name`, when it is none.
NpyHeader parse_npy_header(std::string_view bytes, const std::string& name);

/// The header, version 1.0, of little-endian C-order numbers of type `descr` ("<f8").
std::string make_npy_header(std::string_view descr, const std::vector<std::size_t>& shape);

}  // namespace gradwalk
