// Answers the judge of lesson 04 with what the student's Linear computes.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;
using LinearMatrix = decltype(Linear::W);
using LinearVector = decltype(Linear::b);

Linear layer_of(Call& call, const char* W = "W", const char* b = "b") {
  Linear layer(call[W].dim(1), call[W].dim(0));
  layer.W = call.matrix<LinearMatrix>(W);
  layer.b = call.vector<LinearVector>(b);
  return layer;
}

void answer_gradients(Call& call, const Linear& layer, const LinearMatrix& dx) {
  call.answer_matrix("dW", layer.dW);
  call.answer_vector("db", layer.db);
  call.answer_matrix("dx", dx);
  call.answer_matrix("W", layer.W);
  call.answer_vector("b", layer.b);
}

void answer_backward(Call& call, Linear& layer) {
  const LinearMatrix dx = layer.backward(call.matrix<LinearMatrix>("dz"));
  answer_gradients(call, layer, dx);
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

// Each step is done by one layer and then by another. Only the first one answers.
void two_layers(Call& call) {
  Linear layer = layer_of(call), other = layer_of(call, "other W", "other b");
  const LinearMatrix z = layer.forward(call.matrix<LinearMatrix>("x"));
  other.forward(call.matrix<LinearMatrix>("other x"));
  const LinearMatrix dx = layer.backward(call.matrix<LinearMatrix>("dz"));
  other.backward(call.matrix<LinearMatrix>("other dz"));
  call.answer_matrix("z", z);
  answer_gradients(call, layer, dx);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"forward", driver_of_lesson::forward},
                                                         {"backward", driver_of_lesson::backward},
                                                         {"second_batch", driver_of_lesson::second_batch},
                                                         {"two_layers", driver_of_lesson::two_layers},
                                                         {nullptr, nullptr}};
