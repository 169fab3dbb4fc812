#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/pass.hpp"
#include "gradwalk/nn/record.hpp"

/// The lesson's net, its first mini-batch, and what NumPy computed for both (lib/data/own_framework).
struct LessonStep {
  gradwalk::Record record;
  nlohmann::json expected;  // the tensors of the reference, with dW1 and so on

  /// The reference value of "z1[0,2]", "dW1[2,0]" or "L". x, W and b are what the record was made from.
  double value(const std::string& name) const {
    const std::size_t bracket = name.find('[');
    const std::string tensor = name.substr(0, bracket);
    if (tensor == "L") return expected["loss"].get<double>();
    if (tensor == "dL") return 1;
    if (!expected.contains(tensor)) {
      const auto element = record.element(name);
      return record[element.tensor].value[element.index];
    }
    nlohmann::json at = expected[tensor];
    std::size_t begin = bracket + 1;
    while (at.is_array()) {
      std::size_t length = 0;
      at = at[static_cast<std::size_t>(std::stoi(name.substr(begin), &length))];
      begin += length + 1;
    }
    return at.get<double>();
  }
};

inline constexpr double lesson_learning_rate = 0.1;

inline LessonStep lesson_step() {
  using namespace gradwalk;
  using nlohmann::json;
  const auto read = [](const std::string& name) {
    return json::parse(read_file(std::string(GRADWALK_SOURCE_DIR) + "/lib/data/own_framework/" + name + ".json"));
  };
  const json reference = read("one_minibatch"), data = read("dataset");
  const auto matrix = [](const json& rows) {
    std::vector<double> flat;
    for (const json& row : rows)
      for (const json& value : row) flat.push_back(value.get<double>());
    return Matrix<double>(rows.size(), rows[0].size(), flat);
  };
  Net<double> net = make_net<double>({2, 10, 2}, "tanh", Loss::cross_entropy);
  for (std::size_t k = 0; k < 2; ++k) {
    net.linear(k).W = matrix(reference["params"][k]["W"]);
    net.linear(k).b = reference["params"][k]["b"].get<std::vector<double>>();
  }
  json rows = json::array();
  Targets<double> targets;
  for (std::size_t n = reference["rows"][0]; n < reference["rows"][1]; ++n) {
    rows.push_back(data["x"][n]);
    targets.labels.push_back(data["y"][n].get<int>());
  }
  LessonStep step{record_step(net, matrix(rows), Loss::cross_entropy, targets), reference["tensors"]};

  // The loss after the update, by hand: two layers, from the reference gradients.
  double after = 0;
  const auto updated = [&](const json& w, const json& dw) {
    return w.get<double>() - lesson_learning_rate * dw.get<double>();
  };
  for (std::size_t n = 0; n < rows.size(); ++n) {
    double z[2] = {0, 0};
    for (std::size_t k = 0; k < 2; ++k) z[k] = updated(reference["params"][1]["b"][k], step.expected["db2"][k]);
    for (std::size_t j = 0; j < 10; ++j) {
      double sum = updated(reference["params"][0]["b"][j], step.expected["db1"][j]);
      for (std::size_t i = 0; i < 2; ++i)
        sum += rows[n][i].get<double>() * updated(reference["params"][0]["W"][j][i], step.expected["dW1"][j][i]);
      for (std::size_t k = 0; k < 2; ++k)
        z[k] += std::tanh(sum) * updated(reference["params"][1]["W"][k][j], step.expected["dW2"][k][j]);
    }
    after += std::log(std::exp(z[0]) + std::exp(z[1])) - z[targets.labels[n]];
  }
  Provenance& from = step.record.provenance;
  from.activation = "tanh";
  from.data = "own-framework";
  from.rows = {0, 1, 2, 3};
  from.learning_rate = lesson_learning_rate;
  from.momentum = 0;
  from.loss_after = after / static_cast<double>(rows.size());
  return step;
}
