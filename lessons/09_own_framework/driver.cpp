// Answers the judge of lesson 09 with what the student's Net, train_epoch and evaluate do: Linear, Tanh, Linear; and
// Sigmoid, Linear behind them where the judge sends a third layer's W3 and b3.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

struct Names {
  const char *W, *b, *dW, *db, *z, *dz;
};

constexpr Names names[] = {{"W1", "b1", "dW1", "db1", "z1", "dz1"},
                           {"W2", "b2", "dW2", "db2", "z2", "dz2"},
                           {"W3", "b3", "dW3", "db3", "z3", "dz3"}};

std::size_t linears_in(Call& call) { return call.has("W3") ? 3 : 2; }

const Names& of_last(Call& call) { return names[linears_in(call) - 1]; }

Linear layer_of(Call& call, const Names& name) {
  Linear layer(call[name.W].dim(1), call[name.W].dim(0));
  layer.W = call.matrix<decltype(Linear::W)>(name.W);
  layer.b = call.vector<decltype(Linear::b)>(name.b);
  if (call.has(name.dW)) {
    layer.dW = call.matrix<decltype(Linear::dW)>(name.dW);
    layer.db = call.vector<decltype(Linear::db)>(name.db);
  }
  return layer;
}

Net net_of(Call& call) {
  Net net;
  for (std::size_t l = 0; l < linears_in(call); ++l) {
    if (l == 1) net.add(Tanh());
    if (l == 2) net.add(Sigmoid());
    net.add(layer_of(call, names[l]));
  }
  return net;
}

void answer_gradients(Call& call, Net& net) {
  for (std::size_t l = 0; l < linears_in(call); ++l) {
    call.answer_matrix(names[l].dW, linear_in(net.layers[2 * l])->dW);
    call.answer_vector(names[l].db, linear_in(net.layers[2 * l])->db);
  }
}

void answer_weights(Call& call, Net& net) {
  for (std::size_t l = 0; l < linears_in(call); ++l) {
    call.answer_matrix(names[l].W, linear_in(net.layers[2 * l])->W);
    call.answer_vector(names[l].b, linear_in(net.layers[2 * l])->b);
  }
}

void forward(Call& call) {
  Net net = net_of(call);
  call.answer_matrix(of_last(call).z, net.forward(call.matrix<Matrix>("x")));
}

void passes(Call& call) {
  Net net = net_of(call);
  net.forward(call.matrix<Matrix>("x"));
  const Matrix dx = net.backward(call.matrix<Matrix>(of_last(call).dz));
  answer_gradients(call, net);
  call.answer_matrix("dx", dx);
}

// Gradients as given, one step of the size of eta.
void update(Call& call) {
  Net net = net_of(call);
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

// A net with gradients, and what a look leaves of it.
void look(Call& call) {
  Net net = net_of(call);
  evaluate(net, call.matrix<Matrix>("x"), call.vector<Labels>("y"));
  answer_weights(call, net);
  answer_gradients(call, net);
}

// A forward pass, then a look at another set, then the way back: as a training loop does that prints its progress.
void look_between(Call& call) {
  Net net = net_of(call);
  net.forward(call.matrix<Matrix>("x"));
  const Score between = evaluate(net, call.matrix<Matrix>("previous x"), call.vector<Labels>("previous y"));
  call.answer("L", between.loss);
  const Matrix dx = net.backward(call.matrix<Matrix>(of_last(call).dz));
  answer_gradients(call, net);
  call.answer_matrix("dx", dx);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"forward", driver_of_lesson::forward},
                                                         {"passes", driver_of_lesson::passes},
                                                         {"update", driver_of_lesson::update},
                                                         {"epoch", driver_of_lesson::epoch},
                                                         {"score", driver_of_lesson::score},
                                                         {"look", driver_of_lesson::look},
                                                         {"look_between", driver_of_lesson::look_between},
                                                         {nullptr, nullptr}};
