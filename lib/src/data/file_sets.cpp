#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "dataset_sources.hpp"
#include "gradwalk/nn/csv.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/idx.hpp"
#include "gradwalk/nn/npz.hpp"
#include "gradwalk/nn/record.hpp"
#include "labels.hpp"
#include "prepare.hpp"

namespace gradwalk {
namespace {

double scale_of(DatasetSpec& spec) {
  return spec.number("scale", 1, std::numeric_limits<double>::min(), std::numeric_limits<double>::max());
}

std::vector<double> finite_numbers(const NpyArray& array, const std::string& name) {
  std::vector<double> numbers = array.as<double>();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (std::isfinite(numbers[i])) continue;
    std::string index;
    std::size_t stride = numbers.size(), rest = i;
    for (const std::size_t size : array.shape) {
      stride /= size;
      index += fmt::format("{}{}", index.empty() ? "" : ",", rest / stride);
      rest %= stride;
    }
    throw InputError(fmt::format("{}: element [{}] is {}, not a finite number", name, index, numbers[i]));
  }
  return numbers;
}

/// (N, …) as N rows; (N) as N rows of one.
Matrix<double> rows_of(const NpyArray& array, const std::string& name) {
  if (array.shape.empty() || array.size() == 0) {
    throw InputError(fmt::format("{}: its shape is {}; there must be at least one row", name, to_string(array.shape)));
  }
  const std::size_t rows = array.shape[0];
  return Matrix<double>(rows, array.size() / rows, finite_numbers(array, name));
}

Samples<double> samples_of(const NpyArray& x, const std::string& x_name, const NpyArray& y, const std::string& y_name,
                           TargetKind wanted) {
  Samples<double> samples{.x = rows_of(x, x_name), .targets = {}};
  Matrix<double> targets = rows_of(y, y_name);
  if (targets.rows() != samples.size()) {
    throw InputError(fmt::format("{} has {} rows, but {} has {}", x_name, samples.size(), y_name, targets.rows()));
  }
  if (wanted == TargetKind::values) {
    samples.targets.values = std::move(targets);
    return samples;
  }
  if (targets.cols() != 1) {
    throw InputError(
        fmt::format("{}: its shape is {}; labels have the shape ({}), and a regression needs targets=values", y_name,
                    to_string(y.shape), samples.size()));
  }
  samples.targets.labels =
      labels_of_numbers(targets.values(), [&](std::size_t i) { return fmt::format("{}[{}]", y_name, i); });
  return samples;
}

Samples<double> samples_of(const NpzReader& npz, const std::string& file, const std::string& x, const std::string& y,
                           TargetKind wanted) {
  const NpyArray features = npz.array(x);
  return samples_of(features, file + ": " + x, npz.array(y), file + ": " + y, wanted);
}

}  // namespace

Dataset<double> read_csv_dataset(DatasetSpec& spec, TargetKind wanted) {
  const std::string file = spec.path().string();
  CsvTable table = read_csv(spec.path(), spec.word("label", ""));
  const LabelPlace place = [&](std::size_t i) { return fmt::format("{}, line {}", file, table.lines[i]); };
  Dataset<double> set;
  if (wanted == TargetKind::values) {
    set.train.targets.values = Matrix<double>(table.labels.size(), 1, numbers_of_words(table.labels, place));
  } else {
    set.train.targets.labels = labels_of_words(table.labels, place, set.class_names);
  }
  set.train.x = std::move(table.values);
  set.feature_names = std::move(table.names);
  scale_features(set, scale_of(spec));
  return set;
}

Dataset<double> read_npy_dataset(DatasetSpec& spec, TargetKind wanted) {
  if (spec.paths().size() != 2) spec.fail("two paths are needed: npy:X.npy,Y.npy");
  const std::string x = spec.paths()[0].string(), y = spec.paths()[1].string();
  Dataset<double> set;
  const NpyArray features = read_npy(x);
  set.train = samples_of(features, x, read_npy(y), y, wanted);
  scale_features(set, scale_of(spec));
  return set;
}

Dataset<double> read_npz_dataset(DatasetSpec& spec, TargetKind wanted) {
  const NpzReader npz(spec.path());
  const std::string file = spec.path().string();
  Dataset<double> set;
  if (npz.has_array("x_train")) {
    set.train = samples_of(npz, file, "x_train", "y_train", wanted);
    set.test = samples_of(npz, file, "x_test", "y_test", wanted);
    if (set.train.x.cols() != set.test.x.cols()) {
      throw InputError(
          fmt::format("{}: x_train has {} features, x_test {}", file, set.train.x.cols(), set.test.x.cols()));
    }
  } else {
    set.train = samples_of(npz, file, "x", "y", wanted);
  }
  scale_features(set, scale_of(spec));
  return set;
}

template <class T>
Dataset<T> read_idx_dataset(DatasetSpec& spec) {
  IdxFolder<T> folder = read_idx_folder<T>(spec.path(), spec.flag("raw"));
  Dataset<T> set;
  set.train = std::move(folder.train);
  set.test = std::move(folder.test);
  return set;
}
template Dataset<double> read_idx_dataset(DatasetSpec&);
template Dataset<float> read_idx_dataset(DatasetSpec&);

}  // namespace gradwalk
