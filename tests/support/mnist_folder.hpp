#pragma once

#include <cstdlib>
#include <filesystem>

/// Where the four files of MNIST are: $GRADWALK_MNIST, else ../shared/data/mnist beside the project.
inline std::filesystem::path mnist_folder() {
  const char* named = std::getenv("GRADWALK_MNIST");
  return named != nullptr ? named : GRADWALK_SOURCE_DIR "/../shared/data/mnist";
}
