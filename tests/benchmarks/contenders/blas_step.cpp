#include <algorithm>
#include <cmath>

#include "contender.hpp"

#if defined(USE_ONEDNN)
#include <dnnl.h>
#else
#include <cblas.h>
#endif

// The step that one writes by hand over a fast matrix product: three products a layer, elementwise loops between them,
// dW straight into W by the product's own accumulation.

namespace {

/// C (m, n) = alpha·op(A)·op(B) + beta·C, row by row.
void gemm(bool transpose_A, bool transpose_B, long m, long n, long k, float alpha, const float* A, long lda,
          const float* B, long ldb, float beta, float* C, long ldc) {
#if defined(USE_ONEDNN)
  dnnl_sgemm(transpose_A ? 'T' : 'N', transpose_B ? 'T' : 'N', m, n, k, alpha, A, lda, B, ldb, beta, C, ldc);
#else
  const auto flag = [](bool transpose) { return transpose ? CblasTrans : CblasNoTrans; };
  cblas_sgemm(CblasRowMajor, flag(transpose_A), flag(transpose_B), static_cast<int>(m), static_cast<int>(n),
              static_cast<int>(k), alpha, A, static_cast<int>(lda), B, static_cast<int>(ldb), beta, C,
              static_cast<int>(ldc));
#endif
}

}  // namespace

int main(int count, char** words) {
  const Problem problem = read_problem(count, words);
  const std::size_t layers = problem.widths.size() - 1;
  const long N = static_cast<long>(problem.batch);
  std::vector<std::vector<float>> W, b, a(layers), dz(layers);
  for (std::size_t l = 0; l < layers; ++l) {
    W.push_back(first_weights(problem, l));
    b.emplace_back(problem.widths[l + 1]);
    a[l].resize(problem.batch * problem.widths[l + 1]);
    dz[l].resize(problem.batch * problem.widths[l + 1]);
  }
  const bool tanh = problem.activation == "tanh";
  const float eta = problem.learning_rate;

  const auto step = [&](std::size_t first) {
    for (std::size_t l = 0; l < layers; ++l) {
      const long in = static_cast<long>(problem.widths[l]), out = static_cast<long>(problem.widths[l + 1]);
      gemm(false, true, N, out, in, 1, l == 0 ? problem.row(first) : a[l - 1].data(), in, W[l].data(), in, 0,
           a[l].data(), out);
      const bool hidden = l + 1 < layers;
#pragma omp parallel for if (N * out > 20'000)
      for (long n = 0; n < N; ++n)
        for (long j = 0; j < out; ++j) {
          const float z = a[l][static_cast<std::size_t>(n * out + j)] + b[l][static_cast<std::size_t>(j)];
          a[l][static_cast<std::size_t>(n * out + j)] = !hidden ? z : tanh ? std::tanh(z) : std::max(z, 0.0f);
        }
    }
    const std::size_t C = problem.widths.back();
    for (std::size_t n = 0; n < problem.batch; ++n) {
      const float* z = a.back().data() + n * C;
      float* d = dz.back().data() + n * C;
      float m = z[0], sum = 0;
      for (std::size_t k = 1; k < C; ++k) m = std::max(m, z[k]);
      for (std::size_t k = 0; k < C; ++k) sum += d[k] = std::exp(z[k] - m);
      for (std::size_t k = 0; k < C; ++k) d[k] = d[k] / sum / static_cast<float>(N);
      d[problem.labels[first + n]] -= 1.0f / static_cast<float>(N);
    }
    for (std::size_t l = layers; l-- > 0;) {
      const long in = static_cast<long>(problem.widths[l]), out = static_cast<long>(problem.widths[l + 1]);
      if (l > 0) {
        gemm(false, false, N, in, out, 1, dz[l].data(), out, W[l].data(), in, 0, dz[l - 1].data(), in);
#pragma omp parallel for if (N * in > 20'000)
        for (long i = 0; i < N * in; ++i) {
          const float at = a[l - 1][static_cast<std::size_t>(i)];
          dz[l - 1][static_cast<std::size_t>(i)] *= tanh ? 1 - at * at : at > 0 ? 1.0f : 0.0f;
        }
      }
      gemm(true, false, out, in, N, -eta, dz[l].data(), out, l == 0 ? problem.row(first) : a[l - 1].data(), in, 1,
           W[l].data(), in);
      for (long n = 0; n < N; ++n)
        for (long j = 0; j < out; ++j)
          b[l][static_cast<std::size_t>(j)] -= eta * dz[l][static_cast<std::size_t>(n * out + j)];
    }
  };
  return serve(problem, [&](std::size_t first, std::size_t rows) {
    for (std::size_t at = 0; at < rows; at += problem.batch) step(first + at);
  });
}
