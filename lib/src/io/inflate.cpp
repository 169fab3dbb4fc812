#include "inflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace gradwalk {
namespace {

/// Deflate packs at most 1032 to 1, so a size beyond that is a lie and nothing of that size is allocated.
constexpr std::size_t most_packing = 1032;

class Inflater {
 public:
  Inflater(std::string_view packed, int window_bits) : rest_(packed) {
    ready_ = ::inflateInit2(&stream_, window_bits) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { ::inflateEnd(&stream_); }

  /// Unpacks into [begin, begin + room) and returns how much of it was filled.
  std::size_t fill(char* begin, std::size_t room) {
    std::size_t filled = 0;
    while (ready_ && !at_end_ && filled < room) {
      const uInt given = chunk(rest_.size()), space = chunk(room - filled);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));
      stream_.avail_in = given;
      stream_.next_out = reinterpret_cast<Bytef*>(begin + filled);
      stream_.avail_out = space;
      const int status = ::inflate(&stream_, Z_NO_FLUSH);
      rest_.remove_prefix(given - stream_.avail_in);
      filled += space - stream_.avail_out;
      at_end_ = status == Z_STREAM_END;
      if (status != Z_OK && status != Z_STREAM_END) ready_ = false;
    }
    return filled;
  }
  /// True when the stream came to its proper end, checksum included.
  bool at_end() const { return at_end_; }
  bool damaged() const { return !ready_; }
  std::string_view rest() const { return rest_; }

 private:
  static uInt chunk(std::size_t size) {
    return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
  }
  z_stream stream_{};
  std::string_view rest_;
  bool ready_ = false, at_end_ = false;
};

constexpr int raw_window = -MAX_WBITS, gzip_window = MAX_WBITS + 16;

}  // namespace

std::optional<std::string> inflate_raw(std::string_view packed, std::size_t size) {
  if (size / most_packing > packed.size()) return std::nullopt;
  Inflater inflater(packed, raw_window);
  std::string bytes(size + 1, '\0');  // one more, to see a stream that goes on
  const std::size_t filled = inflater.fill(bytes.data(), bytes.size());
  if (!inflater.at_end() || filled != size) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::optional<std::string> gunzip(std::string_view packed) {
  std::string bytes;
  std::size_t filled = 0;
  do {  // a .gz may hold several streams, one after the other
    Inflater inflater(packed, gzip_window);
    while (!inflater.at_end()) {
      if (filled == bytes.size()) bytes.resize(std::max(2 * bytes.size(), 4 * packed.size() + 64));
      filled += inflater.fill(bytes.data() + filled, bytes.size() - filled);
      if (inflater.damaged()) return std::nullopt;
    }
    packed = inflater.rest();
  } while (is_gzip(packed));
  bytes.resize(filled);
  return bytes;
}

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

}  // namespace gradwalk
