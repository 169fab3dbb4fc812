#include "gradwalk/nn/samples.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/nn/error.hpp"

namespace gradwalk {
namespace {

template <class T>
Matrix<T> take_rows(const Matrix<T>& from, std::span<const std::size_t> rows) {
  Matrix<T> taken(rows.size(), from.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) std::ranges::copy(from.row(rows[i]), taken.row(i).begin());
  return taken;
}

}  // namespace

template <class T>
Samples<T> take(const Samples<T>& samples, std::span<const std::size_t> rows) {
  for (const std::size_t row : rows) {
    if (row >= samples.size()) throw ShapeError(fmt::format("there is no sample {} among {}", row, samples.size()));
  }
  const std::size_t targets = samples.targets.size();
  if (targets != 0 && targets != samples.size())
    throw ShapeError(fmt::format("x is ({}, {}), but there are targets for {} samples", samples.x.rows(),
                                 samples.x.cols(), targets));
  Samples<T> taken{.x = take_rows(samples.x, rows), .targets = {}};
  if (!samples.targets.labels.empty()) {
    for (const std::size_t row : rows) taken.targets.labels.push_back(samples.targets.labels[row]);
  } else if (targets != 0) {
    taken.targets.values = take_rows(samples.targets.values, rows);
  }
  return taken;
}

template Samples<double> take(const Samples<double>&, std::span<const std::size_t>);
template Samples<float> take(const Samples<float>&, std::span<const std::size_t>);

}  // namespace gradwalk
