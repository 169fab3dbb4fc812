// What a page embeds: the whole of a small record, the right part of a large one.
#include "gradwalk/tracer/page.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "lib/random_nets.hpp"
#include "support/messages.hpp"

using namespace gradwalk;
using nlohmann::json;

namespace {

Record record_of(const std::vector<std::size_t>& widths, std::size_t N) {
  const Case c = random_case(widths, "tanh", Loss::cross_entropy, N, 11);
  return record_step(c.net, c.x, c.loss, c.targets);
}

std::string embedded_text(const std::string& page) {
  const std::string begin = "id=\"record\">";
  const std::size_t from = page.find(begin) + begin.size();
  return page.substr(from, page.find("</script>", from) - from);
}

json embedded(const Record& record, const PageOptions& options = {}) {
  return json::parse(embedded_text(render_page(record, options)));
}

const json& tensor_named(const json& document, const std::string& name) {
  for (const json& tensor : document["steps"][0]["tensors"])
    if (tensor["name"] == name) return tensor;
  throw std::runtime_error("no tensor " + name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page)

BOOST_AUTO_TEST_CASE(a_small_record_is_embedded_whole_and_bit_for_bit) {
  const Record record = record_of({2, 10, 2}, 4);
  const std::string page = render_page(record);
  BOOST_TEST(page.size() < 300'000u);
  const json tensors = json::parse(embedded_text(page))["steps"][0]["tensors"];
  BOOST_TEST_REQUIRE(tensors.size() == record.tensors.size());
  for (TensorId t = 0; t < record.tensors.size(); ++t) {
    BOOST_TEST(tensors[t]["name"] == record[t].name);
    BOOST_TEST(tensors[t]["values"].get<std::vector<double>>() == record[t].value);
    BOOST_TEST(tensors[t].contains("gradients") == (record[t].gradient_state == GradientState::computed));
    if (tensors[t].contains("gradients"))
      BOOST_TEST(tensors[t]["gradients"].get<std::vector<double>>() == record[t].gradient);
  }
  BOOST_TEST(page == render_page(record));
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_the_template) {
  const std::string page = render_page(record_expression("f = x * x", {{"x", 3}}), {Language::ru, {}, 8});
  for (const char* mark : {"@language@", "@record@", "@style@", "@script@"})
    BOOST_TEST(page.find(mark) == std::string::npos, mark);
  BOOST_TEST(page.find("<html lang=\"ru\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_name_can_end_the_script) {
  Record record = record_expression("f = x * x", {{"x", 3}});
  record.provenance.expression = "<!--<script></script><script>alert(1)</script>";
  const std::string page = render_page(record);
  const std::string script = embedded_text(page);  // up to the first "</script>"
  BOOST_TEST(script.find('<') == std::string::npos);
  BOOST_TEST(json::parse(embedded_text(page))["steps"][0]["expression"] == record.provenance.expression);
}

BOOST_AUTO_TEST_CASE(of_a_large_net_every_tensor_keeps_the_same_units) {
  const Record record = record_of({784, 128, 10}, 64);
  const std::string page = render_page(record);
  BOOST_TEST(page.size() < 500'000u);
  const json document = json::parse(embedded_text(page));
  const json x = tensor_named(document, "x")["kept"], W1 = tensor_named(document, "W1")["kept"],
             z1 = tensor_named(document, "z1")["kept"], a1 = tensor_named(document, "a1")["kept"],
             W2 = tensor_named(document, "W2")["kept"];
  BOOST_TEST(x[1] == W1[1]);
  BOOST_TEST(W1[0] == z1[1]);
  BOOST_TEST(z1 == a1);
  BOOST_TEST(W2[1] == z1[1]);
  BOOST_TEST(x[1].size() == 8u);
  BOOST_TEST(x[1].front() == 0);
  BOOST_TEST(x[1].back() == 783);
  BOOST_TEST(W2[0].size() == 10u);  // ten classes are few enough to stay

  // The numbers that stay are those of their indices.
  const Tensor& weights = record[record.tensor("W1")];
  const json& kept = tensor_named(document, "W1");
  std::size_t at = 0;
  for (const json& j : W1[0])
    for (const json& i : W1[1]) {
      const std::size_t index = j.get<std::size_t>() * 784 + i.get<std::size_t>();
      BOOST_TEST(kept["values"][at].get<double>() == weights.value[index]);
      BOOST_TEST(kept["gradients"][at].get<double>() == weights.gradient[index]);
      ++at;
    }
  BOOST_TEST(at == kept["values"].size());
}

BOOST_AUTO_TEST_CASE(the_strongest_units_stay) {
  Record record = record_of({784, 128, 10}, 4);
  Tensor& x = record.tensors[record.tensor("x")];
  x.value[2 * 784 + 400] = 1e6;
  const json kept = tensor_named(embedded(record), "x")["kept"][1];
  BOOST_TEST(std::set<std::size_t>(kept.begin(), kept.end()).contains(400));
}

BOOST_AUTO_TEST_CASE(the_rows_that_are_asked_for) {
  const Record record = record_of({3, 4, 2}, 6);
  const json document = embedded(record, {Language::en, {4, 1, 4}, 8});
  BOOST_TEST(tensor_named(document, "z1")["kept"][0] == json({1, 4}));
  BOOST_TEST(tensor_named(document, "y")["kept"][0] == json({1, 4}));
  BOOST_TEST(!tensor_named(document, "W1").contains("kept"));
  BOOST_TEST(tensor_named(document, "y")["values"][1] == record[record.tensor("y")].value[4]);
  BOOST_CHECK_EXCEPTION(render_page(record, {Language::en, {6}, 8}), InputError,
                        says("row 6: the batch of this record has 6 rows"));
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_survive) {
  const json document = embedded(record_expression("a = log(x); f = a / z", {{"x", -1}, {"z", 0}}));
  BOOST_TEST(tensor_named(document, "a")["values"][0] == "NaN");
}

BOOST_AUTO_TEST_SUITE_END()
