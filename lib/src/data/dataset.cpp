#include "gradwalk/nn/dataset.hpp"

#include <limits>
#include <type_traits>

#include "dataset_sources.hpp"
#include "dataset_spec.hpp"
#include "prepare.hpp"

namespace gradwalk {
namespace {

std::optional<TargetKind> wanted_targets(DatasetSpec& spec, std::optional<TargetKind> otherwise) {
  const std::string word = spec.word("targets", "");
  if (word.empty()) return otherwise;
  if (word == "labels") return TargetKind::labels;
  if (word == "values") return TargetKind::values;
  if (word == "one-hot") return TargetKind::one_hot;
  spec.fail("targets must be labels, values or one-hot, not '" + word + "'");
}

template <class T>
Dataset<T> read(DatasetSpec& spec, std::uint64_t seed, TargetKind wanted) {
  const std::string& kind = spec.kind();
  if (kind == "idx") return read_idx_dataset<T>(spec);
  if (kind == "own-framework") return converted<T>(read_own_framework());
  if (kind == "iris") return converted<T>(read_iris());
  if (kind == "csv") return converted<T>(read_csv_dataset(spec, wanted));
  if (kind == "npy") return converted<T>(read_npy_dataset(spec, wanted));
  if (kind == "npz") return converted<T>(read_npz_dataset(spec, wanted));
  return converted<T>(generate(spec, seed));
}

}  // namespace

template <class T>
Dataset<T> load_dataset(std::string_view text, const DatasetOptions& options) {
  constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max(), most_classes = 65536;
  DatasetSpec spec(text);
  const std::optional<TargetKind> wanted = wanted_targets(spec, options.targets);
  const std::uint64_t seed = spec.whole("seed", options.seed, 0, any);
  const std::uint64_t promised_classes = spec.whole("classes", 0, 0, most_classes);
  const bool standardized = spec.flag("standardize");

  Dataset<T> set = read<T>(spec, seed, wanted.value_or(TargetKind::labels));
  set.name = spec.text();
  count_classes(set, promised_classes);
  convert_targets(set, wanted.value_or(set.classes > 0 ? TargetKind::labels : TargetKind::values));
  if (set.test.size() == 0) split(set, spec.number("test", 0.2, 0, 0.9), seed);
  spec.refuse_the_rest();

  if (standardized) standardize(set);
  for (std::size_t i = set.feature_names.size(); i < set.features(); ++i) {
    set.feature_names.push_back("x" + std::to_string(i + 1));
  }
  return set;
}

template Dataset<double> load_dataset(std::string_view, const DatasetOptions&);
template Dataset<float> load_dataset(std::string_view, const DatasetOptions&);

}  // namespace gradwalk
