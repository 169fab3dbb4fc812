#include "gradwalk/nn/dataset.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/generators.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

using Words = std::vector<std::string>;

void refused(const std::string& spec, const std::string& message, const DatasetOptions& options = {}) {
  BOOST_CHECK_EXCEPTION(load_dataset<double>(spec, options), InputError, says(message));
}

/// Both parts together, in no particular order.
std::multiset<std::vector<double>> all_rows(const Dataset<double>& set) {
  std::multiset<std::vector<double>> rows;
  for (const auto* part : {&set.train, &set.test}) {
    for (std::size_t i = 0; i < part->size(); ++i) {
      std::vector<double> row(part->x.row(i).begin(), part->x.row(i).end());
      row.push_back(part->targets.labels[i]);
      rows.insert(row);
    }
  }
  return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dataset)

BOOST_AUTO_TEST_CASE(the_lessons_points_are_split_as_the_lesson_splits_them) {
  const auto set = load_dataset<double>("own-framework");
  BOOST_TEST(set.train.size() == 80u);
  BOOST_TEST(set.test.size() == 20u);
  BOOST_TEST(set.classes == 2u);
  BOOST_TEST(set.train.x(0, 0) == 1.3382817506790161);
  BOOST_TEST(set.train.x(0, 1) == -0.9861325621604919);
  BOOST_TEST(set.test.x(0, 0) == 0.2502022683620453);
  BOOST_TEST(set.train.targets.labels[0] == 1);
  BOOST_TEST(set.train.targets.labels[2] == 0);
  BOOST_TEST(set.test.targets.labels[0] == 1);
}

BOOST_AUTO_TEST_CASE(iris_has_the_means_that_fisher_printed) {
  // R. A. Fisher: The use of multiple measurements in taxonomic problems, 1936, table II.
  const double means[3][4] = {{5.006, 3.428, 1.462, 0.246}, {5.936, 2.770, 4.260, 1.326}, {6.588, 2.974, 5.552, 2.026}};
  const auto set = load_dataset<double>("iris");
  BOOST_TEST(set.train.size() == 120u);
  BOOST_TEST(set.test.size() == 30u);
  BOOST_TEST(set.class_names == (Words{"setosa", "versicolor", "virginica"}), boost::test_tools::per_element());
  BOOST_TEST(set.feature_names == (Words{"sepal length", "sepal width", "petal length", "petal width"}),
             boost::test_tools::per_element());
  std::array<int, 3> count{};
  std::array<std::array<double, 4>, 3> sum{};
  for (const auto& row : all_rows(set)) {
    const auto label = static_cast<std::size_t>(row[4]);
    ++count[label];
    for (std::size_t j = 0; j < 4; ++j) sum[label][j] += row[j];
  }
  for (std::size_t c = 0; c < 3; ++c) {
    BOOST_TEST(count[c] == 50);
    for (std::size_t j = 0; j < 4; ++j) BOOST_TEST(std::abs(sum[c][j] / 50 - means[c][j]) < 1e-9);
  }
  // Samples 35 and 38, which the UCI repository has otherwise.
  const auto rows = all_rows(set);
  BOOST_TEST(rows.contains({4.9, 3.1, 1.5, 0.2, 0}));
  BOOST_TEST(rows.contains({4.9, 3.6, 1.4, 0.1, 0}));
}

BOOST_AUTO_TEST_CASE(a_split_loses_nothing_and_follows_the_seed) {
  const auto set = load_dataset<double>("moons:n=50,noise=0.1,seed=3,test=0.3");
  BOOST_TEST(set.name == "moons:n=50,noise=0.1,seed=3,test=0.3");
  BOOST_TEST(set.test.size() == 15u);
  std::multiset<std::vector<double>> expected;
  const Samples<double> moons = make_moons(50, 0.1, 3);
  for (std::size_t i = 0; i < 50; ++i) {
    expected.insert({moons.x(i, 0), moons.x(i, 1), static_cast<double>(moons.targets.labels[i])});
  }
  BOOST_TEST((all_rows(set) == expected));
  BOOST_TEST((load_dataset<double>("moons:n=50", {.seed = 3, .targets = {}}).train.x ==
              load_dataset<double>("moons:n=50,seed=3").train.x));
  BOOST_TEST((load_dataset<double>("moons").train.x != load_dataset<double>("moons:seed=1").train.x));
}

BOOST_AUTO_TEST_CASE(a_split_takes_its_samples_from_everywhere) {
  // Iris stands in the order of its species: the last fifth of the file would be of one.
  const auto one = load_dataset<double>("iris:seed=1"), other = load_dataset<double>("iris:seed=2");
  for (const auto* part : {&one.train, &one.test}) {
    const auto& labels = part->targets.labels;
    BOOST_TEST(std::set<int>(labels.begin(), labels.end()).size() == 3u);
  }
  BOOST_TEST((one.test.x != other.test.x));
}

