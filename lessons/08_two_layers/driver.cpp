// Answers the judge of lesson 08 with what the student's TwoLayerNet computes, every step of it.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;
using LinearMatrix = decltype(Linear::W);
using LinearVector = decltype(Linear::b);

struct Names {
  const char *W1 = "W1", *b1 = "b1", *W2 = "W2", *b2 = "b2";
};

TwoLayerNet net_of(Call& call, const Names& names = {}) {
  TwoLayerNet net(call[names.W1].dim(1), call[names.W1].dim(0), call[names.W2].dim(0));
  net.layer1.W = call.matrix<LinearMatrix>(names.W1);
  net.layer1.b = call.vector<LinearVector>(names.b1);
  net.layer2.W = call.matrix<LinearMatrix>(names.W2);
  net.layer2.b = call.vector<LinearVector>(names.b2);
  return net;
}

double forward(Call& call, TwoLayerNet& net, const char* x, const char* y) {
  return net.forward(call.matrix<Matrix>(x), call.vector<Labels>(y));
}

void answer_forward(Call& call, const TwoLayerNet& net, double L) {
  call.answer_matrix("z1", net.z1);
  call.answer_matrix("a1", net.a1);
  call.answer_matrix("z2", net.z2);
  call.answer("L", L);
}

void answer_backward(Call& call, const TwoLayerNet& net, const Matrix& dx) {
  call.answer_matrix("dz2", net.dz2);
  call.answer_matrix("dW2", net.layer2.dW);
  call.answer_vector("db2", net.layer2.db);
  call.answer_matrix("da1", net.da1);
  call.answer_matrix("dz1", net.dz1);
  call.answer_matrix("dW1", net.layer1.dW);
  call.answer_vector("db1", net.layer1.db);
  call.answer_matrix("dx", dx);
}

void step(Call& call) {
  TwoLayerNet net = net_of(call);
  answer_forward(call, net, forward(call, net, "x", "y"));
  answer_backward(call, net, net.backward());
}

// The same net sees another batch first, of another size.
void second_batch(Call& call) {
  TwoLayerNet net = net_of(call);
  forward(call, net, "previous x", "previous y");
  net.backward();
  answer_forward(call, net, forward(call, net, "x", "y"));
  answer_backward(call, net, net.backward());
}

// Each step is done by one net and then by another. Only the first one answers.
void two_nets(Call& call) {
  TwoLayerNet net = net_of(call), other = net_of(call, {"other W1", "other b1", "other W2", "other b2"});
  const double L = forward(call, net, "x", "y");
  forward(call, other, "other x", "other y");
  const Matrix dx = net.backward();
  other.backward();
  answer_forward(call, net, L);
  answer_backward(call, net, dx);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"step", driver_of_lesson::step},
                                                         {"second_batch", driver_of_lesson::second_batch},
                                                         {"two_nets", driver_of_lesson::two_nets},
                                                         {nullptr, nullptr}};
