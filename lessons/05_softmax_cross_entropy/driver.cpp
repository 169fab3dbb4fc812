// Answers the judge of lesson 05 with what the student's three classes compute.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

Labels labels(Call& call, const char* name) {
  Labels y;
  for (const double label : call[name].values) y.push_back(static_cast<std::size_t>(label));
  return y;
}

void softmax_forward(Call& call) {
  Softmax softmax;
  call.answer_matrix("p", softmax.forward(call.matrix<Matrix>("z")));
}

void softmax_backward(Call& call) {
  Softmax softmax;
  if (call.has("previous z")) {
    softmax.forward(call.matrix<Matrix>("previous z"));
    softmax.backward(call.matrix<Matrix>("previous dp"));
  }
  call.answer_matrix("p", softmax.forward(call.matrix<Matrix>("z")));
  call.answer_matrix("dz", softmax.backward(call.matrix<Matrix>("dp")));
}

void loss_forward(Call& call) {
  CrossEntropyLoss loss;
  call.answer("L", loss.forward(call.matrix<Matrix>("p"), labels(call, "y")));
}

void loss_backward(Call& call) {
  CrossEntropyLoss loss;
  if (call.has("previous p")) {
    loss.forward(call.matrix<Matrix>("previous p"), labels(call, "previous y"));
    loss.backward();
  }
  loss.forward(call.matrix<Matrix>("p"), labels(call, "y"));
  call.answer_matrix("dp", loss.backward(call.scalar("dL")));
}

void fused_forward(Call& call) {
  SoftmaxCrossEntropyLoss loss;
  call.answer("L", loss.forward(call.matrix<Matrix>("z"), labels(call, "y")));
}

void fused_backward(Call& call) {
  SoftmaxCrossEntropyLoss loss;
  if (call.has("previous z")) {
    loss.forward(call.matrix<Matrix>("previous z"), labels(call, "previous y"));
    loss.backward();
  }
  loss.forward(call.matrix<Matrix>("z"), labels(call, "y"));
  call.answer_matrix("dz", loss.backward(call.scalar("dL")));
}

// Each step is done by one object and then by another. Only the first one answers.
void two_softmaxes(Call& call) {
  Softmax softmax, other;
  const Matrix p = softmax.forward(call.matrix<Matrix>("z"));
  other.forward(call.matrix<Matrix>("other z"));
  const Matrix dz = softmax.backward(call.matrix<Matrix>("dp"));
  other.backward(call.matrix<Matrix>("other dp"));
  call.answer_matrix("p", p);
  call.answer_matrix("dz", dz);
}

template <class Loss>
void two_losses(Call& call, const char* in, const char* other_in, const char* gradient) {
  Loss loss, other;
  const double L = loss.forward(call.matrix<Matrix>(in), labels(call, "y"));
  other.forward(call.matrix<Matrix>(other_in), labels(call, "other y"));
  const Matrix d = loss.backward(call.scalar("dL"));
  other.backward(call.scalar("other dL"));
  call.answer("L", L);
  call.answer_matrix(gradient, d);
}

void two_cross_entropies(Call& call) { two_losses<CrossEntropyLoss>(call, "p", "other p", "dp"); }

void two_fused(Call& call) { two_losses<SoftmaxCrossEntropyLoss>(call, "z", "other z", "dz"); }

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"softmax_forward", driver_of_lesson::softmax_forward},
                                                         {"softmax_backward", driver_of_lesson::softmax_backward},
                                                         {"loss_forward", driver_of_lesson::loss_forward},
                                                         {"loss_backward", driver_of_lesson::loss_backward},
                                                         {"fused_forward", driver_of_lesson::fused_forward},
                                                         {"fused_backward", driver_of_lesson::fused_backward},
                                                         {"two_softmaxes", driver_of_lesson::two_softmaxes},
                                                         {"two_cross_entropies", driver_of_lesson::two_cross_entropies},
                                                         {"two_fused", driver_of_lesson::two_fused},
                                                         {nullptr, nullptr}};
