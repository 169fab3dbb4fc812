#include "gradwalk/tracer/plot.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "gradwalk/nn/error.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

using Numbers = std::vector<std::vector<double>>;

/// The rows of "$NAME << EOD … EOD"; NaN is read as -1000.
Numbers block(const std::string& script, const std::string& name) {
  const std::string open = "$" + name + " << EOD\n";
  const std::size_t begin = script.find(open) + open.size();
  std::istringstream lines(script.substr(begin, script.find("EOD\n", begin) - begin));
  Numbers rows;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::vector<double> row;
    for (std::string word; words >> word;) row.push_back(word == "NaN" ? -1000 : std::stod(word));
    if (!row.empty()) rows.push_back(row);
  }
  return rows;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A 2-2 net whose first class is where x1 < x2, sure of it but for a narrow band.
Model diagonal_model(Loss loss = Loss::cross_entropy) {
  Model model;
  model.spec.widths = {2, 2};
  model.spec.loss = loss;
  model.spec.data = "by hand";
  model.net = make_net<double>(model.spec.widths, "tanh", loss);
  model.net.linear(0).W = Matrix<double>(2, 2, std::vector<double>{-20, 20, 20, -20});
  return model;
}

Dataset<double> diagonal_data() {
  Dataset<double> data;
  data.train.x = Matrix<double>(4, 2, std::vector<double>{-1, 1, 0, 1, 1, -1, 1, 0});
  data.train.targets.labels = {0, 0, 1, 1};
  data.test.x = Matrix<double>(1, 2, std::vector<double>{-1, 0});
  data.test.targets.labels = {0};
  data.classes = 2;
  data.class_names = {"above", "below"};
  data.feature_names = {"x1", "x2"};
  return data;
}

Model with_history() {
  Model model = diagonal_model();
  model.history = {{0, {0.7, 0.5}, {0.8, 0.4}, {1, 2}, {3, 4}, {5, 6}},
                   {1, {0.1, 0.9}, {1. / 3, 0.8}, {1.5, 2.5}, {3.5, 4.5}, {5.5, 6.5}}};
  return model;
}

/// The colour with which the script draws the training samples of a class.
std::array<int, 3> sample_colour(const std::string& script, int label) {
  const std::size_t points = script.find("$train using 1:($3==" + std::to_string(label) + "?");
  BOOST_REQUIRE(points != std::string::npos);
  const std::size_t colour = script.find("rgb '#", points) + 6;
  const unsigned long rgb = std::stoul(script.substr(colour, 6), nullptr, 16);
  return {static_cast<int>(rgb >> 16), static_cast<int>(rgb >> 8 & 0xff), static_cast<int>(rgb & 0xff)};
}

/// How far the ground is from a sample's colour, looking only at the hue: the ground is that colour mixed with white.
double distance_of_hues(const std::array<int, 3>& sample, const std::vector<double>& ground) {
  double product = 0, of_sample = 0, of_ground = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double s = 255 - sample[k], g = 255 - ground[2 + k];
    product += s * g, of_sample += s * s, of_ground += g * g;
  }
  return 1 - product / std::sqrt(of_sample * of_ground);
}

bool has_gnuplot() { return std::system("command -v gnuplot >/dev/null 2>&1") == 0; }

}  // namespace

BOOST_AUTO_TEST_SUITE(plots)

BOOST_AUTO_TEST_CASE(curves_show_the_history_to_the_last_bit) {
  const Plot plot = plot_curves(with_history());
  const Numbers expected = {{0, 0.7, 0.8, 0.5, 0.4}, {1, 0.1, 1. / 3, 0.9, 0.8}};
  BOOST_TEST((block(plot.script, "history") == expected));
  BOOST_TEST(plot.title == "2-2, tanh, cross-entropy, by hand");
  BOOST_TEST(contains(plot.description, "the loss goes from 0.7 to 0.1"));
}

BOOST_AUTO_TEST_CASE(a_regression_without_a_test_set_has_one_curve) {
  Model model = with_history();
  for (EpochReport& report : model.history) {
    report.train.accuracy = report.test.loss = report.test.accuracy = std::nan("");
  }
  BOOST_TEST((block(plot_curves(model).script, "history") == Numbers{{0, 0.7}, {1, 0.1}}));
}

BOOST_AUTO_TEST_CASE(norms_of_every_layer) {
  const Plot plot = plot_norms(with_history());
  // epoch, then weight norms, gradient norms and largest weights of both layers
  const Numbers expected = {{0, 3, 4, 5, 6, 1, 2}, {1, 3.5, 4.5, 5.5, 6.5, 1.5, 2.5}};
  BOOST_TEST((block(plot.script, "history") == expected));
}

BOOST_AUTO_TEST_CASE(the_ground_has_the_colour_of_the_samples_that_the_net_puts_there) {
  for (const Loss loss : {Loss::cross_entropy, Loss::softmax_cross_entropy}) {
    const std::string script = plot_boundary(diagonal_model(loss), diagonal_data()).script;
    const std::array<int, 3> first = sample_colour(script, 0), second = sample_colour(script, 1);
    int seen = 0, right = 0;
    for (const auto& point : block(script, "ground")) {
      if (std::abs(point[0] - point[1]) < 0.5) continue;
      const bool is_first = point[0] < point[1];
      const bool coloured = distance_of_hues(is_first ? first : second, point) < 0.01 &&
                            distance_of_hues(is_first ? second : first, point) > 0.2;
      const bool leads = point[5] > 0;  // the first class over the second: the boundary is where this is 0
      ++seen;
      right += coloured && leads == is_first ? 1 : 0;
    }
    BOOST_TEST(right == seen);
    BOOST_TEST(seen > 1000);
    BOOST_TEST((block(script, "train") == Numbers{{-1, 1, 0}, {0, 1, 0}, {1, -1, 1}, {1, 0, 1}}));
    BOOST_TEST((block(script, "test") == Numbers{{-1, 0, 0}}));
    BOOST_TEST(contains(script, "'class above, training'"));
  }
}

