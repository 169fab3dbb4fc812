// Answers the judge of lesson 09 with what the student's Net, train_epoch and evaluate do: Linear, Tanh, Linear.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace {

using gradwalk::driver::Call;

Linear layer_of(const Call& call, const char* W, const char* b) {
  Linear layer(call[W].dim(1), call[W].dim(0));
  layer.W = call.matrix<decltype(Linear::W)>(W);
  layer.b = call.vector<decltype(Linear::b)>(b);
  return layer;
}

Net net_of(const Call& call) {
  Net net;
  net.add(layer_of(call, "W1", "b1"));
  net.add(Tanh());
  net.add(layer_of(call, "W2", "b2"));
  return net;
}

void answer_gradients(Call& call, Net& net) {
  call.answer_matrix("dW1", linear_in(net.layers[0])->dW);
  call.answer_vector("db1", linear_in(net.layers[0])->db);
  call.answer_matrix("dW2", linear_in(net.layers[2])->dW);
  call.answer_vector("db2", linear_in(net.layers[2])->db);
}

void answer_weights(Call& call, Net& net) {
  call.answer_matrix("W1", linear_in(net.layers[0])->W);
  call.answer_vector("b1", linear_in(net.layers[0])->b);
  call.answer_matrix("W2", linear_in(net.layers[2])->W);
  call.answer_vector("b2", linear_in(net.layers[2])->b);
}

void passes(Call& call) {
  Net net = net_of(call);
  call.answer_matrix("z2", net.forward(call.matrix<Matrix>("x")));
  const Matrix dx = net.backward(call.matrix<Matrix>("dz2"));
  answer_gradients(call, net);
  call.answer_matrix("dx", dx);
}

// Gradients as given, one step of the size of eta.
void update(Call& call) {
  Net net = net_of(call);
  Linear& first = *linear_in(net.layers[0]);
  Linear& last = *linear_in(net.layers[2]);
  first.dW = call.matrix<decltype(Linear::W)>("dW1");
  first.db = call.vector<decltype(Linear::b)>("db1");
  last.dW = call.matrix<decltype(Linear::W)>("dW2");
  last.db = call.vector<decltype(Linear::b)>("db2");
  net.update(call.scalar("eta"));
  answer_weights(call, net);
}

void epoch(Call& call) {
  Net net = net_of(call);
  train_epoch(net, call.matrix<Matrix>("x"), call.vector<Labels>("y"), call.vector<std::vector<std::size_t>>("order"),
              std::size_t(call.scalar("batch")), call.scalar("eta"));
  answer_weights(call, net);
}

void score(Call& call) {
  Net net = net_of(call);
  const Score score = evaluate(net, call.matrix<Matrix>("x"), call.vector<Labels>("y"));
  call.answer("L", score.loss);
  call.answer("accuracy", score.accuracy);
}

// A forward pass, then a look at another set, then the way back: as a training loop does that prints its progress.
void look_between(Call& call) {
  Net net = net_of(call);
  net.forward(call.matrix<Matrix>("x"));
  const Score between = evaluate(net, call.matrix<Matrix>("previous x"), call.vector<Labels>("previous y"));
  call.answer("L", between.loss);
  const Matrix dx = net.backward(call.matrix<Matrix>("dz2"));
  answer_gradients(call, net);
  call.answer_matrix("dx", dx);
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {
    {"passes", passes}, {"update", update}, {"epoch", epoch}, {"score", score}, {"look_between", look_between},
    {nullptr, nullptr}};
