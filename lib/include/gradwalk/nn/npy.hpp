#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gradwalk {

/// An array of numbers as NumPy saves it (NEP 1: A simple file format for NumPy arrays). Values stand row by row. Every
/// integer type and bool is read as int64.
struct NpyArray {
  using Values = std::variant<std::vector<double>, std::vector<float>, std::vector<std::int64_t>>;

  std::vector<std::size_t> shape;  // empty for a single number
  Values values;

  /// How many values there are.
  std::size_t size() const;
  /// The values as T (double or float), whatever they are stored as, rounded to nearest. Throws nothing.
  template <class T>
  std::vector<T> as() const;

  bool operator==(const NpyArray&) const = default;
};

/// Reads the bytes of a .npy file: format versions 1 to 3; float32, float64, bool and all integers; either byte order;
/// C or Fortran order. `name` stands in the message of the InputError that anything else throws, also an integer beyond
/// int64. A dimension may be 0.
NpyArray parse_npy(std::string_view bytes, const std::string& name);
/// The same of a file; InputError also when it cannot be read.
NpyArray read_npy(const std::filesystem::path& path);

/// The bytes of a .npy file, format version 1.0, little-endian, C order. Throws ShapeError when the shape does not hold
/// exactly as many numbers as there are values.
std::string to_npy(const NpyArray& array);
/// The same into a file; InputError when it cannot be written.
void write_npy(const std::filesystem::path& path, const NpyArray& array);

}  // namespace gradwalk
