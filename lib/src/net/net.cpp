#include "gradwalk/nn/net.hpp"

#include <fmt/format.h>

#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/random.hpp"
#include "io/one_line.hpp"

namespace gradwalk {

template <class T>
Layer<T> activation_named(const std::string& name) {
  if (name == "tanh") return Tanh{};
  if (name == "sigmoid") return Sigmoid{};
  if (name == "relu") return ReLU{};
  if (name == "leaky-relu") return LeakyReLU{};
  if (name == "identity") return Identity{};
  throw InputError(
      fmt::format("no activation is called {}: there are tanh, sigmoid, relu, leaky-relu, identity", in_quotes(name)));
}

template <class T>
const Linear<T>& Net<T>::linear(std::size_t number) const {
  std::size_t left = number;
  for (const Layer<T>& layer : layers)
    if (const auto* found = std::get_if<Linear<T>>(&layer))
      if (left-- == 0) return *found;
  throw ShapeError(fmt::format("no linear layer number {}: the net has {}", number, linear_count()));
}

template <class T>
Linear<T>& Net<T>::linear(std::size_t number) {
  return const_cast<Linear<T>&>(std::as_const(*this).linear(number));
}

template <class T>
std::size_t Net<T>::linear_count() const {
  std::size_t count = 0;
  for (const Layer<T>& layer : layers) count += std::holds_alternative<Linear<T>>(layer);
  return count;
}

template <class T>
std::vector<std::size_t> Net<T>::widths() const {
  std::vector<std::size_t> widths;
  for (const Layer<T>& layer : layers)
    if (const auto* linear = std::get_if<Linear<T>>(&layer)) {
      if (widths.empty()) widths.push_back(linear->in());
      widths.push_back(linear->out());
    }
  return widths;
}

template <class T>
std::size_t Net<T>::parameter_count() const {
  std::size_t count = 0;
  for (const Layer<T>& layer : layers)
    if (const auto* linear = std::get_if<Linear<T>>(&layer)) count += linear->W.size() + linear->b.size();
  return count;
}

template <class T>
Net<T> make_net(const std::vector<std::size_t>& widths, const std::string& activation, Loss loss) {
  if (widths.size() < 2) throw InputError("a net needs at least two widths, inputs and outputs, such as 2-10-2");
  for (std::size_t width : widths)
    if (width == 0) throw InputError(fmt::format("a net cannot have a layer of width 0: {}", fmt::join(widths, "-")));
  Net<T> net;
  for (std::size_t k = 0; k + 1 < widths.size(); ++k) {
    if (k > 0) net.add(activation_named<T>(activation));
    net.add(Linear<T>(widths[k], widths[k + 1]));
  }
  if (widths.size() == 2) activation_named<T>(activation);  // refuse a wrong name even where no layer uses it
  if (loss == Loss::cross_entropy) net.add(Softmax{});
  return net;
}

namespace {

double deviation(Spread spread, std::size_t in, std::size_t out) {
  switch (spread) {
    case Spread::xavier:
      return std::sqrt(2.0 / static_cast<double>(in + out));
    case Spread::he:
      return std::sqrt(2.0 / static_cast<double>(in));
    case Spread::inputs:
      break;
  }
  return 1.0 / std::sqrt(static_cast<double>(in));
}

}  // namespace

template <class T>
void initialise_normal(Net<T>& net, std::uint64_t seed, Spread spread) {
  Random random(seed);
  for (Layer<T>& layer : net.layers)
    if (auto* linear = std::get_if<Linear<T>>(&layer)) {
      const double scale = deviation(spread, linear->in(), linear->out());
      for (T& w : linear->W.values()) w = static_cast<T>(random.normal() * scale);
      for (T& b : linear->b) b = T{0};
    }
}

template Layer<float> activation_named(const std::string&);
template Layer<double> activation_named(const std::string&);
template struct Net<float>;
template struct Net<double>;
template Net<float> make_net(const std::vector<std::size_t>&, const std::string&, Loss);
template Net<double> make_net(const std::vector<std::size_t>&, const std::string&, Loss);
template void initialise_normal(Net<float>&, std::uint64_t, Spread);
template void initialise_normal(Net<double>&, std::uint64_t, Spread);

}  // namespace gradwalk
