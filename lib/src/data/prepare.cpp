#include "prepare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/random.hpp"

namespace gradwalk {
namespace {

template <class T>
Matrix<T> converted(const Matrix<double>& from) {
  return Matrix<T>(from.rows(), from.cols(), std::vector<T>(from.values().begin(), from.values().end()));
}

template <class T>
Samples<T> converted(Samples<double> from) {
  return {.x = converted<T>(from.x),
          .targets = {.labels = std::move(from.targets.labels), .values = converted<T>(from.targets.values)}};
}

/// Labels (N) as values: (N, 1) the class number, or (N, classes) one-hot.
template <class T>
void labels_to_values(Targets<T>& targets, std::size_t classes, TargetKind wanted) {
  const bool one_hot = wanted == TargetKind::one_hot;
  targets.values = Matrix<T>(targets.labels.size(), one_hot ? classes : 1);
  for (std::size_t i = 0; i < targets.labels.size(); ++i) {
    const int label = targets.labels[i];
    if (one_hot) {
      targets.values(i, static_cast<std::size_t>(label)) = 1;
    } else {
      targets.values(i, 0) = static_cast<T>(label);
    }
  }
  targets.labels.clear();
}

}  // namespace

template <class T>
void count_classes(Dataset<T>& set, std::size_t promised) {
  if (set.train.targets.labels.empty()) return;
  std::size_t largest = 0;
  for (const Samples<T>* part : {&set.train, &set.test}) {
    for (const int label : part->targets.labels) largest = std::max(largest, static_cast<std::size_t>(label));
  }
  if (promised > 0 && largest >= promised) {
    throw InputError(fmt::format("data set {}: there is a label {}, but with classes={} labels go from 0 to {}",
                                 set.name, largest, promised, promised - 1));
  }
  set.classes = promised > 0 ? promised : std::max<std::size_t>(largest + 1, 2);
  while (set.class_names.size() < set.classes) set.class_names.push_back(std::to_string(set.class_names.size()));
}

template <class T>
void convert_targets(Dataset<T>& set, TargetKind wanted) {
  const bool has_labels = set.classes > 0;
  if (!has_labels && wanted == TargetKind::labels) {
    throw InputError(
        fmt::format("data set {}: its targets are values, not classes; a loss for a regression fits them "
                    "(squared, absolute)",
                    set.name));
  }
  if (!has_labels || wanted == TargetKind::labels) return;
  labels_to_values(set.train.targets, set.classes, wanted);
  labels_to_values(set.test.targets, set.classes, wanted);
  set.classes = 0;
  set.class_names.clear();
}

template <class T>
void split(Dataset<T>& set, double test_share, std::uint64_t seed) {
  const std::size_t n = set.train.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random(seed).shuffle(std::span(order));
  const auto wanted = static_cast<std::size_t>(std::llround(test_share * static_cast<double>(n)));
  const std::span<const std::size_t> rows(order);
  const std::size_t train = n - std::min(wanted, n - 1);
  set.test = take(set.train, rows.subspan(train));
  set.train = take(set.train, rows.first(train));
}

template <class T>
void scale_features(Dataset<T>& set, double divisor) {
  for (Samples<T>* part : {&set.train, &set.test}) {
    for (T& value : part->x.values()) value = static_cast<T>(value / divisor);
  }
}

template <class T>
void standardize(Dataset<T>& set) {
  const Matrix<T>& x = set.train.x;
  for (std::size_t j = 0; j < x.cols(); ++j) {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < x.rows(); ++i) sum += x(i, j);
    const double mean = sum / static_cast<double>(x.rows());
    for (std::size_t i = 0; i < x.rows(); ++i) squares += (x(i, j) - mean) * (x(i, j) - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(x.rows()));
    for (Samples<T>* part : {&set.train, &set.test}) {
      for (std::size_t i = 0; i < part->x.rows(); ++i) {
        part->x(i, j) = deviation > 0 ? static_cast<T>((part->x(i, j) - mean) / deviation) : T{0};
      }
    }
  }
}

template <class T>
Dataset<T> converted(Dataset<double> set) {
  return {.name = std::move(set.name),
          .train = converted<T>(std::move(set.train)),
          .test = converted<T>(std::move(set.test)),
          .classes = set.classes,
          .feature_names = std::move(set.feature_names),
          .class_names = std::move(set.class_names)};
}

template void count_classes(Dataset<double>&, std::size_t);
template void count_classes(Dataset<float>&, std::size_t);
template void convert_targets(Dataset<double>&, TargetKind);
template void convert_targets(Dataset<float>&, TargetKind);
template void split(Dataset<double>&, double, std::uint64_t);
template void split(Dataset<float>&, double, std::uint64_t);
template void scale_features(Dataset<double>&, double);
template void scale_features(Dataset<float>&, double);
template void standardize(Dataset<double>&);
template void standardize(Dataset<float>&);
template Dataset<double> converted(Dataset<double>);
template Dataset<float> converted(Dataset<double>);

}  // namespace gradwalk
