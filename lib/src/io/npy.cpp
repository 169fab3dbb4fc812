#include "gradwalk/nn/npy.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "npy_header.hpp"
#include "numbers.hpp"

namespace gradwalk {
namespace {

template <class Signed, class Unsigned>
std::vector<std::int64_t> decode_integers(std::string_view bytes, bool is_signed, ByteOrder order) {
  return is_signed ? decode_numbers<Signed, std::int64_t>(bytes, order)
                   : decode_numbers<Unsigned, std::int64_t>(bytes, order);
}

NpyArray::Values decode(std::string_view bytes, const NpyHeader& header) {
  const ByteOrder order = header.byte_order == '>' ? ByteOrder::big : ByteOrder::little;
  const bool is_signed = header.kind == 'i';
  if (header.kind == 'f' && header.item_size == 8) return decode_numbers<double>(bytes, order);
  if (header.kind == 'f') return decode_numbers<float>(bytes, order);
  switch (header.item_size) {
    case 1:
      return decode_integers<std::int8_t, std::uint8_t>(bytes, is_signed, order);
    case 2:
      return decode_integers<std::int16_t, std::uint16_t>(bytes, is_signed, order);
    case 4:
      return decode_integers<std::int32_t, std::uint32_t>(bytes, is_signed, order);
    default:
      return decode_integers<std::int64_t, std::uint64_t>(bytes, is_signed, order);
  }
}

/// Values that stand with the first index fastest, brought into row order.
template <class T>
std::vector<T> from_fortran_order(const std::vector<T>& values, const std::vector<std::size_t>& shape) {
  std::vector<T> rows(values.size());
  std::vector<std::size_t> index(shape.size(), 0);
  for (const T value : values) {
    std::size_t place = 0;
    for (std::size_t d = 0; d < shape.size(); ++d) place = place * shape[d] + index[d];
    rows[place] = value;
    for (std::size_t d = 0; d < shape.size() && ++index[d] == shape[d]; ++d) index[d] = 0;
  }
  return rows;
}

std::string_view descr_of(const NpyArray::Values& values) {
  constexpr std::string_view descr[] = {"<f8", "<f4", "<i8"};
  return descr[values.index()];
}

}  // namespace

std::size_t NpyArray::size() const {
  return std::visit([](const auto& numbers) { return numbers.size(); }, values);
}

template <class T>
std::vector<T> NpyArray::as() const {
  return std::visit([](const auto& numbers) { return std::vector<T>(numbers.begin(), numbers.end()); }, values);
}
template std::vector<double> NpyArray::as() const;
template std::vector<float> NpyArray::as() const;

NpyArray parse_npy(std::string_view bytes, const std::string& name) {
  const NpyHeader header = parse_npy_header(bytes, name);
  const std::string_view data = bytes.substr(header.data_begin);
  const std::optional<std::size_t> count = element_count_of(header.shape);
  const std::optional<std::size_t> size = count ? product(*count, header.item_size) : std::nullopt;
  if (size != data.size()) {
    throw InputError(name + ": its header promises " + (size ? std::to_string(*size) : "too many") +
                     " bytes of numbers, but there are " + std::to_string(data.size()));
  }
  NpyArray array{.shape = header.shape, .values = decode(data, header)};
  if (header.kind == 'u' && header.item_size == 8) {
    const auto& numbers = std::get<std::vector<std::int64_t>>(array.values);
    if (std::any_of(numbers.begin(), numbers.end(), [](std::int64_t number) { return number < 0; })) {
      throw InputError(name + ": it holds an integer above " +
                       std::to_string(std::numeric_limits<std::int64_t>::max()));
    }
  }
  if (header.fortran_order) {
    std::visit([&](auto& numbers) { numbers = from_fortran_order(numbers, array.shape); }, array.values);
  }
  return array;
}

NpyArray read_npy(const std::filesystem::path& path) { return parse_npy(read_file(path), path.string()); }

std::string to_npy(const NpyArray& array) {
  if (element_count_of(array.shape) != array.size()) {
    throw ShapeError("an array of " + std::to_string(array.size()) + " numbers does not have its shape's size");
  }
  std::string bytes = make_npy_header(descr_of(array.values), array.shape);
  std::visit([&](const auto& numbers) { put_numbers(bytes, numbers); }, array.values);
  return bytes;
}

void write_npy(const std::filesystem::path& path, const NpyArray& array) { write_file(path, to_npy(array)); }

}  // namespace gradwalk
