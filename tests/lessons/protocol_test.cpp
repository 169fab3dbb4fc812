#include "gradwalk/harness/protocol.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <random>

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

/// A reply written by hand, byte by byte as lessons/driver/main.cpp says.
std::string reply_of_one(std::uint32_t count = 1) {
  std::string bytes = "GWA1";
  const auto put = [&bytes](const auto& value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); };
  put(count);
  put(std::uint32_t{1});
  bytes += "z";
  put(std::uint32_t{2});
  put(std::uint64_t{1});
  put(std::uint64_t{2});
  put(0.25);
  put(-4.0);
  return bytes;
}

ReplyFault fault_of(const std::string& bytes) { return decode_reply(bytes).fault; }

}  // namespace

BOOST_AUTO_TEST_SUITE(replies)

BOOST_AUTO_TEST_CASE(a_whole_reply_is_read) {
  const Reply reply = decode_reply(reply_of_one());
  BOOST_TEST((reply.fault == ReplyFault::none));
  BOOST_REQUIRE(reply.find("z"));
  BOOST_TEST(reply.find("z")->shape == (Shape{1, 2}), boost::test_tools::per_element());
  BOOST_TEST(reply.find("z")->values == (std::vector<double>{0.25, -4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_truncation_is_short) {
  const std::string whole = reply_of_one();
  BOOST_TEST((fault_of("") == ReplyFault::nothing));
  for (std::size_t size = 1; size < whole.size(); ++size)
    BOOST_TEST((fault_of(whole.substr(0, size)) == ReplyFault::too_short), size);
}

BOOST_AUTO_TEST_CASE(more_than_one_reply_is_surplus) {
  BOOST_TEST((fault_of(reply_of_one() + "x") == ReplyFault::surplus));
  BOOST_TEST((fault_of(reply_of_one() + reply_of_one()) == ReplyFault::surplus));
}

BOOST_AUTO_TEST_CASE(lies_about_sizes_are_seen_before_they_are_believed) {
  std::string lie = reply_of_one();
  const std::uint64_t huge = ~std::uint64_t{0};
  std::memcpy(lie.data() + 17, &huge, sizeof huge);
  BOOST_TEST((fault_of(lie) == ReplyFault::malformed));
  BOOST_TEST((fault_of(reply_of_one(1000000)) == ReplyFault::malformed));
  BOOST_TEST((fault_of("HTTP/1.1 200 OK") == ReplyFault::malformed));
}

BOOST_AUTO_TEST_CASE(noise_never_gives_numbers_by_accident) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes = reply_of_one();
    bytes[random() % 25] = static_cast<char>(random());
    const Reply reply = decode_reply(bytes);
    BOOST_TEST((reply.fault == ReplyFault::none) == !reply.tensors.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
