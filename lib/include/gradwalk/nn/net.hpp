#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gradwalk/nn/layers.hpp"
#include "gradwalk/nn/losses.hpp"

namespace gradwalk {

/// A stack of layers: each one's output is the next one's input. Holds parameters and nothing else: what a pass
/// computes lives in a ForwardPass (pass.hpp), so an evaluation cannot disturb what a backward pass needs.
template <class T>
struct Net {
  std::vector<Layer<T>> layers;

  /// Puts a layer behind the others. That its width fits is checked by the passes.
  Net& add(Layer<T> layer) {
    layers.push_back(std::move(layer));
    return *this;
  }

  /// Linear layers in order, 0 first, e.g. to read W1 and b1 as linear(0).W and linear(0).b. Throws ShapeError past the
  /// last.
  Linear<T>& linear(std::size_t number);
  const Linear<T>& linear(std::size_t number) const;
  std::size_t linear_count() const;

  /// (in, …, out) of the linear layers: 2-10-2 is {2, 10, 2}. Empty when there is no linear layer.
  std::vector<std::size_t> widths() const;
  /// Numbers in all W and b.
  std::size_t parameter_count() const;
};

/// Linear(w0, w1) – activation – Linear(w1, w2) – … – Linear, and Softmax at the end when `loss` is on probabilities. W
/// number k is (w[k + 1], w[k]), b (w[k + 1]), all zero. Throws InputError when there are fewer than two widths, a
/// width is 0, or no activation has this name (activation_named, layers.hpp).
template <class T>
Net<T> make_net(const std::vector<std::size_t>& widths, const std::string& activation, Loss loss);

/// How far apart the initial weights of a layer lie: the standard deviation of W. b is 0.
enum class Spread {
  inputs,  // 1/√in: the variance of z is that of x (LeCun, Bottou, Orr, Müller: Efficient BackProp, 1998, section 4.6)
  xavier,  // √(2/(in + out)): a compromise with the way back (Glorot, Bengio, AISTATS 2010)
  he,      // √(2/in): ReLU lets half of the variance through (He, Zhang, Ren, Sun, ICCV 2015)
};

/// Normal weights with mean 0, drawn layer by layer, row by row, as doubles: a float net gets the same weights,
/// rounded; b is set to 0. As the lesson does, with the spread `inputs`. Throws nothing.
template <class T>
void initialise_normal(Net<T>& net, std::uint64_t seed, Spread spread = Spread::inputs);

}  // namespace gradwalk
