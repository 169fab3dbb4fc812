#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <vector>

#include "gradwalk/nn/random.hpp"
#include "readers.hpp"

// Valid files with a few bytes changed, cut, doubled or swapped for numbers that sizes and offsets go wrong at. The
// same seeds in every run, for one second a reader; under the asan preset a read outside a buffer ends the test.

using namespace gradwalk;

namespace {

std::string gzipped(const std::string& bytes) {
  std::string packed(bytes.size() + 1000, '\0');
  z_stream stream{};
  BOOST_REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::vector<std::string> valid_files(const std::string& reader) {
  const NpyArray matrix{{2, 3}, std::vector<double>{1, 2, 3, 4, 5, 6}}, labels{{2}, std::vector<std::int64_t>{0, 1}};
  if (reader == "npy") return {to_npy(matrix), to_npy(labels)};
  if (reader == "csv") return {"a,\"b \"\"c\"\"\",kind\r\n1.5,-2e3,x\n3,4,\"y\nz\"\n", "1;2;0\n3;4;1\n"};
  if (reader == "safetensors") return {to_safetensors({.tensors = {{"W", matrix}}, .metadata = {{"by", "fuzz"}}})};
  if (reader == "idx") {
    const std::string plain(
        "\0\0\x08\x02\0\0\0\x02\0\0\0\x03"
        "abcdef",
        18);
    return {plain, gzipped(plain)};
  }
  if (reader == "record.json") return {NpzReader(small_record(), "small").file("record.json")};
  if (reader == "model.json") return {NpzReader(small_model(), "small").file("model.json")};
  if (reader == "toml")
    return {
        "net = \"2-10-2\"\nloss = 'squared'\nseed = 3\nmomentum = 0.9\nshuffle = false\n",
        "net = [2, 10, 2]\nactivation = \"relu\"\ndata = \"moons\"\ninit = \"he\"\ndtype = \"float32\"\nepochs = 2\n"};
  NpzWriter npz;
  npz.add_array("step0/W1", matrix);
  npz.add_array("y", labels);
  npz.add_file("record.json", "{}");
  return {npz.bytes()};
}

std::string mutated(std::string bytes, Random& random) {
  static const std::string evil[] = {std::string(4, '\xff'),
                                     std::string(8, '\xff'),
                                     std::string(8, '\0'),
                                     "\x7f\xff\xff\xff",
                                     "PK\x05\x06",
                                     "PK\x06\x07",
                                     "\"",
                                     "nan",
                                     "(",
                                     "1e999",
                                     "\r\n",
                                     "0",
                                     "-1",
                                     "4294967296",
                                     "[",
                                     "null",
                                     "\x1f\x8b\x08"};
  for (std::uint64_t changes = 1 + random.below(4); changes > 0 && !bytes.empty(); --changes) {
    const std::size_t at = random.below(bytes.size()), size = random.below(bytes.size() - at + 1);
    switch (random.below(6)) {
      case 0:
        bytes[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 2:
        bytes.erase(at, size);
        break;
      case 3:
        bytes.insert(at, bytes.substr(at, size));
        break;
      case 4:
        bytes.insert(at, evil[random.below(std::size(evil))]);
        break;
      default: {
        const std::string& with = evil[random.below(std::size(evil))];
        bytes.replace(at, std::min(with.size(), bytes.size() - at), with);
      }
    }
  }
  return bytes;
}

void check_reader(const Reader& reader) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(1);
  const std::vector<std::string> files = valid_files(reader.name);
  for (const std::string& file : files) BOOST_CHECK_NO_THROW(reader.read(file));
  std::uint64_t seed = 0;
  for (; Clock::now() < end; ++seed) {
    Random random(seed);
    const std::string bytes = mutated(files[seed % files.size()], random);
    BOOST_REQUIRE_MESSAGE(survives(reader, bytes), reader.name << " fails on the bytes of seed " << seed);
  }
  BOOST_TEST_MESSAGE(reader.name << ": " << seed << " damaged files");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mutation)

BOOST_AUTO_TEST_CASE(every_reader_survives_damaged_files) {
  for (const Reader& reader : readers) check_reader(reader);
}

BOOST_AUTO_TEST_SUITE_END()
