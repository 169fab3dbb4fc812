#include "gradwalk/nn/idx.hpp"

#include <zlib.h>

#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"

using namespace gradwalk;

namespace {

std::string idx_of(const std::vector<unsigned>& shape, const std::string& data, char type = 8) {
  std::string bytes{'\0', '\0', type, static_cast<char>(shape.size())};
  for (const unsigned size : shape) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift);
  }
  return bytes + data;
}

std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  BOOST_REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(bytes.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// Three training images of 1 × 2 pixels and one test image.
void write_small_set(const TemporaryFolder& folder) {
  write_file(folder / "train-images-idx3-ubyte", idx_of({3, 1, 2}, std::string("\x00\xff\x33\x66\x01\x02", 6)));
  write_file(folder / "train-labels.idx1-ubyte.gz", gzipped(idx_of({3}, std::string("\x02\x00\x01", 3))));
  write_file(folder / "t10k-images.idx3-ubyte", idx_of({1, 1, 2}, "\xff\xff"));
  write_file(folder / "t10k-labels-idx1-ubyte", idx_of({1}, "\x01"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(idx)

BOOST_AUTO_TEST_CASE(plain_and_gzipped) {
  const std::string bytes = idx_of({2, 3}, "abcdef");
  for (const std::string& file : {bytes, gzipped(bytes), gzipped(bytes.substr(0, 7)) + gzipped(bytes.substr(7))}) {
    const IdxArray array = parse_idx(file, "i");
    BOOST_TEST(array.shape == (std::vector<std::size_t>{2, 3}), boost::test_tools::per_element());
    BOOST_TEST(std::string(array.values().begin(), array.values().end()) == "abcdef");
  }
}

BOOST_AUTO_TEST_CASE(damaged_files) {
  const auto refused = [](const std::string& bytes, const std::string& message) {
    BOOST_CHECK_EXCEPTION(parse_idx(bytes, "t"), InputError, says("t: " + message));
  };
  const std::string good = idx_of({2, 3}, "abcdef"), packed = gzipped(good);
  refused("", "this is not an IDX file");
  refused("1,2,3\n", "this is not an IDX file");
  refused(good.substr(0, 9), "the IDX header is cut off");
  refused(good.substr(0, good.size() - 1), "its header promises 2 × 3 bytes, but there are 5");
  refused(good + "g", "its header promises 2 × 3 bytes, but there are 7");
  refused(idx_of({0xffffffff, 0xffffffff, 0xffffffff}, "abcdef"), "its header promises 4294967295 × 4294967295 ×");
  refused(idx_of({2}, "abcdefgh", 0x0d), "it holds elements of IDX type 13");
  refused(idx_of({}, ""), "its header gives 0 dimensions");
  refused(idx_of({1, 1, 1, 1, 1}, "a"), "its header gives 5 dimensions");
  refused(packed.substr(0, packed.size() - 3), "the gzip file is damaged or cut off");
  refused(packed.substr(0, 3), "the gzip file is damaged or cut off");
  std::string wrong_checksum = packed;
  wrong_checksum[packed.size() - 8] ^= 1;
  refused(wrong_checksum, "the gzip file is damaged or cut off");
}

BOOST_AUTO_TEST_CASE(a_folder_under_any_of_the_usual_names) {
  const TemporaryFolder folder;
  write_small_set(folder);
  const auto set = read_idx_folder<double>(folder.path());
  BOOST_TEST(set.train.x.values() == (std::vector<double>{0, 1, 0.2, 0.4, 1. / 255, 2. / 255}),
             boost::test_tools::per_element());
  BOOST_TEST(set.train.targets.labels == (std::vector<int>{2, 0, 1}), boost::test_tools::per_element());
  BOOST_TEST(set.test.size() == 1u);
  const auto raw = read_idx_folder<float>(folder.path(), true);
  BOOST_TEST(raw.train.x.values() == (std::vector<float>{0, 255, 51, 102, 1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_folder_that_does_not_fit_together) {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& message) {
    BOOST_CHECK_EXCEPTION(read_idx_folder<float>(folder.path()), InputError, says(message));
  };
  refused("train-images-idx3-ubyte: there is neither this file nor train-images-idx3-ubyte.gz");
  write_small_set(folder);
  write_file(folder / "t10k-labels-idx1-ubyte", idx_of({2}, "\x01\x01"));
  refused("t10k-labels-idx1-ubyte: there are 2 labels for 1 images");
  write_file(folder / "t10k-labels-idx1-ubyte", idx_of({1, 1}, "\x01"));
  refused("labels must have one dimension");
  write_small_set(folder);
  write_file(folder / "t10k-images.idx3-ubyte", idx_of({1, 1, 1}, "\xff"));
  refused("training images have 2 pixels, test images 1");
  write_file(folder / "t10k-images.idx3-ubyte", idx_of({0, 1, 1}, ""));
  refused("it holds no images");
  BOOST_CHECK_EXCEPTION(read_idx_folder<float>("/no/such"), InputError, says("there is no such folder"));
}

BOOST_AUTO_TEST_SUITE_END()
