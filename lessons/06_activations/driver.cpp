// Answers the judge of lesson 06 with what the student's four activations compute.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace {

using gradwalk::driver::Call;

/// forward; and, when an upstream gradient came along, backward, after another batch when there was one before.
template <class Activation>
void run(Call& call) {
  Activation activation;
  if constexpr (requires { activation.slope; })
    if (call.has("slope")) activation.slope = call.scalar("slope");
  if (call.has("previous z")) {
    activation.forward(call.matrix<Matrix>("previous z"));
    activation.backward(call.matrix<Matrix>("previous da"));
  }
  call.answer_matrix("a", activation.forward(call.matrix<Matrix>("z")));
  if (call.has("da")) call.answer_matrix("dz", activation.backward(call.matrix<Matrix>("da")));
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {{"tanh", run<Tanh>},
                                                         {"sigmoid", run<Sigmoid>},
                                                         {"relu", run<ReLU>},
                                                         {"leaky_relu", run<LeakyReLU>},
                                                         {nullptr, nullptr}};
