#include <cstdint>
#include <cstdlib>

#include "readers.hpp"

/// For libFuzzer: the first byte chooses the reader, the rest is its file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Reader& reader = readers[data[0] % readers.size()];
  if (!survives(reader, std::string(reinterpret_cast<const char*>(data + 1), size - 1))) std::abort();
  return 0;
}
