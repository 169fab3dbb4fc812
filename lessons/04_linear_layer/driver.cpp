// Answers the judge of lesson 04 with what the student's Linear computes.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace {

using gradwalk::driver::Call;
using LinearMatrix = decltype(Linear::W);
using LinearVector = decltype(Linear::b);

Linear layer_of(const Call& call) {
  Linear layer(call["W"].dim(1), call["W"].dim(0));
  layer.W = call.matrix<LinearMatrix>("W");
  layer.b = call.vector<LinearVector>("b");
  return layer;
}

void answer_backward(Call& call, Linear& layer) {
  const LinearMatrix dx = layer.backward(call.matrix<LinearMatrix>("dz"));
  call.answer_matrix("dW", layer.dW);
  call.answer_vector("db", layer.db);
  call.answer_matrix("dx", dx);
  call.answer_matrix("W", layer.W);
  call.answer_vector("b", layer.b);
}

void forward(Call& call) {
  Linear layer = layer_of(call);
  const LinearMatrix z = layer.forward(call.matrix<LinearMatrix>("x"));
  call.answer_matrix("z", z);
}

void backward(Call& call) {
  Linear layer = layer_of(call);
  layer.forward(call.matrix<LinearMatrix>("x"));
  answer_backward(call, layer);
}

// The same layer sees another batch first, of another size.
void second_batch(Call& call) {
  Linear layer = layer_of(call);
  layer.forward(call.matrix<LinearMatrix>("previous x"));
  layer.backward(call.matrix<LinearMatrix>("previous dz"));
  const LinearMatrix z = layer.forward(call.matrix<LinearMatrix>("x"));
  call.answer_matrix("z", z);
  answer_backward(call, layer);
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {
    {"forward", forward}, {"backward", backward}, {"second_batch", second_batch}, {nullptr, nullptr}};
