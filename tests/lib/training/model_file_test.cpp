#include "gradwalk/nn/model_file.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/npz.hpp"

using namespace gradwalk;

namespace {

Model small_model() {
  Model model;
  model.spec.widths = {2, 3, 2};
  model.net = initial_net(model.spec);
  model.history.push_back({4, {0.5, 0.75}, {0.25, 1}, {1, 2}, {3, 4}, {5, 6}});
  return model;
}

/// The bytes of small_model with the first `from` of its model.json replaced.
std::string with_json(const std::string& from, const std::string& to) {
  const NpzReader good(model_bytes(small_model()), "good");
  std::string json = good.file("model.json");
  const auto at = json.find(from);
  BOOST_TEST_REQUIRE(at != std::string::npos, from);
  NpzWriter npz;
  npz.add_file("model.json", json.replace(at, from.size(), to));
  for (const std::string& name : good.array_names()) npz.add_array(name, good.array(name));
  return npz.bytes();
}

std::string refusal(const std::string& bytes) {
  try {
    parse_model(bytes, "m.npz");
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string toml_refusal(const std::string& text) {
  ModelSpec spec;
  try {
    parse_spec_toml(text, "s.toml", spec);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(model_file)

BOOST_AUTO_TEST_CASE(a_model_comes_back) {
  const Model model = parse_model(model_bytes(small_model()), "m.npz");
  BOOST_TEST((model.net.linear(0).W == small_model().net.linear(0).W));
  BOOST_TEST_REQUIRE(model.history.size() == 1u);
  BOOST_TEST(model.history[0].epoch == 4u);
  BOOST_TEST(model.history[0].test.accuracy == 1);
  BOOST_TEST(model.history[0].gradient_norm == (std::vector<double>{5, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_history_lacks_is_not_a_number) {
  const Model model = parse_model(with_json("\"train_loss\"", "\"lost\""), "m.npz");
  BOOST_TEST(std::isnan(model.history[0].train.loss));
  BOOST_TEST(model.history[0].train.accuracy == 0.75);
}

BOOST_AUTO_TEST_CASE(widths_that_the_arrays_do_not_have_are_refused_before_memory_is_taken) {
  const std::string huge = with_json("\"net\": [\n  2,\n  3,", "\"net\": [\n  2,\n  1000000000000,");
  BOOST_TEST(refusal(huge) == "m.npz: '0.weight' is (3, 2), but layer 1 of the net needs (1000000000000, 2)");
  BOOST_TEST(refusal(with_json("\"tanh\"", "\"ta\\nnh\"")).find('\n') == std::string::npos);
  BOOST_TEST(refusal(with_json("\"float64\"", "\"float16\"")) ==
             "m.npz: 'float16' is no type of number: there are float64, float32");
}

BOOST_AUTO_TEST_CASE(damaged_settings_are_refused_in_one_line) {
  BOOST_TEST(toml_refusal("net = [2, 10, 2]\nseed = 3\n") == "accepted");
  BOOST_TEST(toml_refusal("[(") == "s.toml: this is not TOML");
  BOOST_TEST(toml_refusal("[\n") == "s.toml: this is not TOML");
  BOOST_TEST(toml_refusal("\"a\\nb\" = 1").starts_with("s.toml, line 1: there is no setting 'a?b'"));
  BOOST_TEST(toml_refusal("loss = \"a\\nb\"").starts_with("no loss is called 'a?b'"));
}

BOOST_AUTO_TEST_SUITE_END()
