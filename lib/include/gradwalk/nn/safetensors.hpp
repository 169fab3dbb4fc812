#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "gradwalk/nn/npy.hpp"

namespace gradwalk {

/// The tensors of a .safetensors file by name, and its free-form notes. (Hugging Face: safetensors, README, "Format".)
struct SafeTensors {
  std::map<std::string, NpyArray> tensors;
  std::map<std::string, std::string> metadata;

  bool operator==(const SafeTensors&) const = default;
};

/// Reads F64, F32 and I64 tensors: the length of a JSON header (8 bytes, little-endian), the header, the numbers.
/// Throws InputError, naming the tensor, when the file is cut off, its header is no such JSON, or an offset does not
/// fit a shape.
SafeTensors parse_safetensors(std::string_view bytes, const std::string& name);
/// The same of a file; InputError also when it cannot be read.
SafeTensors read_safetensors(const std::filesystem::path& path);

/// The same content gives the same bytes: tensors stand in the order of their names. Throws ShapeError, naming the
/// tensor, when its numbers do not fill its shape.
std::string to_safetensors(const SafeTensors& content);
/// The same into a file; InputError when it cannot be written.
void write_safetensors(const std::filesystem::path& path, const SafeTensors& content);

}  // namespace gradwalk
