#include <cstring>
#include <memory>
#include <numeric>

#include "contender.hpp"
#include "gradwalk/nn/engine.hpp"
#include "gradwalk/nn/recording.hpp"

// A fifth argument records: "everything", "no-dW" or "sampled" (every 100th step, with its weights).
int main(int count, char** words) {
  using namespace gradwalk;
  Problem problem = read_problem(count, words);
  Net<float> net = make_net<float>(problem.widths, problem.activation, Loss::softmax_cross_entropy);
  for (std::size_t l = 0; l + 1 < problem.widths.size(); ++l) net.linear(l).W.values() = first_weights(problem, l);
  Samples<float> samples{Matrix<float>(problem.samples, problem.widths.front(), std::move(problem.x)),
                         {problem.labels, {}}};
  std::vector<std::size_t> order(problem.samples);
  std::iota(order.begin(), order.end(), 0);

  const std::string recorded = count > 5 ? words[5] : "";
  std::unique_ptr<Recording<float>> recording;
  if (recorded == "everything")
    recording = std::make_unique<Recording<float>>(RecordingOptions{.steps = 4, .weights = false});
  if (recorded == "no-dW")
    recording = std::make_unique<Recording<float>>(RecordingOptions{.steps = 4, .weights = false, .dW = false});
  if (recorded == "sampled") recording = std::make_unique<Recording<float>>(RecordingOptions{.every = 100, .steps = 4});

  Engine<float> engine(net);
  Velocity<float> velocity;
  const RunOptions options{.batch = problem.batch, .learning_rate = problem.learning_rate};
  std::size_t steps = 0;
  return serve(problem, [&](std::size_t first, std::size_t rows) {
    engine.run(net, velocity, Loss::softmax_cross_entropy, samples,
               std::span<const std::size_t>(order).subspan(first, rows), options, recording.get(), steps);
    steps += (rows + problem.batch - 1) / problem.batch;
  });
}
