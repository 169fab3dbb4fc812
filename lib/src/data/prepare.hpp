#pragma once

#include <cstddef>
#include <cstdint>

#include "gradwalk/nn/dataset.hpp"

namespace gradwalk {

// What is done to every data set after it was read, in this order.

/// Counts the classes: `promised`, or one more than the largest label. Throws InputError for a label beyond the
/// promise.
template <class T>
void count_classes(Dataset<T>& set, std::size_t promised);

/// Turns labels into the targets that are wanted; values stay values. Throws InputError when a set of values is wanted
/// as classes.
template <class T>
void convert_targets(Dataset<T>& set, TargetKind wanted);

/// Moves a random share of the training set into the test set, and leaves at least one sample.
template <class T>
void split(Dataset<T>& set, double test_share, std::uint64_t seed);

/// Divides every feature.
template <class T>
void scale_features(Dataset<T>& set, double divisor);

/// Shifts and scales every feature to mean 0 and standard deviation 1 over the training set; one that never varies to
/// 0.
template <class T>
void standardize(Dataset<T>& set);

/// The same set in another type of number.
template <class T>
Dataset<T> converted(Dataset<double> set);

}  // namespace gradwalk
