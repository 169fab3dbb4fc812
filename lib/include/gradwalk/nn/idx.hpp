#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gradwalk/nn/samples.hpp"

namespace gradwalk {

/// An array of bytes in the IDX format of the MNIST files: 0 0 8 dimensions, the sizes as big-endian 32-bit numbers,
/// the bytes. (LeCun, Cortes, Burges: The MNIST database of handwritten digits, "File formats for the MNIST database".)
struct IdxArray {
  std::vector<std::size_t> shape;
  std::string file;  // whole, unpacked; the numbers are its last bytes
  std::size_t begin = 0;

  std::span<const unsigned char> values() const {
    return {reinterpret_cast<const unsigned char*>(file.data()) + begin, file.size() - begin};
  }
};

/// Reads an IDX file, gzipped (RFC 1952) or not whatever its name says. Throws InputError when it is none, cut off, or
/// when its header lies about its size. `name` is what the messages call the file.
IdxArray parse_idx(std::string bytes, const std::string& name);
/// The same of a file; InputError also when it cannot be read.
IdxArray read_idx(const std::filesystem::path& path);

/// The training and the test set of a folder with the four files of MNIST (or of a set made after it, such as
/// Fashion-MNIST) under their usual names: train-images-idx3-ubyte, train-images.idx3-ubyte, either with .gz. x is (N,
/// rows · columns of an image), labels (N). Pixels are scaled to [0, 1] unless `raw`, which keeps 0 … 255. Throws
/// InputError when one is missing or wrong, when images and labels differ in number, or training and test images in
/// size.
template <class T>
struct IdxFolder {
  Samples<T> train, test;
};
template <class T>
IdxFolder<T> read_idx_folder(const std::filesystem::path& folder, bool raw = false);

}  // namespace gradwalk
