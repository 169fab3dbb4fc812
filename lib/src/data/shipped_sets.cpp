#include <nlohmann/json.hpp>
#include <numeric>

#include "dataset_sources.hpp"
#include "gradwalk/nn/csv.hpp"
#include "gradwalk/nn/data_folder.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "labels.hpp"

namespace gradwalk {

Dataset<double> read_own_framework() {
  const std::filesystem::path path = data_folder() / "own_framework" / "dataset.json";
  try {
    const auto json = nlohmann::json::parse(read_file(path));
    const auto points = json.at("x").get<std::vector<std::vector<double>>>();
    Samples<double> all{.x = Matrix<double>(points.size(), 2), .targets = {}};
    for (std::size_t i = 0; i < points.size(); ++i) {
      for (std::size_t j = 0; j < 2; ++j) all.x(i, j) = points[i].at(j);
    }
    all.targets.labels = json.at("y").get<std::vector<int>>();
    // The lesson trains on the first points and tests on those behind them.
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::span<const std::size_t> rows(order);
    const auto train = json.at("train").get<std::size_t>();
    if (train > points.size() || all.targets.labels.size() != points.size()) {
      throw InputError(path.string() + ": the file is damaged");
    }
    return {.name = {},
            .train = take(all, rows.first(train)),
            .test = take(all, rows.subspan(train)),
            .feature_names = {},
            .class_names = {}};
  } catch (const nlohmann::json::exception&) {
    throw InputError(path.string() + ": the file is damaged");
  } catch (const std::out_of_range&) {
    throw InputError(path.string() + ": the file is damaged");
  }
}

Dataset<double> read_iris() {
  CsvTable table = read_csv(data_folder() / "iris.csv");
  Dataset<double> set;
  set.train.targets.labels = labels_of_words(table.labels, {}, set.class_names);
  set.train.x = std::move(table.values);
  set.feature_names = std::move(table.names);
  return set;
}

}  // namespace gradwalk
