// The figures of the course lesson, from its own weights: every number of ../shared/data/own_framework, to 1e-9.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "gradwalk/nn/train.hpp"

using namespace gradwalk;
using nlohmann::json;

namespace {

constexpr double tolerance = 1e-9;

json reference(const std::string& name) {
  return json::parse(read_file(std::string(GRADWALK_SOURCE_DIR) + "/lib/data/own_framework/" + name + ".json"));
}

Matrix<double> matrix(const json& rows) {
  std::vector<double> flat;
  for (const json& row : rows)
    for (const json& value : row) flat.push_back(value.get<double>());
  return {rows.size(), rows[0].size(), flat};
}

Samples<double> rows_between(const json& data, std::size_t begin, std::size_t end) {
  Samples<double> samples;
  json x = json::array();
  for (std::size_t n = begin; n < end; ++n) {
    x.push_back(data["x"][n]);
    samples.targets.labels.push_back(data["y"][n].get<int>());
  }
  samples.x = matrix(x);
  return samples;
}

Net<double> net_of(const json& layers, const std::string& activation) {
  std::vector<std::size_t> widths{layers[0]["W"][0].size()};
  for (const json& layer : layers) widths.push_back(layer["W"].size());
  Net<double> net = make_net<double>(widths, activation, Loss::cross_entropy);
  for (std::size_t k = 0; k < layers.size(); ++k) {
    net.linear(k).W = matrix(layers[k]["W"]);
    net.linear(k).b = layers[k]["b"].get<std::vector<double>>();
  }
  return net;
}

void check_close(const std::string& what, const std::vector<double>& got, const json& expected) {
  std::vector<double> flat;
  for (const json& item : expected.is_array() ? expected : json::array({expected}))
    if (item.is_array())
      for (const json& value : item) flat.push_back(value.get<double>());
    else
      flat.push_back(item.get<double>());
  BOOST_TEST_REQUIRE(got.size() == flat.size(), what);
  for (std::size_t i = 0; i < flat.size(); ++i)
    BOOST_TEST(std::abs(got[i] - flat[i]) <= tolerance,
               what << "[" << i << "] is " << got[i] << ", expected " << flat[i]);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_layer_that_the_lesson_shows) {
  const json shown = reference("shown_layer"), data = reference("dataset");
  const Net<double> net = net_of(shown["params"], "tanh");
  const Samples<double> batch = rows_between(data, 0, shown["rows"].get<std::size_t>());
  const ForwardPass<double> pass = forward(net, batch.x);
  check_close("z", {pass.outputs[0](0, 0), pass.outputs[0](0, 1)}, shown["z_first"]);
  check_close("p", {pass.outputs[1](0, 0), pass.outputs[1](0, 1)}, shown["p_first"]);
  check_close("loss", {loss_value(Loss::cross_entropy, pass.output(), batch.targets)}, shown["loss"]);
}

BOOST_AUTO_TEST_CASE(the_whole_mini_batch) {
  const json expected = reference("one_minibatch"), data = reference("dataset");
  const Samples<double> batch =
      rows_between(data, expected["rows"][0].get<std::size_t>(), expected["rows"][1].get<std::size_t>());
  const Record record = record_step(net_of(expected["params"], "tanh"), batch.x, Loss::cross_entropy, batch.targets);
  std::size_t compared = 0;
  for (const auto& [name, values] : expected["tensors"].items()) {
    const bool gradient = name != "loss" && name.front() == 'd';
    const Tensor& tensor = record[record.tensor(name == "loss" ? "L" : gradient ? name.substr(1) : name)];
    check_close(name, gradient ? tensor.gradient : tensor.value, values);
    ++compared;
  }
  BOOST_TEST(compared == 14u);
}

BOOST_AUTO_TEST_CASE(the_four_training_runs) {
  const json data = reference("dataset"), all = reference("training_runs");
  const Samples<double> train_set = rows_between(data, 0, 80), test_set = rows_between(data, 80, 100);
  BOOST_TEST_REQUIRE(all["runs"].size() == 4u);
  for (const json& run : all["runs"]) {
    BOOST_TEST_CONTEXT(run["name"]) {
      Net<double> net = net_of(run["initial"], run["activation"]);
      TrainingOptions options;
      options.epochs = run["epochs"];
      options.batch = run["batch"];
      options.learning_rate = run["learning_rate"];
      options.shuffle = run["shuffle"];
      const History history = train(net, Loss::cross_entropy, train_set, &test_set, options);
      check_close("before", {history.front().train.loss, history.front().train.accuracy}, run["before"]["train"]);
      check_close("before, test", {history.front().test.loss, history.front().test.accuracy}, run["before"]["test"]);
      check_close("after", {history.back().train.loss, history.back().train.accuracy}, run["after"]["train"]);
      check_close("after, test", {history.back().test.loss, history.back().test.accuracy}, run["after"]["test"]);
      for (std::size_t k = 0; k < net.linear_count(); ++k) {
        check_close("W", net.linear(k).W.values(), run["final"][k]["W"]);
        check_close("b", net.linear(k).b, run["final"][k]["b"]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_named_initial_weights_are_the_reference_runs) {
  ModelSpec spec;
  spec.widths = {2, 2};
  spec.init = "own-framework/manual_loop";
  check_close("W", initial_net(spec).linear(0).W.values(), reference("training_runs")["runs"][0]["initial"][0]["W"]);
}
