#include "gradwalk/tracer/plot.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/surface.hpp"
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
  BOOST_TEST(plot.title == "2-2, cross-entropy, by hand");
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

BOOST_AUTO_TEST_CASE(a_net_is_kept_as_it_is_after_each_epoch_asked_for) {
  Dataset<double> data;  // L = (w + 1)² + (b − 2)²: with a rate of 0.25 the way to (−1, 2) is halved in each epoch
  data.train = {.x = Matrix<double>(2, 1, std::vector<double>{1, -1}),
                .targets = {.labels = {}, .values = Matrix<double>(2, 1, std::vector<double>{1, 3})}};
  data.feature_names = {"x1"};
  Model model;
  model.spec.widths = {1, 1};
  model.spec.loss = Loss::squared;
  model.net = make_net<double>({1, 1}, "tanh", Loss::squared);
  const TrainingOptions training{.epochs = 1, .batch = 2, .learning_rate = 0.25};
  const auto nets = nets_at_epochs(model.net, Loss::squared, data.train, training, {3, 0, 1, 3});
  BOOST_TEST(epochs_of(nets) == "0, 1, 3");
  const std::string script = plot_fit(model, nets, data).script;
  for (const auto& point : block(script, "net")) {
    BOOST_TEST(std::abs(point[1]) < 1e-12);
    BOOST_TEST(std::abs(point[2] - (-0.5 * point[0] + 1)) < 1e-12);
    BOOST_TEST(std::abs(point[3] - (-0.875 * point[0] + 1.75)) < 1e-12);
  }
  BOOST_TEST(contains(script, "title 'epoch 3'"));
}

BOOST_AUTO_TEST_CASE(the_boundary_of_each_epoch_has_its_own_ground) {
  const Model model = diagonal_model();
  Net<double> turned = model.net;
  turned.linear(0).W = Matrix<double>(2, 2, std::vector<double>{20, -20, -20, 20});
  const std::string script = plot_boundary(model, {{0, model.net}, {10, turned}}, diagonal_data()).script;
  const Numbers before = block(script, "ground0"), after = block(script, "ground10");
  BOOST_REQUIRE(before.size() == after.size());
  for (std::size_t n = 0; n < before.size(); ++n) {
    if (std::abs(before[n][0] - before[n][1]) > 0.5) BOOST_TEST((before[n][5] > 0) == (after[n][5] < 0));
  }
  BOOST_TEST(contains(script, "set multiplot layout 1,2"));
  BOOST_TEST(contains(script, "set title 'epoch 10'"));
}

BOOST_AUTO_TEST_CASE(weights_lie_where_their_pixels_lie) {
  Model model;
  model.spec.widths = {9, 2};
  model.net = make_net<double>({9, 2}, "tanh", Loss::cross_entropy);
  model.net.linear(0).W =
      Matrix<double>(2, 9, std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 1. / 3, 0, 0, 0, 0, -0.5, 0, 0, 0, -9});
  const std::string script = plot_weights(model).script;
  BOOST_TEST((block(script, "unit0") == Numbers{{1, 2, 3}, {4, 5, 6}, {7, 8, 1. / 3}}));
  BOOST_TEST((block(script, "unit1") == Numbers{{0, 0, 0}, {0, -0.5, 0}, {0, 0, -9}}));
  BOOST_TEST(contains(script, "set cbrange [-9:9]"));  // 0 is white
  model.net = make_net<double>({8, 2}, "tanh", Loss::cross_entropy);
  BOOST_CHECK_EXCEPTION(plot_weights(model), InputError, says("this one has 8 inputs"));
}

/// Where the rows of a block are, by their first number.
std::vector<double> row_at(const Numbers& rows, double x) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return std::abs(row[0] - x) < 1e-6; });
  BOOST_REQUIRE(found != rows.end());
  return *found;
}

BOOST_AUTO_TEST_CASE(losses_are_what_the_formulas_say) {
  const std::string script = plot_losses().script;
  const auto holds = [&](const char* name, double (*loss)(double), double (*slope)(double)) {
    const Numbers rows = block(script, name);
    BOOST_TEST(rows.size() > 50u);
    for (const auto& row : rows) {
      BOOST_TEST(std::abs(row[1] - loss(row[0])) < 1e-9, name << " at " << row[0]);
      BOOST_TEST(std::abs(row[2] - slope(row[0])) < 1e-9, name << "' at " << row[0]);
    }
  };
  holds(
      "squared", [](double e) { return e * e; }, [](double e) { return 2 * e; });
  holds(
      "absolute", [](double e) { return e < 0 ? -e : e; }, [](double e) { return e < 0 ? -1. : 1.; });
  holds(
      "zero_one", [](double z) { return z > 0 ? 0. : 1.; }, [](double) { return 0.; });
  // With the label 1: −log of 1/(1 + e^−z).
  holds(
      "logistic", [](double z) { return std::log(1 + std::exp(-z)); },
      [](double z) { return 1 / (1 + std::exp(-z)) - 1; });
  holds(
      "cross_entropy", [](double p) { return -std::log(p); }, [](double p) { return -1 / p; });
}

