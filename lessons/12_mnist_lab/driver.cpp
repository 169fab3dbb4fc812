// Answers the judge of lesson 12 with what the student's lab functions give.
#include "gradwalk/driver.hpp"

#include <numeric>

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

// How many layers, and of the first Linear: its shape, √in times the deviation of W, the share of its weights that are
// not the first one once more, and the largest |b|.
void make(Call& call) {
  Net net = make_net(call.vector<std::vector<std::size_t>>("widths"), 1);
  double layers = double(net.layers.size()), out = 0, in = 0, deviation = 0, bias = 0, unlike = -1;
  if (!net.layers.empty()) {
    const Linear& first = *linear_in(net.layers.front());
    unlike = 0;
    out = double(first.W.rows()), in = double(first.W.cols());
    for (std::size_t j = 0; j < first.W.rows(); ++j) {
      bias = std::max(bias, std::abs(double(first.b[j])));
      for (std::size_t i = 0; i < first.W.cols(); ++i) {
        deviation += first.W(j, i) * first.W(j, i);
        unlike += first.W(j, i) != first.W(0, 0);
      }
    }
    deviation = std::sqrt(deviation / out);
    unlike /= out * in;
  }
  call.answer("layers", layers);
  call.answer_vector("shape", std::vector<double>{out, in});
  call.answer("deviation", deviation);
  call.answer("unlike", unlike);
  call.answer("bias", bias + (net.layers.empty() ? 0 : 1));
}

void learn(Call& call) {
  const Matrix x = scaled(call.matrix<Matrix>("pixels"));
  const Labels y = call.vector<Labels>("y");
  Net net = make_net({x.cols(), 8, 3}, 1);
  double accuracy = 0;
  if (!net.layers.empty()) {
    std::vector<std::size_t> order(y.size());
    std::iota(order.begin(), order.end(), 0);
    for (int epoch = 0; epoch < 40; ++epoch) train_epoch(net, x, y, order, 4, 0.3);
    accuracy = evaluate(net, x, y).accuracy;
  }
  call.answer("accuracy", accuracy);
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {{"scale", scale}, {"look", look},   {"confuse", confuse},
                                                         {"make", make},   {"learn", learn}, {nullptr, nullptr}};
