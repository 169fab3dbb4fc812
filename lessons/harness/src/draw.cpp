#include "gradwalk/harness/draw.hpp"

namespace gradwalk::harness {

std::vector<double> Draw::numbers(std::size_t count) {
  std::vector<double> values(count);
  for (double& value : values) {
    const auto size = static_cast<double>(12 + random_.below(45)) / 32;
    value = random_.below(2) ? size : -size;
  }
  return values;
}

std::vector<double> Draw::numbers(std::size_t count, double scale) {
  std::vector<double> values = numbers(count);
  for (double& value : values) value *= scale;
  return values;
}

std::vector<double> Draw::probabilities(std::size_t rows, std::size_t classes) {
  std::vector<double> values(rows * classes);
  for (std::size_t n = 0; n < rows; ++n) {
    double sum = 0;
    for (std::size_t k = 0; k < classes; ++k) sum += values[n * classes + k] = random_.uniform(0.2, 1.8);
    for (std::size_t k = 0; k < classes; ++k) values[n * classes + k] /= sum;
  }
  return values;
}

std::vector<double> Draw::labels(std::size_t rows, std::size_t classes) {
  std::vector<double> values(rows);
  bool varied = false;
  while (!varied) {
    for (std::size_t n = 0; n < rows; ++n) {
      values[n] = static_cast<double>(random_.below(classes));
      varied = varied || values[n] != values[0];
    }
    varied = varied || rows < 2 || classes < 2;
  }
  return values;
}

std::uint64_t key_of(std::string_view course_key, std::string_view submission, std::string_view check) {
  std::uint64_t hash = 14695981039346656037U;
  for (const std::string_view part : {course_key, submission, check}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    hash = (hash ^ part.size()) * 1099511628211U;
  }
  hash += 0x9e3779b97f4a7c15U;
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebU;
  return hash ^ (hash >> 31);
}

}  // namespace gradwalk::harness