BOOST_AUTO_TEST_CASE(at_a_kink_the_line_is_broken_and_a_dot_stands_at_what_one_takes) {
  const std::string losses = plot_losses().script, activations = plot_activations().script;
  BOOST_TEST((block(losses, "absolute_kink") == Numbers{{0, 0, 0}}));
  BOOST_TEST((block(losses, "zero_one_kink") == Numbers{{0, 1, 0}}));
  BOOST_TEST((block(activations, "relu_kink") == Numbers{{0, 0, 0}}));
  BOOST_TEST((block(activations, "leaky_relu_kink") == Numbers{{0, 0, 0.1}}));
  const std::size_t at = losses.find("$absolute <<"), gap = losses.find("\n\n", at);
  BOOST_TEST(gap < losses.find("EOD\n", at + 20));
  BOOST_TEST(contains(losses, "$absolute_kink using 1:3 with points"));
  BOOST_TEST(contains(losses, "$zero_one_kink using 1:2 with points"));
  BOOST_TEST(!contains(losses, "$zero_one_kink using 1:3 with points"));
}

BOOST_AUTO_TEST_CASE(activations_and_their_slopes) {
  const std::string script = plot_activations().script;
  const Numbers tanh = block(script, "tanh"), sigmoid = block(script, "sigmoid"), relu = block(script, "relu"),
                leaky = block(script, "leaky_relu");
  for (const auto& row : tanh) {
    const double a = (std::exp(row[0]) - std::exp(-row[0])) / (std::exp(row[0]) + std::exp(-row[0]));
    BOOST_TEST((std::abs(row[1] - a) < 1e-12 && std::abs(row[2] - (1 - a * a)) < 1e-12));
  }
  for (const auto& row : sigmoid) {
    const double a = 1 / (1 + std::exp(-row[0]));
    BOOST_TEST((std::abs(row[1] - a) < 1e-12 && std::abs(row[2] - a * (1 - a)) < 1e-12));
  }
  const double aside = 1e-9;  // the pieces end beside the kink
  BOOST_TEST((row_at(relu, -6) == std::vector<double>{-6, 0, 0}));
  BOOST_TEST((row_at(relu, 6) == std::vector<double>{6, 6, 1}));
  BOOST_TEST((row_at(relu, -aside)[2] == 0));
  BOOST_TEST(std::abs(row_at(leaky, -6)[1] + 0.6) < 1e-12);
  BOOST_TEST(row_at(leaky, -6)[2] == 0.1);
  BOOST_TEST(row_at(leaky, 6)[2] == 1);
}

BOOST_AUTO_TEST_CASE(a_slice_shows_the_loss_beside_the_share_of_wrong_rows) {
  Model model = diagonal_model(Loss::logistic);  // z = w·x1 − x2 on rows whose label is 1 where x1 > x2
  model.spec.widths = {2, 1};
  model.net = make_net<double>({2, 1}, "tanh", Loss::logistic);
  model.net.linear(0).W = Matrix<double>(1, 2, std::vector<double>{3, -1});
  const Numbers rows = block(plot_slice(model, diagonal_data(), "W1[0,0]").script, "slice");
  BOOST_TEST(rows.front()[0] == -3);
  BOOST_TEST(rows.back()[0] == 9);
  for (const auto& row : rows) {
    const double w = row[0];
    // (−1, 1) and (0, 1) are of class 0, (1, −1) and (1, 0) of class 1.
    const double loss = (std::log(1 + std::exp(-w - 1)) + std::log(1 + std::exp(-1.)) + std::log(1 + std::exp(-w - 1)) +
                         std::log(1 + std::exp(-w))) /
                        4;
    const double wrong = (w < -1 ? 2 : 0) + (w <= 0 ? 1 : 0);
    BOOST_TEST(std::abs(row[1] - loss) < 1e-12);
    if (std::abs(w + 1) > 1e-6 && std::abs(w) > 1e-6) BOOST_TEST(row[2] == wrong / 4);
  }
  BOOST_CHECK_EXCEPTION(plot_slice(model, diagonal_data(), "W2[0,0]"), InputError, says("has no parameter"));
  model.spec.loss = Loss::squared;
  BOOST_CHECK_EXCEPTION(plot_slice(model, diagonal_data(), "W1[0,0]"), InputError, says("needs classes"));
}

BOOST_AUTO_TEST_CASE(a_title_names_a_file_without_its_folders) {
  Model model = with_history();
  for (const char* data : {"idx:/some/where/mnist", "idx:mnist"}) {
    model.spec.data = data;
    BOOST_TEST(plot_curves(model).title == "2-2, cross-entropy, idx:mnist");
  }
}

BOOST_AUTO_TEST_CASE(a_title_names_an_activation_only_where_there_is_one) {
  Model model = with_history();
  model.spec.widths = {2, 3, 2};
  BOOST_TEST(plot_curves(model).title == "2-3-2, tanh, cross-entropy, by hand");
}

