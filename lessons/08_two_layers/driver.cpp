// Answers the judge of lesson 08 with what the student's TwoLayerNet computes, every step of it.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace {

using gradwalk::driver::Call;
using LinearMatrix = decltype(Linear::W);
using LinearVector = decltype(Linear::b);

TwoLayerNet net_of(const Call& call) {
  TwoLayerNet net(call["W1"].dim(1), call["W1"].dim(0), call["W2"].dim(0));
  net.layer1.W = call.matrix<LinearMatrix>("W1");
  net.layer1.b = call.vector<LinearVector>("b1");
  net.layer2.W = call.matrix<LinearMatrix>("W2");
  net.layer2.b = call.vector<LinearVector>("b2");
  return net;
}

void answer_forward(Call& call, TwoLayerNet& net, const char* x, const char* y) {
  const double L = net.forward(call.matrix<Matrix>(x), call.vector<Labels>(y));
  call.answer_matrix("z1", net.z1);
  call.answer_matrix("a1", net.a1);
  call.answer_matrix("z2", net.z2);
  call.answer("L", L);
}

void answer_backward(Call& call, TwoLayerNet& net) {
  const Matrix dx = net.backward();
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
  answer_forward(call, net, "x", "y");
  answer_backward(call, net);
}

// The same net sees another batch first, of another size.
void second_batch(Call& call) {
  TwoLayerNet net = net_of(call);
  net.forward(call.matrix<Matrix>("previous x"), call.vector<Labels>("previous y"));
  net.backward();
  answer_forward(call, net, "x", "y");
  answer_backward(call, net);
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {
    {"step", step}, {"second_batch", second_batch}, {nullptr, nullptr}};
