#include "gradwalk/nn/safetensors.hpp"

#include <bit>
#include <concepts>
#include <nlohmann/json.hpp>
#include <optional>

#include "bytes.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "numbers.hpp"
#include "one_line.hpp"

namespace gradwalk {
namespace {

using SortedJson = nlohmann::json;

constexpr std::size_t length_size = 8;
constexpr std::size_t longest_header = 100'000'000;  // as the reference implementation has it
constexpr std::size_t safetensors_alignment = 8;     // of the first number

std::string_view dtype_of(const NpyArray::Values& values) {
  constexpr std::string_view dtype[] = {"F64", "F32", "I64"};
  return dtype[values.index()];
}

NpyArray::Values decode(std::string_view bytes, const std::string& dtype, const std::string& place) {
  if (dtype == "F64") return decode_numbers<double>(bytes, ByteOrder::little);
  if (dtype == "F32") return decode_numbers<float>(bytes, ByteOrder::little);
  if (dtype == "I64") return decode_numbers<std::int64_t>(bytes, ByteOrder::little);
  throw InputError(place + ": its type is " + one_line(dtype) + "; gradwalk reads F64, F32 and I64");
}

NpyArray read_tensor(const SortedJson& entry, std::string_view data, const std::string& place) {
  const auto shape = entry.at("shape").get<std::vector<std::size_t>>();
  const auto offsets = entry.at("data_offsets").get<std::vector<std::size_t>>();
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data.size()) {
    throw InputError(place + ": its data lie outside the file");
  }
  const std::string_view bytes = data.substr(offsets[0], offsets[1] - offsets[0]);
  const auto dtype = entry.at("dtype").get<std::string>();
  const std::size_t item_size = dtype == "F32" ? 4 : 8;
  const std::optional<std::size_t> count = element_count_of(shape);
  NpyArray::Values values = decode(bytes, dtype, place);
  if ((count ? product(*count, item_size) : std::nullopt) != bytes.size()) {
    throw InputError(place + ": its shape does not fit its " + std::to_string(bytes.size()) + " bytes");
  }
  return {.shape = shape, .values = std::move(values)};
}

}  // namespace

SafeTensors parse_safetensors(std::string_view bytes, const std::string& name) {
  if (bytes.size() < length_size) throw InputError(name + ": the file is cut off");
  const auto size = little_at<std::uint64_t>(bytes, 0);
  if (size > longest_header || size > bytes.size() - length_size) {
    throw InputError(name + ": this is not a .safetensors file, or it is cut off (its header would have " +
                     std::to_string(size) + " bytes)");
  }
  const std::string_view data = bytes.substr(length_size + size);
  SafeTensors content;
  try {
    const SortedJson header = SortedJson::parse(bytes.substr(length_size, size));
    for (const auto& [key, entry] : header.items()) {
      if (key == "__metadata__") {
        content.metadata = entry.get<std::map<std::string, std::string>>();
      } else {
        content.tensors.emplace(key, read_tensor(entry, data, name + ": " + one_line(key)));
      }
    }
  } catch (const SortedJson::exception&) {
    throw InputError(name + ": the header of the .safetensors file is damaged");
  }
  return content;
}

SafeTensors read_safetensors(const std::filesystem::path& path) {
  return parse_safetensors(read_file(path), path.string());
}

std::string to_safetensors(const SafeTensors& content) {
  SortedJson header = SortedJson::object();
  std::string data;
  if (!content.metadata.empty()) header["__metadata__"] = content.metadata;
  for (const auto& [name, array] : content.tensors) {
    const std::size_t begin = data.size();
    if (element_count_of(array.shape) != array.size()) {
      throw ShapeError("the numbers of " + name + " do not fill its shape");
    }
    std::visit([&](const auto& numbers) { put_numbers(data, numbers); }, array.values);
    header[name] = {{"dtype", dtype_of(array.values)}, {"shape", array.shape}, {"data_offsets", {begin, data.size()}}};
  }
  std::string text = header.dump();
  text.append((safetensors_alignment - text.size() % safetensors_alignment) % safetensors_alignment, ' ');
  std::string bytes;
  put_little<std::uint64_t>(bytes, text.size());
  return bytes + text + data;
}

void write_safetensors(const std::filesystem::path& path, const SafeTensors& content) {
  write_file(path, to_safetensors(content));
}

}  // namespace gradwalk