BOOST_AUTO_TEST_CASE(a_training_set_is_never_empty) {
  BOOST_TEST(load_dataset<double>("xor:n=1").train.size() == 1u);
  BOOST_TEST(load_dataset<double>("xor:n=1").classes == 2u);
  const auto all = load_dataset<double>("xor:n=4,noise=0,test=0");
  BOOST_TEST(all.train.size() == 4u);
  BOOST_TEST(all.test.size() == 0u);
}

BOOST_AUTO_TEST_CASE(targets_as_they_are_wanted) {
  const auto labels = load_dataset<double>("blobs:n=10,test=0");
  const auto values = load_dataset<double>("blobs:n=10,test=0", {.targets = TargetKind::values});
  const auto one_hot = load_dataset<double>("blobs:n=10,test=0,targets=one-hot", {.targets = TargetKind::values});
  BOOST_TEST(labels.classes == 3u);
  BOOST_TEST(values.classes == 0u);
  BOOST_TEST(values.train.targets.values.cols() == 1u);
  BOOST_TEST(one_hot.train.targets.values.cols() == 3u);
  for (std::size_t i = 0; i < 10; ++i) {
    const int label = labels.train.targets.labels[i];
    BOOST_TEST(values.train.targets.values(i, 0) == label);
    for (int c = 0; c < 3; ++c) {
      BOOST_TEST(one_hot.train.targets.values(i, static_cast<std::size_t>(c)) == (c == label ? 1 : 0));
    }
  }
  const auto curve = load_dataset<double>("curve");
  BOOST_TEST(curve.classes == 0u);
  BOOST_TEST(curve.train.targets.values.rows() == 160u);
  refused("curve", "data set curve: its targets are values, not classes", {.targets = TargetKind::labels});
}

BOOST_AUTO_TEST_CASE(standardized_over_the_training_set) {
  const auto set = load_dataset<double>("iris:standardize=1,seed=2"), plain = load_dataset<double>("iris:seed=2");
  for (std::size_t j = 0; j < 4; ++j) {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < 120; ++i) {
      sum += set.train.x(i, j);
      squares += set.train.x(i, j) * set.train.x(i, j);
    }
    BOOST_TEST(std::abs(sum) < 1e-10);
    BOOST_TEST(std::abs(squares / 120 - 1) < 1e-12);
    // The test set moves with the training set: the same shift and scale.
    const double scale = (set.train.x(0, j) - set.train.x(1, j)) * (plain.test.x(0, j) - plain.test.x(1, j));
    const double same = (plain.train.x(0, j) - plain.train.x(1, j)) * (set.test.x(0, j) - set.test.x(1, j));
    BOOST_TEST(std::abs(scale - same) < 1e-12);
  }
}

BOOST_AUTO_TEST_CASE(float_is_double_rounded) {
  const auto wide = load_dataset<double>("spirals:seed=4");
  const auto narrow = load_dataset<float>("spirals:seed=4");
  for (std::size_t i = 0; i < wide.train.x.size(); ++i) {
    BOOST_TEST(narrow.train.x.values()[i] == static_cast<float>(wide.train.x.values()[i]));
  }
}

BOOST_AUTO_TEST_CASE(names_and_options_that_do_not_exist) {
  refused("mons", "there is no data set 'mons' (did you mean moons?); there are own-framework, iris, xor,");
  refused("zebra", "there is no data set 'zebra'; there are");
  refused("", "there is no data set ''; there are");
  refused("moons:nois=1", "data set moons:nois=1: it has no option 'nois' (did you mean noise?); it has targets,");
  refused("own-framework:test=0.5", "it has no option 'test'");
  refused("moons:n=5,n=6", "'n' is given twice");
  refused("moons:200", "'200' is no option; write it as name=value");
  refused("moons:n=0", "n must be a whole number from 1 to 10000000, not '0'");
  refused("moons:n=2.5", "n must be a whole number");
  refused("moons:noise=nan", "noise must be a number from 0");
  refused("moons:noise=-1", "noise must be a number from 0");
  refused("moons:test=1", "test must be a number from 0 to 0.9");
  refused("moons:targets=both", "targets must be labels, values or one-hot, not 'both'");
  refused("blobs:classes=1", "classes must be a whole number from 2");
  refused("csv:", "one path is needed, but there are 0");
  refused("no.csv", "cannot read no.csv: there is no such file");
}

BOOST_AUTO_TEST_SUITE_END()