BOOST_AUTO_TEST_CASE(the_gradient_norms_over_the_layers) {
  const Plot plot = plot_depth(with_history());
  BOOST_TEST((block(plot.script, "layers") == Numbers{{1, 5, 5.5}, {2, 6, 6.5}}));
  BOOST_TEST(contains(plot.script, "set logscale y"));
}

/// L = (1/2)·((w·1 + b − 1)² + (w·(−1) + b − 3)²) = (w + 1)² + (b − 2)²: a round bowl with its bottom in (−1, 2).
Model round_bowl() {
  Model model;
  model.spec.widths = {1, 1};
  model.spec.loss = Loss::squared;
  model.spec.data = "by hand";
  model.net = make_net<double>({1, 1}, "tanh", Loss::squared);
  return model;
}

Dataset<double> two_points() {
  Dataset<double> data;
  data.train = {.x = Matrix<double>(2, 1, std::vector<double>{1, -1}),
                .targets = {.labels = {}, .values = Matrix<double>(2, 1, std::vector<double>{1, 3})}};
  data.feature_names = {"x1"};
  return data;
}

BOOST_AUTO_TEST_CASE(a_descent_on_its_surface) {
  Model model = round_bowl();
  const Dataset<double> data = two_points();
  TrainingOptions training;
  training.epochs = 3;
  training.batch = 2;
  training.learning_rate = 0.25;  // w + 1 and b − 2 are halved by every step
  const DescentPath path = follow_descent(model.net, Loss::squared, data.train, training);
  BOOST_TEST((path.axes == std::array<std::string, 2>{"W1[0,0]", "b1[0]"}));
  const Numbers expected = {{0, 0}, {-0.5, 1}, {-0.75, 1.5}, {-0.875, 1.75}};
  const std::string script = plot_surface(model, data, path, Frame{-3, 1, 0, 4}).script;
  BOOST_TEST((block(script, "path") == expected));
  const Numbers ground = block(script, "surface");
  double highest = 0;
  for (const auto& point : ground) {
    BOOST_TEST(std::abs(point[2] - (std::pow(point[0] + 1, 2) + std::pow(point[1] - 2, 2))) < 1e-12);
    highest = std::max(highest, point[3]);
  }
  BOOST_TEST(highest == 1);
  BOOST_TEST(ground.front()[0] == -3);
  BOOST_TEST(ground.back()[1] == 4);
  // Without a frame the whole path is in sight.
  const Numbers around = block(plot_surface(model, data, path).script, "surface");
  BOOST_TEST(around.front()[0] < -0.875);
  BOOST_TEST(around.back()[1] > 1.75);
}

BOOST_AUTO_TEST_CASE(a_descent_that_runs_away_is_drawn_as_far_as_it_has_numbers) {
  Model model = round_bowl();
  const Dataset<double> data = two_points();
  TrainingOptions training;
  training.epochs = 2000;
  training.batch = 2;
  training.learning_rate = 2;  // each step is three times as far from the bottom
  const DescentPath path = follow_descent(model.net, Loss::squared, data.train, training);
  BOOST_TEST(path.points.size() > 100u);
  BOOST_TEST(path.points.size() < 1000u);
  for (const auto& [w, b] : path.points) BOOST_TEST((std::isfinite(w) && std::isfinite(b)));
}

BOOST_AUTO_TEST_CASE(parameters_by_name) {
  Net<double> net = make_net<double>({2, 3, 1}, "tanh", Loss::squared);
  net.linear(0).W(2, 1) = 5;
  net.linear(1).b[0] = 7;
  BOOST_TEST(parameter_named(net, "W1[2,1]") == 5);
  BOOST_TEST(parameter_named(net, "b2[0]") == 7);
  for (const char* name : {"", "W1", "W1[3,0]", "W1[0,2]", "W3[0,0]", "W0[0,0]", "b1[3]", "b1[0,0]", "W1[0]",
                           "W1[0,0]x", "x[0,0]", "W1[-1,0]", "W[0,0]", "W1[0,0"})
    BOOST_CHECK_EXCEPTION(parameter_named(net, name), InputError, says("the net 2-3-1 has no parameter"));
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
  BOOST_TEST(contains(svg, "<title>2-2, cross-entropy, by hand</title>"));
  BOOST_TEST(contains(svg, "role=\"img\""));
  BOOST_TEST(!contains(svg, "GNUPLOT"));
  BOOST_TEST(contains(render_plot(plot_depth(with_history()), PlotFormat::svg), "role=\"img\""));
  Model bowl = round_bowl();
  const DescentPath path = follow_descent(bowl.net, Loss::squared, two_points().train, {.epochs = 5});
  const std::string surface = render_plot(plot_surface(bowl, two_points(), path), PlotFormat::svg);
  BOOST_TEST(contains(surface, "<image"));
  BOOST_TEST(!contains(surface, "pixelated"));
  Model pictures;
  pictures.spec.widths = {9, 2};
  pictures.net = make_net<double>({9, 2}, "tanh", Loss::cross_entropy);
  const std::string weights = render_plot(plot_weights(pictures), PlotFormat::svg);
  BOOST_TEST(contains(weights, "<image style='image-rendering:pixelated'"));
  BOOST_TEST(weights.size() < 100'000u);
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
