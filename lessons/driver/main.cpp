// The part of every driver that does not depend on the student's code: compiled once, linked with each submission.
// A request comes in on descriptor 3, the reply leaves on 4 (harness/src/protocol.cpp writes and reads the other ends).
//
//   request  u32 'GWQ1', string function, u32 count, tensors      string  u32 length, bytes
//   reply    u32 'GWA1', u32 count, tensors                       tensor  string name, u32 rank, u64 dims…, f64 values…
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "gradwalk/driver.hpp"

namespace gradwalk {

namespace driver {
namespace {

constexpr int request_descriptor = 3;
constexpr int reply_descriptor = 4;
constexpr std::uint32_t request_magic = 0x31515747;  // "GWQ1"
constexpr std::uint32_t reply_magic = 0x31415747;    // "GWA1"

[[noreturn]] void stop(const char* why, const char* what = "") {
  std::fprintf(stderr, "driver: %s%s\n", why, what);
  _exit(3);
}

std::vector<char> read_all(int descriptor) {
  std::vector<char> bytes;
  char block[1 << 14];
  for (;;) {
    const ssize_t n = read(descriptor, block, sizeof block);
    if (n < 0) stop("the request cannot be read");
    if (n == 0) return bytes;
    bytes.insert(bytes.end(), block, block + n);
  }
}

class Reader {
 public:
  explicit Reader(const std::vector<char>& bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  void take(void* to, std::size_t size) {
    if (static_cast<std::size_t>(end_ - at_) < size) stop("the request is cut short");
    std::memcpy(to, at_, size);
    at_ += size;
  }
  template <class T>
  T number() {
    T value;
    take(&value, sizeof value);
    return value;
  }
  const char* string() {  // kept for ever: the process answers one request
    const auto size = number<std::uint32_t>();
    char* text = static_cast<char*>(std::calloc(size + 1, 1));
    take(text, size);
    return text;
  }

 private:
  const char* at_;
  const char* end_;
};

Tensor read_tensor(Reader& in) {
  Tensor t;
  t.name = in.string();
  t.rank = in.number<std::uint32_t>();
  if (t.rank > 4) stop("the request has a tensor of too many dimensions");
  std::size_t count = 1;
  for (std::size_t axis = 0; axis < t.rank; ++axis) {
    t.dims[axis] = static_cast<std::size_t>(in.number<std::uint64_t>());
    count *= t.dims[axis];
  }
  t.values.resize(count);
  in.take(t.values.data(), count * sizeof(double));
  return t;
}

void put(std::vector<char>& out, const void* from, std::size_t size) {
  const char* bytes = static_cast<const char*>(from);
  out.insert(out.end(), bytes, bytes + size);
}

template <class T>
void put_number(std::vector<char>& out, std::size_t value) {
  const T number = static_cast<T>(value);
  put(out, &number, sizeof number);
}

void put_tensor(std::vector<char>& out, const Tensor& t) {
  const std::size_t length = std::strlen(t.name);
  put_number<std::uint32_t>(out, length);
  put(out, t.name, length);
  put_number<std::uint32_t>(out, t.rank);
  for (std::size_t axis = 0; axis < t.rank; ++axis) put_number<std::uint64_t>(out, t.dims[axis]);
  put(out, t.values.data(), t.values.size() * sizeof(double));
}

}  // namespace

bool Call::has(const char* name) const {
  for (const Tensor& t : in)
    if (std::strcmp(t.name, name) == 0) return true;
  return false;
}

const Tensor& Call::operator[](const char* name) const {
  for (const Tensor& t : in)
    if (std::strcmp(t.name, name) == 0) return t;
  stop("the request has no tensor ", name);
}

void Call::answer(const char* name, double value) { *open(name, 1) = value, out.back().rank = 0; }

double* Call::open(const char* name, std::size_t rows, std::size_t cols) {
  out.push_back({name, 2, {rows, cols}, std::vector<double>(rows * cols)});
  return out.back().values.data();
}

double* Call::open(const char* name, std::size_t size) {
  out.push_back({name, 1, {size}, std::vector<double>(size)});
  return out.back().values.data();
}

}  // namespace driver
}  // namespace gradwalk

template class std::vector<double>;
template class gradwalk::MatrixOf<double>;
template Matrix gradwalk::driver::Call::matrix<Matrix>(const char*) const;
template Vector gradwalk::driver::Call::vector<Vector>(const char*) const;
template void gradwalk::driver::Call::answer_matrix<Matrix>(const char*, const Matrix&);
template void gradwalk::driver::Call::answer_vector<Vector>(const char*, const Vector&);

int main() {
  using namespace gradwalk::driver;
  const std::vector<char> request = read_all(request_descriptor);
  Reader in(request);
  if (in.number<std::uint32_t>() != request_magic) stop("this program answers the judge of gradwalk only");
  const char* name = in.string();
  Call call;
  const auto count = in.number<std::uint32_t>();
  for (std::uint32_t i = 0; i < count; ++i) call.in.push_back(read_tensor(in));

  const Function* function = gradwalk_functions;
  while (function->name && std::strcmp(function->name, name) != 0) ++function;
  if (!function->name) stop("no function ", name);
  function->run(call);

  std::vector<char> reply;
  put_number<std::uint32_t>(reply, reply_magic);
  put_number<std::uint32_t>(reply, call.out.size());
  for (const Tensor& t : call.out) put_tensor(reply, t);
  for (std::size_t sent = 0; sent < reply.size();) {
    const ssize_t n = write(reply_descriptor, reply.data() + sent, reply.size() - sent);
    if (n <= 0) stop("the reply cannot be written");
    sent += static_cast<std::size_t>(n);
  }
  std::fflush(nullptr);
  _exit(0);  // the answer is given: what a destructor might still do is not part of it
}
