#include "gradwalk/harness/protocol.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace gradwalk::harness {
namespace {

static_assert(std::endian::native == std::endian::little, "the driver writes its numbers as they lie in memory");

constexpr std::uint32_t request_magic = 0x31515747;  // "GWQ1"
constexpr std::uint32_t reply_magic = 0x31415747;    // "GWA1"
constexpr std::uint32_t longest_name = 256;
constexpr std::uint32_t highest_rank = 4;
constexpr std::uint32_t most_tensors = 64;

template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put_string(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out.append(text);
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  bool number(T& value) {
    if (rest_.size() < sizeof value) return false;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return true;
  }
  bool text(std::string& value, std::size_t size) {
    if (rest_.size() < size) return false;
    value.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }
  bool doubles(std::vector<double>& values, std::size_t count) {
    if (rest_.size() / sizeof(double) < count) return false;
    values.resize(count);
    if (count) std::memcpy(values.data(), rest_.data(), count * sizeof(double));
    rest_.remove_prefix(count * sizeof(double));
    return true;
  }
  bool at_end() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

ReplyFault read_tensor(Reader& in, NamedTensor& tensor) {
  std::uint32_t length = 0, rank = 0;
  if (!in.number(length)) return ReplyFault::too_short;
  if (length > longest_name) return ReplyFault::malformed;
  if (!in.text(tensor.name, length) || !in.number(rank)) return ReplyFault::too_short;
  if (rank > highest_rank) return ReplyFault::malformed;
  std::size_t count = 1;
  for (std::uint32_t axis = 0; axis < rank; ++axis) {
    std::uint64_t dimension = 0;
    if (!in.number(dimension)) return ReplyFault::too_short;
    if (dimension != 0 && count > (std::size_t{1} << 40) / dimension) return ReplyFault::malformed;
    count *= static_cast<std::size_t>(dimension);
    tensor.shape.push_back(static_cast<std::size_t>(dimension));
  }
  return in.doubles(tensor.values, count) ? ReplyFault::none : ReplyFault::too_short;
}

}  // namespace

std::string encode_request(std::string_view function, std::span<const NamedTensor> tensors) {
  std::string out;
  put(out, request_magic);
  put_string(out, function);
  put(out, static_cast<std::uint32_t>(tensors.size()));
  for (const NamedTensor& tensor : tensors) {
    put_string(out, tensor.name);
    put(out, static_cast<std::uint32_t>(tensor.shape.size()));
    for (const std::size_t dimension : tensor.shape) put(out, static_cast<std::uint64_t>(dimension));
    out.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(double));
  }
  return out;
}

const NamedTensor* Reply::find(std::string_view name) const {
  for (const NamedTensor& tensor : tensors)
    if (tensor.name == name) return &tensor;
  return nullptr;
}

Reply decode_reply(std::string_view bytes) {
  Reply reply;
  if (bytes.empty()) return reply;
  Reader in(bytes);
  std::uint32_t magic = 0, count = 0;
  const auto give_up = [&reply](ReplyFault fault) {
    reply.fault = fault;
    reply.tensors.clear();
    return reply;
  };
  if (!in.number(magic)) return give_up(ReplyFault::too_short);
  if (magic != reply_magic) return give_up(ReplyFault::malformed);
  if (!in.number(count)) return give_up(ReplyFault::too_short);
  if (count > most_tensors) return give_up(ReplyFault::malformed);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (in.at_end()) return give_up(ReplyFault::too_short);
    NamedTensor tensor;
    if (const ReplyFault fault = read_tensor(in, tensor); fault != ReplyFault::none) return give_up(fault);
    if (reply.find(tensor.name)) return give_up(ReplyFault::malformed);
    reply.tensors.push_back(std::move(tensor));
  }
  reply.fault = in.at_end() ? ReplyFault::none : ReplyFault::surplus;
  if (reply.fault != ReplyFault::none) reply.tensors.clear();
  return reply;
}

}  // namespace gradwalk::harness
