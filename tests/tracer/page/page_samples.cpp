// page_samples OUT: writes the pages that the browser tests open, and beside each what C++ says about its record: every
// term and every path edge as numbers (NAME.json), and how numbers are written (numbers.json).
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/pass.hpp"
#include "gradwalk/nn/random.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/nn/rules.hpp"
#include "gradwalk/nn/terms.hpp"
#include "gradwalk/tracer/number.hpp"
#include "gradwalk/tracer/page.hpp"
#include "lib/random_nets.hpp"

using namespace gradwalk;
using nlohmann::json;

namespace {

json number(double value) {
  if (std::isfinite(value)) return value;
  return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/// {"W1[2,0]": [[source, slot, upstream, local, contribution], …]} of every element with a gradient.
json all_terms(const Record& record) {
  json result = json::object();
  for (TensorId t = 0; t < record.tensors.size(); ++t) {
    if (record[t].gradient_state != GradientState::computed) continue;
    for (std::size_t i = 0; i < record[t].size(); ++i) {
      json terms = json::array();
      for (const Term& term : terms_of(record, {t, i}).terms)
        terms.push_back({record.name_of(term.source), term.slot, number(term.upstream), number(term.local),
                         number(term.contribution)});
      result[record[t].element_name(i)] = terms;
    }
  }
  return result;
}

Record recorded(const Case& c) {
  Record record = record_step(c.net, c.x, c.loss, c.targets);
  record.provenance.widths = c.net.widths();
  record.provenance.activation = c.name.substr(0, c.name.find(' '));
  record.provenance.loss = std::string(name_of(c.loss));
  record.provenance.learning_rate = 0.1;
  record.provenance.loss_after = record[record.loss()].value[0] * 0.9;
  return record;
}

/// The lesson's 2-10-2 net and its first mini-batch of four, from the reference figures.
Record lesson_record() {
  const std::string folder = std::string(GRADWALK_SOURCE_DIR) + "/lib/data/own_framework/";
  const json reference = json::parse(read_file(folder + "one_minibatch.json"));
  const json data = json::parse(read_file(folder + "dataset.json"));
  Case c{
      "tanh", make_net<double>({2, 10, 2}, "tanh", Loss::cross_entropy), Matrix<double>(4, 2), Loss::cross_entropy, {}};
  for (std::size_t k = 0; k < 2; ++k) {
    Linear<double>& linear = c.net.linear(k);
    const json& W = reference["params"][k]["W"];
    for (std::size_t j = 0; j < W.size(); ++j)
      for (std::size_t i = 0; i < W[j].size(); ++i) linear.W(j, i) = W[j][i].get<double>();
  }
  for (std::size_t n = 0; n < 4; ++n) {
    for (std::size_t i = 0; i < 2; ++i) c.x(n, i) = data["x"][n][i].get<double>();
    c.targets.labels.push_back(data["y"][n].get<int>());
  }
  Record record = recorded(c);
  record.provenance.data = "own-framework";
  record.provenance.rows = {0, 1, 2, 3};
  return record;
}

/// A ReLU at exactly 0: a row of zeros, and no bias.
Record kink_record() {
  Case c = random_case({2, 3, 2}, "relu", Loss::softmax_cross_entropy, 2, 5);
  c.x(0, 0) = c.x(0, 1) = 0;
  for (double& b : c.net.linear(0).b) b = 0;
  return recorded(c);
}

Record pending_record() {
  Record record = lesson_record();
  for (Tensor& tensor : record.tensors)
    if (tensor.gradient_state == GradientState::computed) {
      tensor.gradient_state = GradientState::pending;
      tensor.gradient.clear();
    }
  return record;
}

json how_numbers_are_written() {
  Random random(3);
  std::vector<double> values{0,      -0.0,  0.25,   1,      -4,      0.50001, 1.0625, 1.0635,    9.99996,
                             0.0005, 1e-7,  1.2e-7, 999999, 1e6,     1.5e9,   123456, 12345.678, 1e-3,
                             5e-324, 1e300, -0.07,  100.5,  0.09995, 1000.5,  2.0005, 0.125,     0.03125};
  for (int k = 0; k < 400; ++k)
    values.push_back(random.normal() * std::pow(10, static_cast<double>(random.below(16)) - 9));
  values.insert(values.end(),
                {std::nan(""), std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()});
  json result = json::array();
  for (double value : values)
    for (int digits : {2, 3, 4, 6}) result.push_back({number(value), digits, format_number(value, digits)});
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: page_samples OUT\n";
    return 2;
  }
  const std::filesystem::path out = argv[1];
  std::filesystem::create_directories(out);
  const auto write = [&](const std::string& name, const Record& record, const PageOptions& options = {}) {
    write_file(out / (name + ".html"), render_page(record, options));
    if (element_count({record.tensors.size()}) && record[0].size() < 1000)
      write_file(out / (name + ".json"), all_terms(record).dump());
  };
  write("lesson", lesson_record());
  write("lesson-ru", lesson_record(), {Language::ru, {}, 8});
  write("kink", kink_record());
  write("pending", pending_record());
  write("deep-relu", recorded(random_case({2, 6, 5, 3}, "relu", Loss::softmax_cross_entropy, 3, 21)));
  write("sigmoid-absolute", recorded(random_case({3, 4, 2}, "sigmoid", Loss::absolute, 3, 22)));
  write("leaky-squared", recorded(random_case({1, 5, 1}, "leaky-relu", Loss::squared, 5, 23)));
  write("logistic", recorded(random_case({2, 4, 1}, "tanh", Loss::logistic, 4, 24)));
  write("identity", recorded(random_case({3, 2}, "identity", Loss::cross_entropy, 2, 25)));
  write("wide", recorded(random_case({2, 40, 3}, "tanh", Loss::cross_entropy, 6, 26)));
  write("mnist", recorded(random_case({784, 128, 10}, "tanh", Loss::cross_entropy, 64, 27)));
  write("product", record_expression("f = (x + y) * z", {{"x", -2}, {"y", 5}, {"z", -4}}));
  write("reuse", record_expression("b = a + a; c = b * b; d = c + a", {{"a", 3}}));
  write("micrograd", record_expression("n = x1*w1 + x2*w2 + b; o = tanh(n)",
                                       {{"x1", 2}, {"x2", 0}, {"w1", -3}, {"w2", 1}, {"b", 6.8813735870195432}}));
  write("functions", record_expression("f = max(abs(x), y) - cos(x)^2 / exp(-y) + log(relu(x) + 2) * sigmoid(sin(x*y))",
                                       {{"x", 0.75}, {"y", 1.5}}));
  write("not-finite", record_expression("a = log(x); b = 1 / z; f = a * b", {{"x", -1}, {"z", 0}}));
  write_file(out / "numbers.json", how_numbers_are_written().dump());
}
