#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/nn/samples.hpp"

namespace gradwalk {

/// What a net learns from and what it is tested on.
template <class T>
struct Dataset {
  std::string name;  // as it was asked for: "moons:n=200,noise=0.1"
  Samples<T> train, test;
  std::size_t classes = 0;  // 0 when the targets are values
  std::vector<std::string> feature_names;
  std::vector<std::string> class_names;  // one for each class, "0", "1" … when it has none; empty without classes

  std::size_t features() const { return train.x.cols(); }
};

enum class TargetKind {
  labels,   // class numbers 0 … C − 1
  values,   // numbers to come close to; of a set with classes, the class number as a number, shape (N, 1)
  one_hot,  // of a set with classes: 1 for the right class, else 0, shape (N, C)
};

struct DatasetOptions {
  std::uint64_t seed = 0;             // of the generators, and of the split where a set has none of its own
  std::optional<TargetKind> targets;  // nothing: as the set is (of a file: labels)
};

/// The data set that `spec` names. A name, or a kind of file with its paths, and options behind it, which go before
/// those of `options`:
///
///   own-framework                      the lesson's 100 points, split as it splits them: 80 and 20
///   iris                               Fisher's and Anderson's 150 flowers
///   xor moons blobs spirals curve      generators.hpp; n= noise= seed=, classes= (blobs, spirals), turns= (spirals)
///   csv:FILE                           label= (name or number of the column; the last), scale=
///   npy:X.npy,Y.npy      npz:FILE      arrays x and y, or x_train, y_train, x_test, y_test; scale=
///   idx:FOLDER                         MNIST's four files; raw=1 keeps pixels 0 … 255
///   FILE.csv FILE.tsv FILE.npz FOLDER  the kind is seen from the ending, or from the folder
///
/// All have targets=labels|values|one-hot, classes= (labels beyond are refused), standardize=1 (every feature to mean 0
/// and deviation 1 over the training set), and, unless they come split, test= (share of the test set, 0.2) and seed=.
/// "moons:n=200,noise=0.1,seed=3". scale=255 divides every feature by 255.
/// Throws InputError in one line with the place: an unknown name or option (with those that exist and the nearest), a
/// missing or damaged file, NaN, labels that are negative or no whole numbers, as many labels as there are not samples.
template <class T>
Dataset<T> load_dataset(std::string_view spec, const DatasetOptions& options = {});

}  // namespace gradwalk
