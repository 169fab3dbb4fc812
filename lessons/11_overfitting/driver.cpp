// Answers the judge of lesson 11 with what the student's initialisers, penalty and EarlyStop do.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

// Two layers from one generator, two from another in the same state, and two from one in another state, one below the
// other; before that W and b are ones.
template <void (*initialise)(Linear&, std::mt19937&)>
void weights(Call& call) {
  const auto in = std::size_t(call.scalar("in")), out = std::size_t(call.scalar("out"));
  const unsigned seed = unsigned(call.scalar("seed"));
  std::mt19937 generators[] = {std::mt19937{seed}, std::mt19937{seed}, std::mt19937{seed + 1}};
  Matrix W(6 * out, in);
  Vector b(6 * out);
  for (std::size_t k = 0; k < 6; ++k) {
    Linear layer(in, out);
    for (std::size_t j = 0; j < out; ++j) {
      layer.b[j] = 1;
      for (std::size_t i = 0; i < in; ++i) layer.W(j, i) = 1;
    }
    initialise(layer, generators[k / 2]);
    for (std::size_t j = 0; j < out; ++j) {
      b[k * out + j] = layer.b[j];
      for (std::size_t i = 0; i < in; ++i) W(k * out + j, i) = layer.W(j, i);
    }
  }
  call.answer_matrix("W", W);
  call.answer_vector("b", b);
}

// The names of what belongs to a linear layer: no more than three are sent.
struct Names {
  const char *W, *b, *dW, *db;
};
constexpr Names names[] = {{"W1", "b1", "dW1", "db1"}, {"W2", "b2", "dW2", "db2"}, {"W3", "b3", "dW3", "db3"}};

Linear layer_of(Call& call, const Names& name) {
  Linear layer(call[name.W].dim(1), call[name.W].dim(0));
  layer.W = call.matrix<decltype(Linear::W)>(name.W);
  layer.b = call.vector<decltype(Linear::b)>(name.b);
  layer.dW = call.matrix<decltype(Linear::W)>(name.dW);
  layer.db = call.vector<decltype(Linear::b)>(name.db);
  return layer;
}

// With an activation behind the first linear layer.
void l2(Call& call) {
  Net net;
  for (const Names& name : names) {
    if (!call.has(name.W)) continue;
    if (net.layers.size() == 1) net.add(Tanh());
    net.add(layer_of(call, name));
  }
  call.answer("penalty", l2_penalty(net, call.scalar("lambda")));
  add_l2_gradient(net, call.scalar("lambda"));
  const Names* name = names;
  for (Layer& layer : net.layers)
    if (const Linear* linear = linear_in(layer)) {
      call.answer_matrix(name->dW, linear->dW);
      call.answer_vector(name->db, linear->db);
      ++name;
    }
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

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"xavier", driver_of_lesson::weights<xavier>},
                                                         {"he", driver_of_lesson::weights<he>},
                                                         {"l2", driver_of_lesson::l2},
                                                         {"stop", driver_of_lesson::stop},
                                                         {nullptr, nullptr}};
