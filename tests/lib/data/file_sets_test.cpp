#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradwalk/nn/dataset.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/npz.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"

using namespace gradwalk;

namespace {

using Words = std::vector<std::string>;

struct Folder {
  TemporaryFolder folder;

  std::string file(const std::string& name, const std::string& content) {
    write_file(folder / name, content);
    return (folder / name).string();
  }
  std::string array(const std::string& name, const NpyArray& array) { return file(name, to_npy(array)); }
  void refused(const std::string& spec, const std::string& message) {
    BOOST_CHECK_EXCEPTION(load_dataset<double>(spec), InputError, says(message));
  }
};

NpyArray numbers(std::vector<std::size_t> shape, std::vector<double> values) { return {std::move(shape), values}; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(file_sets, Folder)

BOOST_AUTO_TEST_CASE(csv_with_words_as_labels) {
  const std::string path = file("a.csv", "p,kind,q\n1,b,10\n2,a,20\n3,b,30\n");
  for (const std::string& spec : {"csv:" + path + ",label=kind,test=0,scale=10", path + ",label=2,scale=10,test=0"}) {
    const auto set = load_dataset<double>(spec);
    BOOST_TEST(set.class_names == (Words{"a", "b"}), boost::test_tools::per_element());
    BOOST_TEST(set.feature_names == (Words{"p", "q"}), boost::test_tools::per_element());
    BOOST_TEST(set.train.size() == 3u);
    for (std::size_t i = 0; i < 3; ++i) {
      BOOST_TEST(set.train.x(i, 1) == 10 * set.train.x(i, 0));
      BOOST_TEST(set.train.targets.labels[i] == (set.train.x(i, 1) == 2 ? 0 : 1));
    }
  }
}

BOOST_AUTO_TEST_CASE(csv_as_a_regression) {
  const auto set = load_dataset<double>("csv:" + file("a.csv", "1,0.5\n2,-1\n") + ",targets=values,test=0");
  BOOST_TEST(set.classes == 0u);
  for (std::size_t i = 0; i < 2; ++i) BOOST_TEST(set.train.targets.values(i, 0) == (set.train.x(i, 0) == 1 ? 0.5 : -1));
}

BOOST_AUTO_TEST_CASE(csv_labels_that_are_wrong) {
  refused(file("a.csv", "1,0\n2,-1\n"), "a.csv, line 2: the label -1 is negative; classes count from 0");
  refused(file("a.csv", "a,b\n1,0\n\n2,1.5\n"), "a.csv, line 4: the label 1.5 is not a whole number; for a regression");
  refused(file("a.csv", "1,0\n2,99999\n"), "a.csv, line 2: the label 99999 is above 65535");
  refused(file("a.csv", "1,0\n2,x\n"), "a.csv, line 2: the label 'x' is a word, but those before it are numbers");
  refused(file("a.csv", "1,0\n2,nan\n"), "a.csv, line 2: the label nan is not a whole number");
  refused(file("a.csv", "1,0\n2,3\n") + ",classes=3", "there is a label 3, but with classes=3 labels go from 0 to 2");
  refused(file("a.csv", "1,0\n2,x\n") + ",targets=values", "a.csv, line 2: 'x' is not a finite number");
}

BOOST_AUTO_TEST_CASE(npy_pairs) {
  const std::string x = array("x.npy", numbers({3, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
  const std::string y = array("y.npy", {{3}, std::vector<std::int64_t>{0, 2, 1}});
  const auto set = load_dataset<double>("npy:" + x + "," + y + ",test=0");
  BOOST_TEST(set.features() == 4u);
  BOOST_TEST(set.classes == 3u);
  BOOST_TEST((load_dataset<double>(x + "," + y + ",test=0").train.x == set.train.x));

  const std::string values = array("v.npy", numbers({3, 2}, {1, 2, 3, 4, 5, 6}));
  BOOST_TEST(load_dataset<double>("npy:" + x + "," + values + ",targets=values").train.targets.values.cols() == 2u);
  refused("npy:" + x + "," + values, "v.npy: its shape is (3, 2); labels have the shape (3)");
  refused("npy:" + x, "two paths are needed: npy:X.npy,Y.npy");
  refused("npy:" + x + "," + array("z.npy", numbers({2}, {0, 1})), "x.npy has 3 rows, but ");
  refused("npy:" + x + "," + array("z.npy", numbers({3}, {0, 1, 0.5})),
          "z.npy[2]: the label 0.5 is not a whole number");
  refused("npy:" + x + "," + array("z.npy", numbers({3}, {0, -1, 1})), "z.npy[1]: the label -1 is negative");
  refused("npy:" + array("n.npy", numbers({3, 1, 2}, {1, 2, 3, NAN, 5, 6})) + "," + y,
          "n.npy: element [1,0,1] is nan, not a finite number");
  refused("npy:" + array("n.npy", numbers({}, {1})) + "," + y,
          "n.npy: its shape is (); there must be at least one row");
  refused("npy:" + array("n.npy", numbers({0, 2}, {})) + "," + y, "n.npy: its shape is (0, 2)");
}

BOOST_AUTO_TEST_CASE(npz_split_or_whole) {
  NpzWriter whole;
  whole.add_array("x", numbers({2, 1}, {1, 2}));
  whole.add_array("y", numbers({2}, {0, 1}));
  const std::string path = file("whole.npz", whole.bytes());
  BOOST_TEST(load_dataset<double>("npz:" + path + ",test=0").train.size() == 2u);
  BOOST_TEST(load_dataset<double>(path).classes == 2u);

  NpzWriter parts;
  parts.add_array("x_train", numbers({2, 1}, {100, 200}));
  parts.add_array("y_train", numbers({2, 1}, {0, 1}));
  parts.add_array("x_test", numbers({1, 1}, {300}));
  parts.add_array("y_test", numbers({1}, {4}));
  const auto set = load_dataset<double>("npz:" + file("parts.npz", parts.bytes()) + ",scale=100");
  BOOST_TEST(set.train.x.values() == (std::vector<double>{1, 2}), boost::test_tools::per_element());
  BOOST_TEST(set.test.x(0, 0) == 3);
  BOOST_TEST(set.classes == 5u);

  NpzWriter neither;
  neither.add_array("a", numbers({1}, {1}));
  refused(file("neither.npz", neither.bytes()), "neither.npz: it has no array x; it has a");
}

BOOST_AUTO_TEST_SUITE_END()
