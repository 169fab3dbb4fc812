#pragma once

#include <array>
#include <string>

#include "gradwalk/nn/csv.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/idx.hpp"
#include "gradwalk/nn/npz.hpp"
#include "gradwalk/nn/safetensors.hpp"

/// The readers of files, each of which must take any bytes at all: a content, or an InputError of one line.
struct Reader {
  const char* name;
  void (*read)(const std::string& bytes);
};

inline const std::array<Reader, 5> readers = {{
    {"npz",
     [](const std::string& bytes) {
       const gradwalk::NpzReader npz(bytes, "fuzz");
       for (const std::string& name : npz.array_names()) npz.array(name);
       for (const std::string& name : npz.file_names()) npz.file(name);
     }},
    {"npy", [](const std::string& bytes) { gradwalk::parse_npy(bytes, "fuzz"); }},
    {"csv", [](const std::string& bytes) { gradwalk::parse_csv(bytes, "fuzz"); }},
    {"idx", [](const std::string& bytes) { gradwalk::parse_idx(bytes, "fuzz"); }},
    {"safetensors", [](const std::string& bytes) { gradwalk::parse_safetensors(bytes, "fuzz"); }},
}};

/// True when the reader read or refused as it should.
inline bool survives(const Reader& reader, const std::string& bytes) {
  try {
    reader.read(bytes);
  } catch (const gradwalk::InputError& error) {
    return std::string(error.what()).find('\n') == std::string::npos;
  }
  return true;
}
