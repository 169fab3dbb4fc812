// The commands as people type them.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/record_file.hpp"
#include "support/run_program.hpp"

using namespace gradwalk;
using nlohmann::json;

BOOST_AUTO_TEST_CASE(training_from_the_lessons_weights_prints_the_lessons_figures) {
  const TemporaryFolder folder;
  const auto run =
      run_program(folder,
                  "gradwalk train --net 2-10-2 --activation tanh --loss cross-entropy --data own-framework --epochs 30 "
                  "--learning-rate 0.01 --batch 4 --no-shuffle --init own-framework/two_layers_30_epochs -o net.npz");
  BOOST_TEST(run.status == 0, run.err);
  BOOST_TEST(run.out.find("epoch 0    loss 0.67287   accuracy 0.65") == 0u, run.out);  // the reference: 0.67287, 0.65
  BOOST_TEST(run.out.find("epoch 30   loss 0.40570   accuracy 0.85      test: loss 0.46114   accuracy 0.85") !=
                 std::string::npos,
             run.out);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_bytes_for_any_number_of_threads) {
  const TemporaryFolder folder;
  const std::string command =
      "gradwalk train --net 2-300-200-3 --activation relu --data blobs:classes=3,n=300 --batch 64 --epochs 2 --seed 5";
  for (const char* dtype : {"float64", "float32"}) {
    for (const char* threads : {"1", "2", "5"})
      BOOST_TEST(run_program(folder, std::string("OMP_NUM_THREADS=") + threads + " " + command + " --dtype " + dtype +
                                         " -o " + threads + ".npz")
                     .status == 0);
    BOOST_TEST(read_file(folder / "1.npz") == read_file(folder / "2.npz"));
    BOOST_TEST(read_file(folder / "1.npz") == read_file(folder / "5.npz"));
  }
}

