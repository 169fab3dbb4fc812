#include <limits>

#include "dataset_sources.hpp"
#include "gradwalk/nn/generators.hpp"

namespace gradwalk {

Dataset<double> generate(DatasetSpec& spec, std::uint64_t seed) {
  constexpr std::uint64_t most_samples = 10'000'000, most_classes = 100;
  const std::string& kind = spec.kind();
  const std::size_t n = spec.whole("n", kind == "spirals" ? 300 : 200, 1, most_samples);
  const auto noise = [&](double usual) { return spec.number("noise", usual, 0, std::numeric_limits<double>::max()); };
  const auto classes = [&] { return spec.whole("classes", 3, 2, most_classes); };

  Dataset<double> set;
  if (kind == "xor") set.train = make_xor(n, noise(0.1), seed);
  if (kind == "moons") set.train = make_moons(n, noise(0.1), seed);
  if (kind == "blobs") set.train = make_blobs(n, classes(), noise(0.8), seed);
  if (kind == "spirals") set.train = make_spirals(n, classes(), spec.number("turns", 0.75, 0, 100), noise(0.02), seed);
  if (kind == "curve") set.train = make_curve(n, noise(0.1), seed);
  return set;
}

}  // namespace gradwalk
