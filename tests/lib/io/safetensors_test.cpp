#include "gradwalk/nn/safetensors.hpp"

#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

std::string safetensors_of(const std::string& header, const std::string& data) {
  std::string bytes(8, '\0');
  bytes[0] = static_cast<char>(header.size());
  return bytes + header + data;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(safetensors)

BOOST_AUTO_TEST_CASE(laid_by_hand) {
  const std::string header = R"({"w":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},)"
                             R"("s":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"__metadata__":{"by":"hand"}})";
  const std::string bytes = safetensors_of(header, std::string("\0\0\0\0\0\0\xf8\x3f\0\0\x80\x3f\0\0\x20\xc0", 16));
  const SafeTensors content = parse_safetensors(bytes, "t");
  BOOST_TEST((content.tensors.at("s") == NpyArray{{}, std::vector<double>{1.5}}));
  BOOST_TEST((content.tensors.at("w") == NpyArray{{1, 2}, std::vector<float>{1, -2.5F}}));
  BOOST_TEST(content.metadata.at("by") == "hand");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  SafeTensors content;
  content.tensors["0.weight"] = {{2, 2}, std::vector<float>{1, 2, 3, 4}};
  content.tensors["0.bias"] = {{2}, std::vector<double>{0.1, 1e-300}};
  content.metadata["format"] = "gradwalk";
  const std::string bytes = to_safetensors(content);
  BOOST_TEST((parse_safetensors(bytes, "t") == content));
  BOOST_TEST((bytes.size() - 4 * 4 - 2 * 8) % 8 == 0u);
}

BOOST_AUTO_TEST_CASE(damaged_files) {
  const auto refused = [](const std::string& bytes, const std::string& message) {
    BOOST_CHECK_EXCEPTION(parse_safetensors(bytes, "t"), InputError, says("t: " + message));
  };
  const auto one = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
    return safetensors_of(
        "{\"w\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}",
        std::string(16, '\0'));
  };
  refused("abc", "the file is cut off");
  refused(std::string(8, '\x7f') + "{}", "this is not a .safetensors file");
  refused(safetensors_of("{", ""), "the header of the .safetensors file is damaged");
  refused(safetensors_of("[1]", ""), "the header of the .safetensors file is damaged");
  refused(one("F64", "[2]", "[0,17]"), "w: its data lie outside the file");
  refused(one("F64", "[2]", "[16,0]"), "w: its data lie outside the file");
  refused(one("F64", "[2]", "[0]"), "w: its data lie outside the file");
  refused(one("F64", "[3]", "[0,16]"), "w: its shape does not fit its 16 bytes");
  refused(one("F64", "[4294967296,4294967296,16]", "[0,16]"), "w: its shape does not fit its 16 bytes");
  refused(one("BF16", "[8]", "[0,16]"), "w: its type is BF16");
  refused(one("F64", "[-2]", "[0,16]"), "");
}

BOOST_AUTO_TEST_SUITE_END()
