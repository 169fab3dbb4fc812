#include <algorithm>
#include <array>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/idx.hpp"

namespace gradwalk {
namespace {

namespace fs = std::filesystem;

/// The file "train" + "images" + "idx3" of the folder, under whichever of its usual names is there.
fs::path find_file(const fs::path& folder, const std::string& part, const std::string& content,
                   const std::string& kind) {
  const std::string usual = part + "-" + content + "-" + kind + "-ubyte";
  const std::string dotted = part + "-" + content + "." + kind + "-ubyte";
  for (const std::string& name : {usual, usual + ".gz", dotted, dotted + ".gz"}) {
    std::error_code ignored;
    if (fs::is_regular_file(folder / name, ignored)) return folder / name;
  }
  throw InputError("cannot read " + (folder / usual).string() + ": there is neither this file nor " + usual +
                   ".gz in the folder");
}

template <class T>
Matrix<T> to_matrix(const IdxArray& images, bool raw) {
  std::array<T, 256> value_of{};
  for (std::size_t byte = 0; byte < value_of.size(); ++byte) {
    value_of[byte] = raw ? static_cast<T>(byte) : static_cast<T>(byte) / T{255};
  }
  const std::size_t rows = images.shape[0];
  const std::span<const unsigned char> pixels = images.values();
  std::vector<T> values;
  values.reserve(pixels.size());
  for (const unsigned char pixel : pixels) values.push_back(value_of[pixel]);
  return Matrix<T>(rows, pixels.size() / rows, std::move(values));
}

template <class T>
Samples<T> read_part(const fs::path& folder, const std::string& part, bool raw) {
  const fs::path images_path = find_file(folder, part, "images", "idx3");
  const fs::path labels_path = find_file(folder, part, "labels", "idx1");
  const IdxArray images = read_idx(images_path), labels = read_idx(labels_path);
  if (images.values().empty()) throw InputError(images_path.string() + ": it holds no images");
  if (labels.shape.size() != 1) throw InputError(labels_path.string() + ": labels must have one dimension");
  if (labels.shape[0] != images.shape[0]) {
    throw InputError(labels_path.string() + ": there are " + std::to_string(labels.shape[0]) + " labels for " +
                     std::to_string(images.shape[0]) + " images");
  }
  const auto classes = labels.values();
  return {.x = to_matrix<T>(images, raw), .targets = {.labels = {classes.begin(), classes.end()}, .values = {}}};
}

}  // namespace

template <class T>
IdxFolder<T> read_idx_folder(const fs::path& folder, bool raw) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    throw InputError("cannot read " + folder.string() + ": there is no such folder");
  IdxFolder<T> sets{.train = read_part<T>(folder, "train", raw), .test = read_part<T>(folder, "t10k", raw)};
  if (sets.train.x.cols() != sets.test.x.cols()) {
    throw InputError(folder.string() + ": training images have " + std::to_string(sets.train.x.cols()) +
                     " pixels, test images " + std::to_string(sets.test.x.cols()));
  }
  return sets;
}

template IdxFolder<double> read_idx_folder(const fs::path&, bool);
template IdxFolder<float> read_idx_folder(const fs::path&, bool);

}  // namespace gradwalk
