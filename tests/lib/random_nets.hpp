#pragma once

#include <string>
#include <vector>

#include "gradwalk/nn/pass.hpp"
#include "gradwalk/nn/random.hpp"

/// A net with a batch, for tests that should hold for any.
struct Case {
  std::string name;
  gradwalk::Net<double> net;
  gradwalk::Matrix<double> x;
  gradwalk::Loss loss{};
  gradwalk::Targets<double> targets;
};

inline Case random_case(std::vector<std::size_t> widths, const std::string& activation, gradwalk::Loss loss,
                        std::size_t N, std::uint64_t seed) {
  using namespace gradwalk;
  Case c{activation + " " + std::string(name_of(loss)),
         make_net<double>(widths, activation, loss),
         Matrix<double>(N, widths.front()),
         loss,
         {}};
  initialise_normal(c.net, seed);
  Random random(seed + 1);
  for (Layer<double>& layer : c.net.layers)
    if (auto* linear = std::get_if<Linear<double>>(&layer))
      for (double& b : linear->b) b = 0.3 * random.normal();
  for (double& v : c.x.values()) v = random.normal();
  if (wants_labels(loss)) {
    const std::size_t classes = loss == Loss::logistic ? 2 : widths.back();
    for (std::size_t n = 0; n < N; ++n) c.targets.labels.push_back(static_cast<int>(random.below(classes)));
  } else {
    c.targets.values = Matrix<double>(N, widths.back());
    for (double& v : c.targets.values.values()) v = random.normal();
  }
  return c;
}

/// Every activation and every loss, all dimensions different.
inline std::vector<Case> various_cases() {
  using gradwalk::Loss;
  std::vector<Case> cases;
  std::uint64_t seed = 7;
  for (const char* activation : {"tanh", "sigmoid", "relu", "leaky-relu", "identity"})
    for (Loss loss : {Loss::cross_entropy, Loss::softmax_cross_entropy, Loss::squared, Loss::absolute})
      cases.push_back(random_case({3, 7, 5, 4}, activation, loss, 6, ++seed));
  cases.push_back(random_case({3, 6, 1}, "tanh", Loss::logistic, 5, ++seed));
  return cases;
}
