#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/gradient_check.hpp"
#include "gradwalk/nn/paths.hpp"
#include "gradwalk/nn/random.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/nn/terms.hpp"
#include "gradwalk/nn/train.hpp"
#include "gradwalk/tracer/graph.hpp"

// The paths of the program that grow with the net: one line for each, "what <tab> size <tab> seconds <tab> note".

namespace {

using namespace gradwalk;

template <class F>
double seconds(F f) {
  double best = 1e300;
  for (int round = 0; round < 3; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    f();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (best > 2) break;
  }
  return best;
}

void report(const std::string& what, const std::string& size, double time, const std::string& note = "") {
  fmt::print("{}\t{}\t{:.6f}\t{}\n", what, size, time, note);
  std::fflush(stdout);
}

template <class T>
Samples<T> digits(std::size_t N) {
  Random random(1);
  Samples<T> samples{Matrix<T>(N, 784), {}};
  for (T& v : samples.x.values()) v = static_cast<T>(random.uniform());
  for (std::size_t n = 0; n < N; ++n) samples.targets.labels.push_back(static_cast<int>(random.below(10)));
  return samples;
}

Net<double> net_of(std::vector<std::size_t> widths) {
  Net<double> net = make_net<double>(widths, "tanh", Loss::cross_entropy);
  initialise_normal(net, 1);
  return net;
}

}  // namespace

int main() {
  const auto batch = digits<double>(4);
  for (const std::size_t hidden : {8, 16, 32}) {
    const Net<double> net = net_of({784, hidden, 10});
    const auto gradients = backward(net, forward(net, batch.x), Loss::cross_entropy, batch.targets);
    report("gradient check of every parameter", fmt::format("784-{}-10, batch 4", hidden),
           seconds([&] { check_gradients(net, batch.x, Loss::cross_entropy, batch.targets, gradients); }));
  }
  for (const std::size_t hidden : {32, 128, 512}) {
    const Record record = record_step(net_of({784, hidden, hidden, 10}), batch.x, Loss::cross_entropy, batch.targets);
    const Element target = record.element("W1[1,2]");
    report("the terms of one weight", fmt::format("784-{0}-{0}-10, batch 4", hidden),
           seconds([&] { terms_of(record, target); }));
    PathLedger ledger;
    const double time = seconds([&] { ledger = largest_paths(record, target, 10); });
    report("its ten largest paths", fmt::format("784-{0}-{0}-10, batch 4", hidden), time,
           ledger.total_paths + " paths in all");
  }
  for (const std::size_t hidden : {12, 40, 120}) {
    const auto one = digits<double>(1);
    const Record record = record_step(net_of({784, hidden, 10}), one.x, Loss::cross_entropy, one.targets);
    std::size_t numbers = 0;
    for (const Tensor& t : record.tensors) numbers += t.size();
    report("scalar graph, as DOT", fmt::format("{} numbers", numbers),
           seconds([&] { graph_dot(record, {.level = GraphLevel::scalar, .all = true}); }));
  }
  for (const std::size_t hidden : {128, 512, 2048}) {
    const Record record = record_step(net_of({784, hidden, 10}), batch.x, Loss::cross_entropy, batch.targets);
    const auto folder = std::filesystem::temp_directory_path();
    const std::string bytes = record_bytes({record});
    const double npz = seconds([&] { save_records(folder / "gradwalk-bench.npz", {record}); });
    const double raw = seconds([&] { write_file(folder / "gradwalk-bench.raw", bytes); });
    std::filesystem::remove(folder / "gradwalk-bench.npz");
    std::filesystem::remove(folder / "gradwalk-bench.raw");
    report("a record written as .npz", fmt::format("{:.1f} MB", static_cast<double>(bytes.size()) * 1e-6), npz,
           fmt::format("{:.0f} MB/s; the same bytes alone {:.0f} MB/s", static_cast<double>(bytes.size()) * 1e-6 / npz,
                       static_cast<double>(bytes.size()) * 1e-6 / raw));
  }
  const auto test = digits<float>(10'000);
  for (const std::size_t hidden : {128, 300, 800}) {
    Net<float> net = make_net<float>({784, hidden, 10}, "relu", Loss::softmax_cross_entropy);
    initialise_normal(net, 1);
    report("evaluation of 10,000 digits", fmt::format("784-{}-10, float32", hidden),
           seconds([&] { evaluate(net, Loss::softmax_cross_entropy, test); }));
  }
}