BOOST_AUTO_TEST_CASE(a_toml_file_is_the_flags_and_flags_override_it) {
  const TemporaryFolder folder;
  write_file(
      folder / "model.toml",
      "net = \"2-6-2\"\nactivation = \"sigmoid\"\ndata = \"moons\"\nepochs = 3\nlearning-rate = 0.2\nseed = 4\n");
  const auto file = run_program(folder, "gradwalk train model.toml");
  const auto flags = run_program(
      folder, "gradwalk train --net 2-6-2 --activation sigmoid --data moons --epochs 3 --learning-rate 0.2 --seed 4");
  BOOST_TEST(file.status == 0, file.err);
  BOOST_TEST(file.out == flags.out);
  BOOST_TEST(run_program(folder, "gradwalk train model.toml --epochs 1").out.find("epoch 2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_step_is_traced_with_its_rows_and_the_loss_after) {
  const TemporaryFolder folder;
  BOOST_TEST(run_program(folder, "gradwalk train --data iris --net 4-6-3 --epochs 2 -o net.npz").status == 0);
  BOOST_TEST(run_program(folder, "gradwalk trace net.npz --rows 5,0..2 -o step.npz").status == 0);
  const Record record = load_record(folder / "step.npz");
  BOOST_TEST((record.provenance.rows == std::vector<std::size_t>{5, 0, 1, 2}));
  BOOST_TEST(record[record.tensor("x")].shape[0] == 4u);
  BOOST_TEST(*record.provenance.loss_after < record[record.loss()].value[0]);
  BOOST_TEST(run_program(folder, "gradwalk trace net.npz --step 3 -o later.npz").status == 0);
  BOOST_TEST(load_record(folder / "later.npz", 3)[record.tensor("W1")].value != record[record.tensor("W1")].value);
}

BOOST_AUTO_TEST_CASE(terms_as_json_add_up) {
  const TemporaryFolder folder;
  BOOST_TEST(run_program(folder, "gradwalk trace -o step.npz").status == 0);
  const auto run = run_program(folder, "gradwalk terms step.npz 'W1[2,0]' --json");
  const json terms = json::parse(run.out);
  BOOST_TEST(terms["target"] == "W1[2,0]");
  BOOST_TEST(terms["terms"].size() == 4u);
  double sum = 0;
  for (const json& term : terms["terms"]) {
    BOOST_TEST(term["upstream"].get<double>() * term["local"].get<double>() == term["contribution"].get<double>());
    sum += term["contribution"].get<double>();
  }
  BOOST_TEST(sum == terms["sum"].get<double>());
  const json reference = json::parse(read_file(GRADWALK_SOURCE_DIR "/lib/data/own_framework/one_minibatch.json"));
  BOOST_TEST(std::abs(sum - reference["tensors"]["dW1"][2][0].get<double>()) < 1e-9);
}

BOOST_AUTO_TEST_CASE(paths_as_json_add_up) {
  const TemporaryFolder folder;
  const json ledger = json::parse(run_program(folder, "gradwalk terms 'W1[2,0]' --paths --top 3 --json").out);
  BOOST_TEST(ledger["paths"].size() == 3u);
  BOOST_TEST(ledger["remainder"]["paths"] == 13);
  double sum = ledger["remainder"]["sum"];
  for (const json& path : ledger["paths"]) {
    double product = 1;
    for (const json& factor : path["factors"]) product *= factor.get<double>();
    BOOST_TEST(std::abs(product - path["contribution"].get<double>()) < 1e-15);
    sum += path["contribution"].get<double>();
  }
  BOOST_TEST(std::abs(sum - ledger["gradient"].get<double>()) < 1e-15);
}

BOOST_AUTO_TEST_CASE(the_librarys_gradients_check_out) {
  const TemporaryFolder folder;
  const auto run = run_program(folder, "gradwalk check --net 4-7-3 --activation relu --data iris --batch 7");
  BOOST_TEST(run.status == 0);
  BOOST_TEST(run.out.find("0 wrong") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_expression_is_walked_drawn_and_listed) {
  const TemporaryFolder folder;
  const auto walk = run_program(folder, "gradwalk expr 'f = (x + y) * z' x=-2 y=5 z=-4");
  BOOST_TEST(walk.status == 0, walk.err);
  BOOST_TEST(walk.out.find("-12") != std::string::npos);
  BOOST_TEST(run_program(folder, "gradwalk expr 'b = a + a; c = b * b' a=3 -o reuse.npz").status == 0);
  BOOST_TEST(json::parse(run_program(folder, "gradwalk terms reuse.npz a --json").out)["terms"].size() == 2u);
  BOOST_TEST(run_program(folder, "gradwalk graph reuse.npz --level scalar -o reuse.svg").status == 0);
  BOOST_TEST(run_program(folder, "gradwalk expr 'b = a + a' a=3 -o reuse.html").status == 0);
  BOOST_TEST(read_file(folder / "reuse.html").find("<script") != std::string::npos);  // the page, not the walkthrough
  BOOST_TEST(run_program(folder, "gradwalk verify reuse.html").status == 0);
}

BOOST_AUTO_TEST_CASE(momentum_leaves_its_velocity_in_the_trace) {
  const TemporaryFolder folder;
  const std::string trace = "gradwalk trace --net 2-3-2 --data moons --seed 1 --learning-rate 0.5 --momentum 0.5 ";
  BOOST_TEST(run_program(folder, trace + "--step 0 -o s0.npz && " + trace + "--step 1 -o s1.npz").status == 0);
  // v of step 1 is dW of step 0, and W of step 1 is W − η·v: what the update of the walkthrough says.
  const Record before = load_record(folder / "s0.npz"), after = load_record(folder / "s1.npz");
  const Tensor &W = before[before.tensor("W1")], &moved = after[after.tensor("W1")];
  BOOST_TEST(W.velocity == std::vector<double>(6, 0.0));
  BOOST_TEST(moved.velocity == W.gradient);
  for (std::size_t i = 0; i < 6; ++i) BOOST_TEST(moved.value[i] == W.value[i] - 0.5 * W.gradient[i]);
}

BOOST_AUTO_TEST_CASE(both_languages_answer) {
  const TemporaryFolder folder;
  for (const char* how :
       {"LANGUAGE=ru gradwalk --help", "LC_MESSAGES=ru_RU.UTF-8 gradwalk --help", "gradwalk --lang ru --help"})
    BOOST_TEST(run_program(folder, how).out.find("показать эту справку") != std::string::npos, how);
  BOOST_TEST(run_program(folder, "LANGUAGE=ru gradwalk --lang en --help").out.find("show this help") !=
             std::string::npos);
  // The programs beside this one too, wherever the language stands.
  for (const char* how :
       {"gradwalk --lang ru lesson list", "gradwalk --lang=ru lesson list", "gradwalk lesson list --lang ru"})
    BOOST_TEST(run_program(folder, how).out.find("Регрессия") != std::string::npos, how);
  BOOST_TEST(run_program(folder, "gradwalk --lang").status == 2);
  // A comma for a point would make every number another: the locale of numbers is never touched.
  BOOST_TEST(run_program(folder, "LC_ALL=ru_RU.UTF-8 gradwalk terms 'W1[2,0]'").out.find("0.100527") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(linear_layers_stacked_are_one) {
  const TemporaryFolder folder;
  const std::string data = " --data xor --seed 3 --rows 0..3 -o ";
  // Trained a little, so that no b is 0.
  const std::string train =
      "gradwalk train --net 2-3-4-2 --activation identity --data xor --seed 3 --epochs 2 -o net.npz";
  const auto run =
      run_program(folder, train + " && gradwalk weights net.npz --one-layer -o one.npz && gradwalk trace net.npz" +
                              data + "all.npz && gradwalk trace --net 2-2 --init one.npz" + data + "step.npz");
  BOOST_TEST_REQUIRE(run.status == 0, run.err);
  const Record all = load_record(folder / "all.npz"), one = load_record(folder / "step.npz");
  const Tensor &stacked = all[all.tensor("z3")], &single = one[one.tensor("z1")];
  BOOST_TEST(stacked.shape == single.shape);
  for (std::size_t i = 0; i < stacked.size(); ++i) BOOST_TEST(std::abs(stacked.value[i] - single.value[i]) < 1e-12);
  const Tensor &W1 = all[all.tensor("W1")], &W2 = all[all.tensor("W2")], &W3 = all[all.tensor("W3")];
  double product = 0;  // (W3·W2·W1)[1,0]
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t j = 0; j < 3; ++j) product += W3.value[4 + k] * W2.value[k * 3 + j] * W1.value[j * 2];
  BOOST_TEST(std::abs(one[one.tensor("W1")].value[2] - product) < 1e-12);
}
