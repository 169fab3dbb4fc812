// Answers the judge of lesson 01 with what the student's neuron decides and learns.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

Perceptron neuron_of(Call& call) {
  Perceptron neuron(call["w"].values.size());
  neuron.w = call.vector<Vector>("w");
  neuron.b = call.scalar("b");
  return neuron;
}

Vector row(const Matrix& x, std::size_t n) {
  Vector one(x.cols());
  for (std::size_t i = 0; i < x.cols(); ++i) one[i] = x(n, i);
  return one;
}

void decide(Call& call) {
  const Perceptron neuron = neuron_of(call);
  const Matrix x = call.matrix<Matrix>("x");
  Vector z, decisions;
  for (std::size_t n = 0; n < x.rows(); ++n) {
    z.push_back(neuron.weighted_sum(row(x, n)));
    decisions.push_back(neuron.decide(row(x, n)));
  }
  call.answer_vector("z", z);
  call.answer_vector("decisions", decisions);
}

/// The rows one after the other, `epochs` times.
void learn(Call& call) {
  Perceptron neuron = neuron_of(call);
  const Matrix x = call.matrix<Matrix>("x");
  for (int epoch = 0; epoch < int(call.scalar("epochs")); ++epoch)
    for (std::size_t n = 0; n < x.rows(); ++n) neuron.learn(row(x, n), int(call["y"].values[n]), call.scalar("eta"));
  call.answer_vector("w after", neuron.w);
  call.answer("b after", neuron.b);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {
    {"decide", driver_of_lesson::decide}, {"learn", driver_of_lesson::learn}, {nullptr, nullptr}};
