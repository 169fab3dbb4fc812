#include "gradwalk/nn/idx.hpp"

#include <optional>

#include "bytes.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "inflate.hpp"

namespace gradwalk {
namespace {

constexpr unsigned char unsigned_bytes = 0x08;
constexpr std::size_t most_dimensions = 4;

}  // namespace

IdxArray parse_idx(std::string bytes, const std::string& name) {
  if (is_gzip(bytes)) {
    std::optional<std::string> unpacked = gunzip(bytes);
    if (!unpacked) throw InputError(name + ": the gzip file is damaged or cut off");
    bytes = *std::move(unpacked);
  }
  if (bytes.size() < 4 || bytes[0] != 0 || bytes[1] != 0) {
    throw InputError(name + ": this is not an IDX file (it must begin with the bytes 0 0 8)");
  }
  const auto type = static_cast<unsigned char>(bytes[2]);
  const std::size_t dimensions = static_cast<unsigned char>(bytes[3]);
  if (type != unsigned_bytes) {
    throw InputError(name + ": it holds elements of IDX type " + std::to_string(type) +
                     "; gradwalk reads type 8, unsigned bytes");
  }
  if (dimensions < 1 || dimensions > most_dimensions) {
    throw InputError(name + ": its header gives " + std::to_string(dimensions) + " dimensions; 1 to " +
                     std::to_string(most_dimensions) + " are possible");
  }
  IdxArray array;
  array.begin = 4 + 4 * dimensions;
  if (bytes.size() < array.begin) throw InputError(name + ": the IDX header is cut off");

  std::optional<std::size_t> size = 1;
  std::string product_text;
  for (std::size_t d = 0; d < dimensions; ++d) {
    array.shape.push_back(big_at<std::uint32_t>(bytes, 4 + 4 * d));
    if (size) size = product(*size, array.shape.back());
    product_text += (d == 0 ? "" : " × ") + std::to_string(array.shape.back());
  }
  const std::size_t there = bytes.size() - array.begin;
  if (size != there) {
    throw InputError(name + ": its header promises " + product_text + " bytes, but there are " + std::to_string(there));
  }
  array.file = std::move(bytes);
  return array;
}

IdxArray read_idx(const std::filesystem::path& path) { return parse_idx(read_file(path), path.string()); }

}  // namespace gradwalk
