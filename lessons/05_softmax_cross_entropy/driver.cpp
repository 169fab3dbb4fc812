// Answers the judge of lesson 05 with what the student's three classes compute.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace {

using gradwalk::driver::Call;

Labels labels(const Call& call, const char* name) {
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

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {{"softmax_forward", softmax_forward},
                                                         {"softmax_backward", softmax_backward},
                                                         {"loss_forward", loss_forward},
                                                         {"loss_backward", loss_backward},
                                                         {"fused_forward", fused_forward},
                                                         {"fused_backward", fused_backward},
                                                         {nullptr, nullptr}};
