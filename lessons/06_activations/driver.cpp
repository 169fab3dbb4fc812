// Answers the judge of lesson 06 with what the student's four activations compute.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

template <class Activation>
Activation activation_of(Call& call) {
  Activation activation;
  if constexpr (requires { activation.slope; })
    if (call.has("slope")) activation.slope = call.scalar("slope");
  return activation;
}

/// forward; and, when an upstream gradient came along, backward, after another batch when there was one before.
template <class Activation>
void run(Call& call) {
  Activation activation = activation_of<Activation>(call);
  if (call.has("previous z")) {
    activation.forward(call.matrix<Matrix>("previous z"));
    activation.backward(call.matrix<Matrix>("previous da"));
  }
  call.answer_matrix("a", activation.forward(call.matrix<Matrix>("z")));
  if (call.has("da")) call.answer_matrix("dz", activation.backward(call.matrix<Matrix>("da")));
}

/// Each step is done by one object and then by another. Only the first one answers.
template <class Activation>
void two(Call& call) {
  Activation activation = activation_of<Activation>(call), other;
  const Matrix a = activation.forward(call.matrix<Matrix>("z"));
  other.forward(call.matrix<Matrix>("other z"));
  const Matrix dz = activation.backward(call.matrix<Matrix>("da"));
  other.backward(call.matrix<Matrix>("other da"));
  call.answer_matrix("a", a);
  call.answer_matrix("dz", dz);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"tanh", driver_of_lesson::run<Tanh>},
                                                         {"sigmoid", driver_of_lesson::run<Sigmoid>},
                                                         {"relu", driver_of_lesson::run<ReLU>},
                                                         {"leaky_relu", driver_of_lesson::run<LeakyReLU>},
                                                         {"two_tanh", driver_of_lesson::two<Tanh>},
                                                         {"two_sigmoid", driver_of_lesson::two<Sigmoid>},
                                                         {"two_relu", driver_of_lesson::two<ReLU>},
                                                         {"two_leaky_relu", driver_of_lesson::two<LeakyReLU>},
                                                         {nullptr, nullptr}};