BOOST_AUTO_TEST_CASE(one_logit_or_one_value_is_the_second_class) {
  Model model = diagonal_model(Loss::logistic);
  model.spec.widths = {2, 1};
  Dataset<double> data = diagonal_data();
  for (const Loss loss : {Loss::logistic, Loss::squared}) {
    model.spec.loss = loss;
    model.net = make_net<double>(model.spec.widths, "tanh", loss);
    model.net.linear(0).W = Matrix<double>(1, 2, std::vector<double>{20, -20});
    if (loss == Loss::squared) {
      data.train.targets = {.labels = {}, .values = Matrix<double>(4, 1, std::vector<double>{0, 0, 1, 1})};
      data.test.targets = {.labels = {}, .values = Matrix<double>(1, 1)};
    }
    const std::string script = plot_boundary(model, data).script;
    const std::array<int, 3> second = sample_colour(script, 1);
    const std::vector<double> corner = block(script, "ground")[160];  // the largest x1 with the smallest x2
    BOOST_TEST(distance_of_hues(second, corner) < 0.01);
  }
}

BOOST_AUTO_TEST_CASE(a_fit_shows_the_net_and_the_samples) {
  Model model;
  model.spec.widths = {1, 1};
  model.spec.loss = Loss::squared;
  model.net = make_net<double>({1, 1}, "tanh", Loss::squared);
  model.net.linear(0).W(0, 0) = 3;
  Dataset<double> data;
  data.train = {.x = Matrix<double>(2, 1, std::vector<double>{0, 2}),
                .targets = {.labels = {}, .values = Matrix<double>(2, 1, std::vector<double>{1, 5})}};
  data.feature_names = {"x1"};
  const std::string script = plot_fit(model, data).script;
  for (const auto& point : block(script, "net")) BOOST_TEST(point[1] == 3 * point[0]);
  BOOST_TEST((block(script, "train") == Numbers{{0, 1}, {2, 5}}));
  BOOST_TEST(!contains(script, "plot $test"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_drawn) {
  BOOST_CHECK_EXCEPTION(plot_curves(diagonal_model()), InputError, says("the model has no history"));
  Model wide = diagonal_model();
  wide.spec.widths = {784, 10};
  BOOST_CHECK_EXCEPTION(plot_boundary(wide, diagonal_data()), InputError, says("this one has 784"));
  BOOST_CHECK_EXCEPTION(plot_fit(diagonal_model(), diagonal_data()), InputError, says("1 input and 1 output"));
  Dataset<double> values = diagonal_data();
  values.train.targets = {.labels = {}, .values = Matrix<double>(4, 1, 0.5)};
  BOOST_CHECK_EXCEPTION(plot_boundary(diagonal_model(), values), InputError, says("a decision boundary needs classes"));
  BOOST_CHECK_EXCEPTION(plot_format_of("a.jpg"), InputError, says("a.jpg: a plot is written as .svg, .png, .pdf"));
}

BOOST_AUTO_TEST_CASE(gnuplot_draws_whatever_the_names_are) {
  if (!has_gnuplot()) {
    BOOST_TEST_MESSAGE("skipped: the program gnuplot is not there (package gnuplot-nox)");
    return;
  }
  Dataset<double> data = diagonal_data();
  data.feature_names = {"it's `date` $x_1^2 \\ \"", "a\nb"};
  data.class_names = {"<b> & 'c'", "{/Bold d}"};
  const std::string svg = render_plot(plot_boundary(diagonal_model(), data), PlotFormat::svg);
  BOOST_TEST(contains(svg, "it's `date` $x_1^2 \\"));
  BOOST_TEST(contains(svg, "{/Bold d}"));
  BOOST_TEST(contains(svg, "<title>2-2, tanh, cross-entropy, by hand</title>"));
  BOOST_TEST(contains(svg, "role=\"img\""));
  BOOST_TEST(!contains(svg, "GNUPLOT"));
  BOOST_TEST(render_plot(plot_curves(with_history()), PlotFormat::png).starts_with("\x89PNG"));
  BOOST_TEST(render_plot(plot_norms(with_history()), PlotFormat::pdf).starts_with("%PDF"));
}

BOOST_AUTO_TEST_CASE(without_gnuplot_the_package_is_named_and_the_script_still_comes) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nonexistent", 1);
  const Plot plot = plot_curves(with_history());
  BOOST_CHECK_EXCEPTION(render_plot(plot, PlotFormat::svg), InputError, says("install the package gnuplot-nox"));
  BOOST_TEST(render_plot(plot, PlotFormat::gnuplot) == plot.script);
  ::setenv("PATH", path.c_str(), 1);
}

BOOST_AUTO_TEST_SUITE_END()
