#include "gradwalk/nn/recording.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "gradwalk/nn/engine.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/random.hpp"
#include "gradwalk/nn/record_file.hpp"

// What the kernels write into the ring while they train is what record_step makes of the same step, to the bit.

namespace {

using namespace gradwalk;

template <class T>
struct RecordedRun {
  Net<T> net;
  Loss loss = Loss::cross_entropy;
  Samples<T> samples;
  std::vector<std::size_t> order;
  RunOptions run{.batch = 8, .learning_rate = 0.05};
};

template <class T>
RecordedRun<T> recorded_run(const std::string& activation = "tanh", Loss loss = Loss::cross_entropy) {
  RecordedRun<T> s{make_net<T>({7, 37, 20, 5}, activation, loss), loss, {}, {}};
  initialise_normal(s.net, 3);
  Random random(5);
  s.samples.x = Matrix<T>(60, 7);
  for (T& v : s.samples.x.values()) v = static_cast<T>(random.normal());
  s.samples.targets.values = Matrix<T>(60, 5, T{0.5});
  for (std::size_t n = 0; n < 60; ++n) s.order.push_back(59 - n);
  if (wants_labels(loss)) {
    s.samples.targets.values = {};
    for (std::size_t n = 0; n < 60; ++n) s.samples.targets.labels.push_back(static_cast<int>(random.below(5)));
  }
  return s;
}

/// The Record of every step, made by stopping before it.
template <class T>
std::vector<std::string> records_one_by_one(RecordedRun<T> s) {
  std::vector<std::string> bytes;
  Engine<T> engine(s.net);
  Velocity<T> velocity;
  for (std::size_t at = 0; at < s.order.size(); at += s.run.batch) {
    const auto rows = std::span<const std::size_t>(s.order).subspan(at, std::min(s.run.batch, s.order.size() - at));
    const Samples<T> batch = take(s.samples, rows);
    Record record = record_step(s.net, batch.x, s.loss, batch.targets);
    record.provenance.step = at / s.run.batch;
    record.provenance.rows.assign(rows.begin(), rows.end());
    bytes.push_back(record_bytes({record}));
    engine.run(s.net, velocity, s.loss, s.samples, rows, s.run);
  }
  return bytes;
}

template <class T>
void check_records(RecordedRun<T> s) {
  const auto expected = records_one_by_one(s);
  for (const std::size_t threads : {1, 2, 3})
    for (const bool dW : {true, false}) {
      Net<T> net = s.net;
      Engine<T> engine(net);
      Velocity<T> velocity;
      Recording<T> recording({.steps = 100, .dW = dW});
      s.run.threads = threads;
      engine.run(net, velocity, s.loss, s.samples, s.order, s.run, &recording);
      BOOST_REQUIRE(recording.steps().size() == expected.size());
      for (const std::size_t step : recording.steps())
        BOOST_TEST((record_bytes({recording.record(step)}) == expected[step]),
                   "step " << step << ", " << threads << " threads");
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recording)

BOOST_AUTO_TEST_CASE(a_step_in_the_ring_is_the_step_of_the_recorder) {
  check_records(recorded_run<float>());
  check_records(recorded_run<double>("leaky-relu"));
  check_records(recorded_run<double>("sigmoid", Loss::softmax_cross_entropy));
  check_records(recorded_run<double>("identity", Loss::squared));
}

BOOST_AUTO_TEST_CASE(recording_changes_nothing_of_the_training) {
  auto plain = recorded_run<float>(), recorded = recorded_run<float>();
  Velocity<float> velocity, other;
  Engine<float>(plain.net).run(plain.net, velocity, plain.loss, plain.samples, plain.order, plain.run);
  Recording<float> recording({.every = 3});
  Engine<float>(recorded.net)
      .run(recorded.net, other, recorded.loss, recorded.samples, recorded.order, recorded.run, &recording);
  for (std::size_t l = 0; l < 3; ++l) BOOST_TEST((plain.net.linear(l).W == recorded.net.linear(l).W));
}

BOOST_AUTO_TEST_CASE(the_ring_holds_the_last_steps_and_sampling_takes_every_few) {
  auto s = recorded_run<float>();
  Engine<float> engine(s.net);
  Velocity<float> velocity;
  Recording<float> last({.steps = 3}), sampled({.every = 3, .steps = 2});
  engine.run(s.net, velocity, s.loss, s.samples, s.order, s.run, &last);
  BOOST_TEST(last.steps() == (std::vector<std::size_t>{5, 6, 7}), boost::test_tools::per_element());
  engine.run(s.net, velocity, s.loss, s.samples, s.order, s.run, &sampled, 8);  // steps 8 … 15
  BOOST_TEST(sampled.steps() == (std::vector<std::size_t>{12, 15}), boost::test_tools::per_element());
  BOOST_CHECK_THROW(sampled.record(9), ShapeError);
}

BOOST_AUTO_TEST_CASE(a_ring_of_one_holds_every_step_in_its_turn) {
  auto s = recorded_run<float>();
  Engine<float> engine(s.net);
  Velocity<float> velocity;
  Recording<float> recording({.steps = 1});
  std::vector<std::size_t> seen;
  s.run.after_step = [&](std::size_t) {
    for (const std::size_t step : recording.steps()) seen.push_back(step);
  };
  engine.run(s.net, velocity, s.loss, s.samples, s.order, s.run, &recording);
  BOOST_TEST(seen == (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7}), boost::test_tools::per_element());
  BOOST_TEST(recording.left_out() == 0u);
  BOOST_TEST(recording.steps().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_sink_may_ask_for_more_of_the_step_that_it_has) {
  auto s = recorded_run<double>();
  Engine<double> engine(s.net);
  Velocity<double> velocity;
  Recording<double>* held = nullptr;
  std::size_t same = 0, seen = 0;
  Recording<double> recording({.steps = 20}, [&](const Record& record) {
    ++seen;
    same += held->gradients(record.provenance.step).dW[0].values() == record[record.tensor("W1")].gradient;
  });
  held = &recording;
  engine.run(s.net, velocity, s.loss, s.samples, s.order, s.run, &recording);
  BOOST_TEST(seen == 8u);
  BOOST_TEST(same == seen);
}

BOOST_AUTO_TEST_CASE(some_rows_are_a_batch_of_their_own) {
  auto s = recorded_run<double>();
  const Net<double> before = s.net;
  Engine<double> engine(s.net);
  Velocity<double> velocity;
  Recording<double> recording({.every = 100, .rows = {1, 2, 3}});
  engine.run(s.net, velocity, s.loss, s.samples, s.order, s.run, &recording);
  const std::vector<std::size_t> rows{58, 57, 56};
  const auto batch = take(s.samples, std::span<const std::size_t>(rows));
  const Record expected = record_step(before, batch.x, s.loss, batch.targets), record = recording.record(0);
  BOOST_TEST(record.provenance.rows == rows, boost::test_tools::per_element());
  for (std::size_t t = 0; t < expected.tensors.size(); ++t) {
    BOOST_TEST((record[t].value == expected[t].value));
    BOOST_TEST((record[t].gradient == expected[t].gradient));
  }
}

BOOST_AUTO_TEST_CASE(a_sink_gets_whole_records_in_order_and_a_slow_one_loses_whole_steps) {
  auto s = recorded_run<float>();
  const auto expected = records_one_by_one(s);
  Engine<float> engine(s.net);
  Velocity<float> velocity;
  std::vector<std::size_t> seen;
  bool right = true;
  Recording<float> recording({.steps = 2}, [&](const Record& record) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    right = right && record_bytes({record}) == expected[record.provenance.step];
    seen.push_back(record.provenance.step);
  });
  engine.run(s.net, velocity, s.loss, s.samples, s.order, s.run, &recording);
  recording.finish();
  BOOST_TEST(right);
  BOOST_TEST(seen.size() + recording.left_out() == expected.size());
  BOOST_TEST(std::is_sorted(seen.begin(), seen.end()));
  BOOST_TEST(!seen.empty());
}

BOOST_AUTO_TEST_CASE(what_the_sink_throws_comes_out) {
  auto s = recorded_run<float>();
  Engine<float> engine(s.net);
  Velocity<float> velocity;
  Recording<float> recording({}, [](const Record&) { throw InputError("no space"); });
  BOOST_CHECK_THROW(engine.run(s.net, velocity, s.loss, s.samples, s.order, s.run, &recording), InputError);
  BOOST_CHECK_THROW(Recording<float>({.every = 0}), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
