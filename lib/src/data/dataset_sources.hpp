#pragma once

#include "dataset_spec.hpp"
#include "gradwalk/nn/dataset.hpp"

namespace gradwalk {

// Each reads one kind of data set, asking the spec for the options that are its own. The targets come as `wanted` says
// where the source can tell (a file), else as the set is; `test` stays empty when the set does not come split. Class
// counts, splits and scales are made for all alike by load_dataset.

Dataset<double> read_own_framework();
Dataset<double> read_iris();
Dataset<double> generate(DatasetSpec& spec, std::uint64_t seed);
Dataset<double> read_csv_dataset(DatasetSpec& spec, TargetKind wanted);
Dataset<double> read_npy_dataset(DatasetSpec& spec, TargetKind wanted);
Dataset<double> read_npz_dataset(DatasetSpec& spec, TargetKind wanted);
template <class T>
Dataset<T> read_idx_dataset(DatasetSpec& spec);

}  // namespace gradwalk
