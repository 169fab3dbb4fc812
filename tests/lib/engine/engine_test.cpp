#include "gradwalk/nn/engine.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/pass.hpp"
#include "gradwalk/nn/random.hpp"
#include "support/messages.hpp"

// The engine against the plain passes: the same weights, bit for bit, after some steps, for every form of net.

namespace {

using namespace gradwalk;

template <class T>
struct Setting {
  Net<T> net;
  Loss loss{};
  Samples<T> samples;
  std::vector<std::size_t> order;
};

template <class T>
Setting<T> setting(std::vector<std::size_t> widths, const std::string& activation, Loss loss, std::size_t N) {
  Setting<T> s{make_net<T>(widths, activation, loss), loss, {}, {}};
  initialise_normal(s.net, 3);
  Random random(5);
  for (auto& layer : s.net.layers)
    if (auto* linear = std::get_if<Linear<T>>(&layer))
      for (T& b : linear->b) b = static_cast<T>(0.1 * random.normal());
  s.samples.x = Matrix<T>(N, widths.front());
  for (T& v : s.samples.x.values()) v = static_cast<T>(random.normal());
  if (wants_labels(loss)) {
    const std::size_t classes = loss == Loss::logistic ? 2 : widths.back();
    for (std::size_t n = 0; n < N; ++n) s.samples.targets.labels.push_back(static_cast<int>(random.below(classes)));
  } else {
    s.samples.targets.values = Matrix<T>(N, widths.back());
    for (T& v : s.samples.targets.values.values()) v = static_cast<T>(random.normal());
  }
  for (std::size_t n = 0; n < N; ++n) s.order.push_back(n);
  random.shuffle(std::span<std::size_t>(s.order));
  return s;
}

/// v ← μ·v + d, w ← w − η·v
template <class T>
void descend(std::vector<T>& w, const std::vector<T>& d, const RunOptions& options, std::vector<T>& v) {
  const T eta = static_cast<T>(options.learning_rate), mu = static_cast<T>(options.momentum);
  v.resize(w.size());
  for (std::size_t i = 0; i < w.size(); ++i) {
    v[i] = mu * v[i] + d[i];
    w[i] -= eta * v[i];
  }
}

/// All rows in `order`, a batch at a time, through forward, backward and update.
template <class T>
double train_plainly(Setting<T>& s, Velocity<T>& velocity, const RunOptions& options) {
  double sum = 0;
  for (std::size_t at = 0; at < s.order.size(); at += options.batch) {
    const auto rows = std::span<const std::size_t>(s.order).subspan(at, std::min(options.batch, s.order.size() - at));
    const Samples<T> batch = take(s.samples, rows);
    const auto pass = forward(s.net, batch.x);
    sum += loss_value(s.loss, pass.output(), batch.targets) * static_cast<double>(rows.size());
    const auto gradients = backward(s.net, pass, s.loss, batch.targets);
    velocity.W.resize(s.net.layers.size());
    velocity.b.resize(s.net.layers.size());
    for (std::size_t k = 0; k < s.net.layers.size(); ++k)
      if (auto* linear = std::get_if<Linear<T>>(&s.net.layers[k])) {
        descend(linear->W.values(), gradients.dW[k].values(), options, velocity.W[k]);
        descend(linear->b, gradients.db[k], options, velocity.b[k]);
      }
  }
  return sum / static_cast<double>(s.order.size());
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

template <class T>
bool same_bits(const Net<T>& a, const Net<T>& b) {
  for (std::size_t k = 0; k < a.linear_count(); ++k)
    if (!same_bits(a.linear(k).W.values(), b.linear(k).W.values()) || !same_bits(a.linear(k).b, b.linear(k).b))
      return false;
  return true;
}

template <class T>
void check_against_passes(const std::string& what, const Setting<T>& s, RunOptions options) {
  Setting<T> plain = s;
  Velocity<T> plain_velocity;
  double plain_loss = 0;
  for (int epoch = 0; epoch < 2; ++epoch) plain_loss = train_plainly(plain, plain_velocity, options);
  BOOST_REQUIRE(!same_bits(plain.net, s.net));
  for (const std::size_t threads : {1, 2, 3, 5}) {
    Net<T> net = s.net;
    Engine<T> engine(net);
    Velocity<T> velocity;
    options.threads = threads;
    double loss = 0;
    for (int epoch = 0; epoch < 2; ++epoch) loss = engine.run(net, velocity, s.loss, s.samples, s.order, options);
    BOOST_TEST(same_bits(net, plain.net), what << ", " << sizeof(T) << " bytes, " << threads << " threads: other bits");
    BOOST_TEST(loss == plain_loss, boost::test_tools::tolerance(sizeof(T) == 4 ? 1e-6 : 1e-13));
    if (options.momentum != 0)
      for (std::size_t k = 0; k < net.layers.size(); ++k)
        if (std::holds_alternative<Linear<T>>(net.layers[k])) {
          BOOST_TEST(same_bits(velocity.W[k], plain_velocity.W[k]), what);
          BOOST_TEST(same_bits(velocity.b[k], plain_velocity.b[k]), what);
        }
  }
}

template <class T>
void check_nets() {
  for (const char* activation : {"tanh", "sigmoid", "relu", "leaky-relu", "identity"})
    for (const Loss loss : {Loss::cross_entropy, Loss::softmax_cross_entropy, Loss::squared, Loss::absolute})
      check_against_passes(std::string(activation) + ' ' + std::string(name_of(loss)),
                           setting<T>({9, 37, 20, 5}, activation, loss, 50), {.batch = 12, .learning_rate = 0.05});
  check_against_passes("logistic", setting<T>({2, 16, 16, 1}, "relu", Loss::logistic, 40),
                       {.batch = 7, .learning_rate = 0.1});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(engine)

BOOST_AUTO_TEST_CASE(every_activation_and_loss_in_float) { check_nets<float>(); }
BOOST_AUTO_TEST_CASE(every_activation_and_loss_in_double) { check_nets<double>(); }

BOOST_AUTO_TEST_CASE(shapes_that_leave_remainders) {
  const Loss loss = Loss::softmax_cross_entropy;
  for (const std::vector<std::size_t>& widths : std::vector<std::vector<std::size_t>>{
           {3, 4}, {17, 10}, {1, 1, 2}, {300, 65, 33}, {5, 64, 32, 16, 3}, {40, 7, 70}, {10, 520, 12}})
    for (const std::size_t batch : {1, 2, 31, 64})
      check_against_passes(std::to_string(widths[0]) + "-… batch " + std::to_string(batch),
                           setting<float>(widths, "tanh", loss, 65), {.batch = batch, .learning_rate = 0.05});
}

BOOST_AUTO_TEST_CASE(a_batch_deeper_than_a_block) {
  const auto s = setting<float>({20, 33, 10}, "relu", Loss::cross_entropy, 700);
  check_against_passes("batch 300", s, {.batch = 300, .learning_rate = 0.05});
  check_against_passes("batch 700", s, {.batch = 1000, .learning_rate = 0.05});
}

BOOST_AUTO_TEST_CASE(momentum) {
  check_against_passes("momentum", setting<float>({9, 37, 5}, "tanh", Loss::cross_entropy, 50),
                       {.batch = 8, .learning_rate = 0.05, .momentum = 0.9});
  check_against_passes("momentum", setting<double>({9, 37, 5}, "tanh", Loss::squared, 50),
                       {.batch = 8, .learning_rate = 0.05, .momentum = 0.9});
}

BOOST_AUTO_TEST_CASE(an_activation_at_the_end_and_layers_without_one) {
  auto s = setting<double>({6, 11, 4}, "tanh", Loss::squared, 30);
  s.net.add(Tanh{});
  check_against_passes("tanh at the end", s, {.batch = 8, .learning_rate = 0.05});
  auto linear = setting<double>({6, 11, 4}, "identity", Loss::squared, 30);
  std::erase_if(linear.net.layers, [](const auto& layer) { return std::holds_alternative<Identity>(layer); });
  check_against_passes("linear only", linear, {.batch = 8, .learning_rate = 0.05});
  auto softmax = setting<double>({6, 11, 4}, "relu", Loss::squared, 30);
  softmax.net.add(Softmax{});
  check_against_passes("squared error of probabilities", softmax, {.batch = 8, .learning_rate = 0.05});
}

BOOST_AUTO_TEST_CASE(one_engine_serves_batches_of_any_size) {
  auto s = setting<float>({9, 37, 5}, "tanh", Loss::cross_entropy, 50);
  Setting<float> plain = s;
  Velocity<float> velocity, plain_velocity;
  Engine<float> engine(s.net);
  for (const std::size_t batch : {4, 50, 1, 13}) {
    train_plainly(plain, plain_velocity, {.batch = batch});
    engine.run(s.net, velocity, s.loss, s.samples, s.order, {.batch = batch});
  }
  BOOST_TEST(same_bits(s.net, plain.net));
}

BOOST_AUTO_TEST_CASE(nets_that_do_not_fit_are_named) {
  Net<float> net;
  BOOST_TEST(!Engine<float>::fits(net));
  net.add(Tanh{});
  BOOST_TEST(!Engine<float>::fits(net));
  BOOST_CHECK_THROW(Engine<float>{net}, ShapeError);
  Net<float> steep = make_net<float>({2, 3, 2}, "relu", Loss::cross_entropy);
  steep.layers[1] = LeakyReLU{-0.5};
  BOOST_TEST(!Engine<float>::fits(steep));
  auto s = setting<float>({2, 3, 2}, "relu", Loss::cross_entropy, 5);
  BOOST_TEST(Engine<float>::fits(s.net));
  Engine<float> engine(s.net);
  Velocity<float> velocity;
  s.order.back() = 5;
  BOOST_CHECK_THROW(engine.run(s.net, velocity, s.loss, s.samples, s.order, {}), ShapeError);
  s.order.back() = 0;
  s.samples.targets.labels[1] = 2;
  BOOST_CHECK_THROW(engine.run(s.net, velocity, s.loss, s.samples, s.order, {}), ShapeError);
}

BOOST_AUTO_TEST_CASE(an_engine_takes_only_the_net_that_it_was_made_for) {
  const auto s = setting<float>({2, 3, 2}, "relu", Loss::cross_entropy, 5);
  Engine<float> engine(s.net);
  Velocity<float> velocity;
  const auto run = [&](Net<float> net, const RunOptions& options) {
    engine.run(net, velocity, s.loss, s.samples, s.order, options);
  };
  BOOST_CHECK_NO_THROW(run(s.net, {}));
  BOOST_CHECK_EXCEPTION(run(make_net<float>({2, 30, 2}, "relu", s.loss), {}), ShapeError,
                        says("this engine has room for a net 2-3-2, and this one is 2-30-2"));
  BOOST_CHECK_EXCEPTION(run(make_net<float>({2, 3, 2}, "tanh", s.loss), {}), ShapeError, says("activations"));
  BOOST_CHECK_THROW(run(make_net<float>({2, 3, 3, 2}, "relu", s.loss), {}), ShapeError);
  BOOST_CHECK_THROW(run({}, {}), ShapeError);
  Net<float> short_b = s.net;
  short_b.linear(0).b.pop_back();
  BOOST_CHECK_THROW(run(short_b, {}), ShapeError);
}

BOOST_AUTO_TEST_CASE(a_run_without_a_batch_or_with_a_rate_that_is_no_number) {
  auto s = setting<float>({2, 3, 2}, "relu", Loss::cross_entropy, 5);
  Engine<float> engine(s.net);
  Velocity<float> velocity;
  for (const RunOptions& options : {RunOptions{.batch = 0}, RunOptions{.learning_rate = NAN},
                                    RunOptions{.learning_rate = INFINITY}, RunOptions{.momentum = NAN}})
    BOOST_CHECK_THROW(engine.run(s.net, velocity, s.loss, s.samples, s.order, options), ShapeError);
}

BOOST_AUTO_TEST_CASE(a_stack_begins_with_a_linear_layer) {
  const auto made = setting<float>({2, 3, 2}, "relu", Loss::cross_entropy, 5);
  Net<float> net;
  net.add(Identity{});
  for (const auto& layer : made.net.layers) net.add(layer);
  BOOST_TEST(!Engine<float>::fits(net));
}

BOOST_AUTO_TEST_SUITE_END()
