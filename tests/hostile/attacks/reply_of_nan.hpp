// NaN everywhere: no comparison with NaN must come out as right.
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <vector>
// A well-formed reply with all names that the lesson could want, filled with `value`.
inline std::vector<char> reply(double value) {
  std::vector<char> out;
  const auto put = [&](const void* p, std::size_t n) { out.insert(out.end(), (const char*)p, (const char*)p + n); };
  const auto u32 = [&](std::uint32_t v) { put(&v, 4); };
  const auto u64 = [&](std::uint64_t v) { put(&v, 8); };
  put("GWA1", 4);
  u32(4);
  const char* names[] = {"z", "dW", "dx", "W"};
  for (const char* name : names) {
    u32((std::uint32_t)std::strlen(name));
    put(name, std::strlen(name));
    u32(2);
    u64(4);
    u64(5);
    for (int i = 0; i < 20; ++i) put(&value, 8);
  }
  return out;
}
void attack() {
  const std::vector<char> r = reply(0.0 / 0.0);
  (void)!write(4, r.data(), r.size());
  _exit(0);
}
