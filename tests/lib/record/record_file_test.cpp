#include "gradwalk/nn/record_file.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/npz.hpp"
#include "random_nets.hpp"

using namespace gradwalk;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("gradwalk_record_" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

void check_same(const Record& a, const Record& b) {
  BOOST_TEST_REQUIRE(a.tensors.size() == b.tensors.size());
  BOOST_TEST_REQUIRE(a.ops.size() == b.ops.size());
  for (TensorId id = 0; id < a.tensors.size(); ++id) {
    BOOST_TEST(a[id].name == b[id].name);
    BOOST_TEST((a[id].role == b[id].role));
    BOOST_TEST((a[id].shape == b[id].shape));
    BOOST_TEST((a[id].gradient_state == b[id].gradient_state));
    BOOST_TEST(a[id].value == b[id].value);
    BOOST_TEST(a[id].gradient == b[id].gradient);
    BOOST_TEST(a[id].velocity == b[id].velocity);
  }
  for (std::size_t k = 0; k < a.ops.size(); ++k) {
    BOOST_TEST((a.ops[k].kind == b.ops[k].kind));
    BOOST_TEST(a.ops[k].inputs == b.ops[k].inputs);
    BOOST_TEST(a.ops[k].output == b.ops[k].output);
    BOOST_TEST((a.ops[k].attributes == b.ops[k].attributes));
  }
  BOOST_TEST((a.provenance.learning_rate == b.provenance.learning_rate));
  BOOST_TEST(a.provenance.rows == b.provenance.rows);
  BOOST_TEST(a.provenance.expression == b.provenance.expression);
}

std::string refusal(const fs::path& path) {
  try {
    load_records(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

/// The bytes of an npz with the arrays of `record` and another record.json.
std::string with_json(const Record& record, const std::string& json) {
  NpzWriter npz;
  npz.add_file("record.json", json);
  const NpzReader good(record_bytes({record}), "good");
  for (const std::string& name : good.array_names()) npz.add_array(name, good.array(name));
  return npz.bytes();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  BOOST_TEST_REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_kind_of_record_comes_back_bit_for_bit) {
  const Folder folder;
  for (const Case& c : various_cases()) {
    Record record = record_step(c.net, c.x, c.loss, c.targets);
    record.provenance.rows = {3, 1, 4};
    record.provenance.learning_rate = 0.1;
    record.provenance.step = 17;
    save_records(folder.path / "step.npz", {record});
    check_same(load_record(folder.path / "step.npz"), record);
    Tensor& W = record.tensors[record.tensor("W1")];
    W.velocity = W.gradient;
    save_records(folder.path / "step.npz", {record});
    check_same(load_record(folder.path / "step.npz"), record);
  }
  const Record nan = record_expression("f = log(x) + y / x", {{"x", 0}, {"y", -1}});
  save_records(folder.path / "step.npz", {nan});
  BOOST_TEST(load_record(folder.path / "step.npz")[nan.loss()].value[0] == -std::numeric_limits<double>::infinity());
}

BOOST_AUTO_TEST_CASE(damage_is_told_in_one_line) {
  const Folder folder;
  const fs::path path = folder.path / "step.npz";
  const Case c = random_case({2, 3, 2}, "tanh", Loss::cross_entropy, 2, 3);
  const Record record = record_step(c.net, c.x, c.loss, c.targets);
  const std::string json = record_json({record}, false);
  BOOST_TEST(refusal(path).find("step.npz") != std::string::npos);

  const auto refused = [&](const std::string& bytes) {
    write_file(path, bytes);
    const std::string message = refusal(path);
    BOOST_TEST(message != "accepted");
    BOOST_TEST(message.find('\n') == std::string::npos);
    return message;
  };
  BOOST_TEST(refused(with_json(record, replaced(json, "\"version\": 1", "\"version\": 2")))
                 .find("a trace of version 2, and this gradwalk reads version 1") != std::string::npos);
  BOOST_TEST(refused(with_json(record, replaced(json, "gradwalk record", "something"))).find("not a gradwalk trace") !=
             std::string::npos);
  refused(with_json(record, replaced(json, "\"linear\"", "\"convolution\"")));
  refused(with_json(record, replaced(json, "\"W1\"", "\"W7\"")));
  refused(with_json(record, replaced(json, "\"softmax\"", "\"add\"")));
  refused(with_json(record, json.substr(0, json.size() / 2)));
  refused(with_json(record, "{}"));
  refused("PK");
  refused(record_bytes({record}).substr(0, 700));
  NpzWriter none;
  none.add_array("a", {{1}, std::vector<double>{1}});
  BOOST_TEST(refused(none.bytes()).find("not a gradwalk trace") != std::string::npos);
}

namespace {

/// A record.json of one tensor and nothing done with it, and the bytes of an archive that has its array.
std::string with_tensor(const std::string& name, const std::string& role, const Shape& shape, const NpyArray& array) {
  std::string dimensions;
  for (const std::size_t d : shape) dimensions += (dimensions.empty() ? "" : ",") + std::to_string(d);
  const std::string tensor = "{\"name\": \"" + name + "\", \"role\": \"" + role + "\", \"shape\": [" + dimensions +
                             "], \"gradient\": \"none\"}";
  NpzWriter npz;
  npz.add_file("record.json",
               "{\"format\": \"gradwalk record\", \"version\": 1, \"steps\": [{\"step\": 0, \"tensors\": [" + tensor +
                   ", {\"name\": \"L\", \"role\": \"loss\", \"shape\": [], \"gradient\": \"none\"}], \"ops\": []}]}");
  npz.add_array("step0/" + name, array);
  npz.add_array("step0/L", {{}, std::vector<double>{1}});
  return npz.bytes();
}

std::string parsed(const std::string& bytes) {
  try {
    parse_records(bytes, "evil");
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

BOOST_AUTO_TEST_CASE(shapes_without_elements_or_with_too_many_are_refused) {
  const NpyArray six{{2, 3}, std::vector<double>(6)}, none{{0, 3}, std::vector<double>{}};
  BOOST_TEST(parsed(with_tensor("x", "input", {2, 3}, six)) == "accepted");
  BOOST_TEST(parsed(with_tensor("x", "input", {0, 3}, none)) == "evil: x has the shape (0, 3): this trace is damaged");
  constexpr std::size_t large = std::size_t{1} << 32;
  BOOST_TEST(parsed(with_tensor("x", "input", {large, large}, none)).find("has the shape") != std::string::npos);
  BOOST_CHECK_THROW(element_count({large, large}), ShapeError);
  BOOST_TEST(element_count({large, 3}) == 3 * large);
  Record record;
  record.tensors.push_back({"x", {0, 3}, Role::input, {}, {}, GradientState::none});
  BOOST_CHECK_THROW(record.element("x"), InputError);
  BOOST_CHECK_THROW(record.element("x[0,0]"), InputError);
}

BOOST_AUTO_TEST_CASE(a_name_is_letters_digits_and_underscores) {
  const NpyArray one{{1}, std::vector<double>{1}};
  for (const char* name : {"x", "W1", "a1_2", "f′", "Z_"})
    BOOST_TEST(parsed(with_tensor(name, "input", {1}, one)) == "accepted", name);
  for (const char* number : {"-2.5", "1e-07", "1e+20", "nan", "-inf"})
    BOOST_TEST(parsed(with_tensor(number, "constant", {1}, one)) == "accepted", number);
  for (const char* name : {"", "-2.5", "a b", "<b>", "x</script>", "a;b", "$x$", "x[0]", "a/b", "д", "a&b", "\\n"})
    BOOST_TEST(parsed(with_tensor(name, "input", {1}, one)).ends_with("this trace is damaged"), name);
}

BOOST_AUTO_TEST_CASE(a_step_is_found_by_its_number) {
  const Folder folder;
  const Case c = random_case({2, 3, 2}, "tanh", Loss::cross_entropy, 2, 3);
  Record first = record_step(c.net, c.x, c.loss, c.targets), second = first;
  first.provenance.step = 4;
  second.provenance.step = 9;
  save_records(folder.path / "two.npz", {first, second});
  BOOST_TEST(load_record(folder.path / "two.npz", 9).provenance.step == 9u);
  BOOST_CHECK_EXCEPTION(load_record(folder.path / "two.npz", 5), InputError, [](const InputError& e) {
    return std::string(e.what()).ends_with("no step 5: there is 4, 9");
  });
}
