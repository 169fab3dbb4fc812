#include <cstdio>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/npz.hpp"

/// rewrite_arrays IN OUT: reads an .npy or .npz with gradwalk's reader and writes it again with gradwalk's writer, for
/// numpy_test.py to compare.
int main(int count, char** words) {
  if (count != 3) return 2;
  try {
    const std::filesystem::path in = words[1], out = words[2];
    if (in.extension() == ".npy") {
      gradwalk::write_npy(out, gradwalk::read_npy(in));
      return 0;
    }
    const gradwalk::NpzReader npz(in);
    gradwalk::NpzWriter again;
    for (const std::string& name : npz.array_names()) again.add_array(name, npz.array(name));
    for (const std::string& name : npz.file_names()) again.add_file(name, npz.file(name));
    again.write(out);
    return 0;
  } catch (const gradwalk::InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
