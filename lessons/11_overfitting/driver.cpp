// Answers the judge of lesson 11 with what the student's initialisers, penalty and EarlyStop do.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace {

using gradwalk::driver::Call;

// Two layers from one generator, one below the other; before that W and b are ones.
template <void (*initialise)(Linear&, std::mt19937&)>
void weights(Call& call) {
  const auto in = std::size_t(call.scalar("in")), out = std::size_t(call.scalar("out"));
  std::mt19937 random{unsigned(call.scalar("seed"))};
  Matrix W(2 * out, in);
  Vector b(2 * out);
  for (std::size_t k = 0; k < 2; ++k) {
    Linear layer(in, out);
    for (std::size_t j = 0; j < out; ++j) {
      layer.b[j] = 1;
      for (std::size_t i = 0; i < in; ++i) layer.W(j, i) = 1;
    }
    initialise(layer, random);
    for (std::size_t j = 0; j < out; ++j) {
      b[k * out + j] = layer.b[j];
      for (std::size_t i = 0; i < in; ++i) W(k * out + j, i) = layer.W(j, i);
    }
  }
  call.answer_matrix("W", W);
  call.answer_vector("b", b);
}

Linear layer_of(const Call& call, const char* W, const char* b, const char* dW, const char* db) {
  Linear layer(call[W].dim(1), call[W].dim(0));
  layer.W = call.matrix<decltype(Linear::W)>(W);
  layer.b = call.vector<decltype(Linear::b)>(b);
  layer.dW = call.matrix<decltype(Linear::W)>(dW);
  layer.db = call.vector<decltype(Linear::b)>(db);
  return layer;
}

void l2(Call& call) {
  Net net;
  net.add(layer_of(call, "W1", "b1", "dW1", "db1"));
  net.add(Tanh());
  net.add(layer_of(call, "W2", "b2", "dW2", "db2"));
  call.answer("penalty", l2_penalty(net, call.scalar("lambda")));
  add_l2_gradient(net, call.scalar("lambda"));
  call.answer_matrix("dW1", linear_in(net.layers[0])->dW);
  call.answer_vector("db1", linear_in(net.layers[0])->db);
  call.answer_matrix("dW2", linear_in(net.layers[2])->dW);
  call.answer_vector("db2", linear_in(net.layers[2])->db);
}

// The only weight of the net is the number of the epoch, counted from 1.
void stop(Call& call) {
  const auto losses = call.vector<Vector>("losses");
  EarlyStop early;
  early.patience = std::size_t(call.scalar("patience"));
  Net net;
  net.add(Linear(1, 1));
  std::size_t last = 0;  // the first epoch after which it says stop; all losses are told it all the same
  for (std::size_t epoch = 1; epoch <= losses.size(); ++epoch) {
    linear_in(net.layers[0])->W(0, 0) = double(epoch);
    if (early.stop(net, losses[epoch - 1]) && last == 0) last = epoch;
  }
  call.answer("last epoch", double(last));
  call.answer("epoch kept", early.best.layers.empty() ? 0 : double(linear_in(early.best.layers[0])->W(0, 0)));
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {
    {"xavier", weights<xavier>}, {"he", weights<he>}, {"l2", l2}, {"stop", stop}, {nullptr, nullptr}};
