#include <omp.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

// What the multipliers can do: fused multiply-adds on registers alone, in as many independent sums as it takes. Answers
// each line with the GFLOP/s of AVX-512, of AVX2 and of SSE2 (which multiplies and adds), 0 where the machine has none,
// over all threads.

namespace {

template <int bytes>
struct Lanes {
  using Vector [[gnu::vector_size(bytes)]] = float;
};

#define GRADWALK_PEAK(name, isa, bytes)                                                                         \
  [[gnu::target(isa), gnu::optimize("fp-contract=fast")]] float name(long steps) {                              \
    using Vector = Lanes<bytes>::Vector;                                                                        \
    Vector s0{}, s1{}, s2{}, s3{}, s4{}, s5{}, s6{}, s7{}, s8{}, s9{}, s10{}, s11{};                            \
    const Vector a = 0.999f - Vector{}, b = 0.001f - Vector{};                                                  \
    for (long i = 0; i < steps; ++i) {                                                                          \
      s0 = s0 * a + b, s1 = s1 * a + b, s2 = s2 * a + b, s3 = s3 * a + b, s4 = s4 * a + b, s5 = s5 * a + b;     \
      s6 = s6 * a + b, s7 = s7 * a + b, s8 = s8 * a + b, s9 = s9 * a + b, s10 = s10 * a + b, s11 = s11 * a + b; \
      asm volatile("" : "+x"(s0), "+x"(s1), "+x"(s2), "+x"(s3), "+x"(s4), "+x"(s5));                            \
      asm volatile("" : "+x"(s6), "+x"(s7), "+x"(s8), "+x"(s9), "+x"(s10), "+x"(s11));                          \
    }                                                                                                           \
    const Vector sum = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;                             \
    return sum[0];                                                                                              \
  }
GRADWALK_PEAK(with_avx512, "avx512f,fma,prefer-vector-width=512", 64)
GRADWALK_PEAK(with_avx2, "avx2,fma", 32)
GRADWALK_PEAK(with_sse, "sse2", 16)

double gflops(float (*loop)(long), int bytes, int threads) {
  constexpr long steps = 300'000;
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    double seconds = 0;
#pragma omp parallel num_threads(threads) reduction(max : seconds)
    {
      volatile float sink;
#pragma omp barrier
      const auto begin = std::chrono::steady_clock::now();
      sink = loop(steps);
      seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      (void)sink;
    }
    best = std::max(best, 2.0 * 12 * (bytes / 4) * steps * threads / seconds * 1e-9);
  }
  return best;
}

}  // namespace

int main(int count, char** words) {
  const int threads = count > 4 ? std::atoi(words[4]) : 1;
  std::cout << "ready" << std::endl;
  for (long line = 0; std::cin >> line;)
    std::cout << (__builtin_cpu_supports("avx512f") ? gflops(with_avx512, 64, threads) : 0) << ' '
              << (__builtin_cpu_supports("avx2") ? gflops(with_avx2, 32, threads) : 0) << ' '
              << gflops(with_sse, 16, threads) << std::endl;
}
