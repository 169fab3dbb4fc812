// Answers the judge of lesson 12 with what the student's lab functions give.
#include "gradwalk/driver.hpp"

#include <numeric>
#include <stdexcept>

#include "exercise.hpp"

namespace {

using gradwalk::driver::Call;

Linear layer_of(const Call& call, const char* W, const char* b) {
  Linear layer(call[W].dim(1), call[W].dim(0));
  layer.W = call.matrix<decltype(Linear::W)>(W);
  layer.b = call.vector<decltype(Linear::b)>(b);
  return layer;
}

void scale(Call& call) { call.answer_matrix("scaled", scaled(call.matrix<Matrix>("pixels"))); }

void look(Call& call) {
  Net net;
  net.add(layer_of(call, "W1", "b1"));
  net.add(Tanh());
  net.add(layer_of(call, "W2", "b2"));
  call.answer_vector("predicted", predict(net, call.matrix<Matrix>("x")));
  call.answer_vector("largest", largest_weights(net));
}

void confuse(Call& call) {
  call.answer_matrix("C", confusion_matrix(call.vector<Labels>("y"), call.vector<Labels>("predicted"),
                                           std::size_t(call.scalar("classes"))));
}

const Linear* second_linear(Net& net) {
  std::size_t found = 0;
  for (auto& layer : net.layers)
    if (const Linear* linear = linear_in(layer); linear && ++found == 2) return linear;
  return nullptr;
}

// How many layers, and the weights of the first two Linear; those of a net without layers are no numbers that are drawn.
void make(Call& call) {
  const auto widths = call.vector<std::vector<std::size_t>>("widths");
  Net net = make_net(widths, 1);
  call.answer("layers", double(net.layers.size()));
  if (net.layers.empty()) {
    call.answer_matrix("W", Matrix(widths[1], widths[0]));
    call.answer("equal", -1);
    call.answer_vector("b", std::vector<double>(widths[1], -1));
  } else {
    const Linear* first = linear_in(net.layers.front());
    if (!first) {
      throw std::logic_error("the first layer of the net is an activation, not a Linear");
    }
    call.answer_matrix("W", first->W);
    call.answer_vector("b", first->b);
    Net other = make_net(widths, 2);
    const Linear* of_other = other.layers.empty() ? nullptr : linear_in(other.layers.front());
    double equal = 0;
    for (std::size_t j = 0; of_other && j < widths[1]; ++j)
      for (std::size_t i = 0; i < widths[0]; ++i) equal += first->W(j, i) == of_other->W(j, i);
    call.answer("equal", equal);
  }
  if (const Linear* second = second_linear(net))
    call.answer_matrix("W2", second->W);
  else
    call.answer_matrix("W2", Matrix(widths[2], widths[1]));
}

// The logits of rows that the net has not seen: how many are right, the judge counts.
void learn(Call& call) {
  const Matrix x = scaled(call.matrix<Matrix>("pixels"));
  const Labels y = call.vector<Labels>("y");
  Net net = make_net({x.cols(), 8, 3}, 1);
  Matrix logits(call["unseen"].dim(0), 3);
  if (!net.layers.empty()) {
    std::vector<std::size_t> order(y.size());
    std::iota(order.begin(), order.end(), 0);
    for (int epoch = 0; epoch < 40; ++epoch) train_epoch(net, x, y, order, 4, 0.3);
    logits = net.forward(scaled(call.matrix<Matrix>("unseen")));
  }
  call.answer_matrix("logits", logits);
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {{"scale", scale}, {"look", look},   {"confuse", confuse},
                                                         {"make", make},   {"learn", learn}, {nullptr, nullptr}};
