#include "overflowing_formulas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <type_traits>

#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness {
namespace {

/// Computes, and remembers the first results that are not finite. T is the student's number, double or float.
template <class T>
class Arithmetic {
 public:
  Arithmetic(const Record& of_record, const Op& of_op) : record(of_record), op(of_op) {}

  /// `value` is the result of `formula`, which is `numbers` with numbers in it.
  template <class Formula>
  T operator()(T value, const Formula& formula) {
    if (std::isfinite(value) || !then_.empty()) return value;
    const auto written = [&] {
      return formula() + " = " + format_number(static_cast<double>(value)) +
             (std::is_same_v<T, float> ? " (float)" : "");
    };
    if (first_.empty()) {
      first_ = written();
      nan_ = std::isnan(value);
    } else if (std::isnan(value) && !nan_) {
      then_ = written();
    }
    return value;
  }

  T exponential(T x, const std::string& of) {
    return (*this)(std::exp(x), [&] { return fmt::format("exp({}) = exp({})", of, number(x)); });
  }
  T logarithm(T x, const std::string& of) {
    return (*this)(std::log(x), [&] { return fmt::format("log({}) = log({})", of, number(x)); });
  }
  T quotient(T above, T below, const std::string& of) {
    return (*this)(above / below, [&] { return fmt::format("{} = {}/{}", of, number(above), number(below)); });
  }
  T product(T a, T b, const std::string& of) {
    return (*this)(a * b, [&] { return fmt::format("{} = {}·{}", of, number(a), number(b)); });
  }

  T in(std::size_t i) const { return static_cast<T>(record[op.inputs[0]].value[i]); }
  std::string name(std::size_t i) const { return record[op.inputs[0]].element_name(i); }
  T upstream(std::size_t i) const { return static_cast<T>(record[op.output].gradient[i]); }
  std::size_t rows() const { return record[op.inputs[0]].shape[0]; }
  std::size_t columns() const { return record[op.inputs[0]].shape[1]; }
  std::size_t label(std::size_t row) const { return static_cast<std::size_t>(record[op.inputs[1]].value[row]); }

  Overflowed result(std::vector<double> values) const { return {std::move(values), first_, then_}; }

  const Record& record;
  const Op& op;

 private:
  static std::string number(T x) { return format_number(static_cast<double>(x)); }

  std::string first_, then_;
  bool nan_ = false;
};

enum class Shift { nothing, row_maximum, overall_maximum };

/// softmax of the first input, row by row.
template <class T>
std::vector<T> softmax(Arithmetic<T>& a, Shift what) {
  const std::size_t N = a.rows(), C = a.columns();
  std::vector<T> p(N * C);
  const auto maximum = [&](std::size_t begin, std::size_t end) {
    T top = a.in(begin);
    for (std::size_t i = begin; i < end; ++i) top = std::max(top, a.in(i));
    return top;
  };
  for (std::size_t n = 0; n < N; ++n) {
    const T top = what == Shift::nothing       ? 0
                  : what == Shift::row_maximum ? maximum(n * C, (n + 1) * C)
                                               : maximum(0, N * C);
    T sum = 0;
    const auto of = [&](std::size_t i) { return a.name(i) + (what == Shift::nothing ? "" : " − max"); };
    for (std::size_t i = n * C; i < (n + 1) * C; ++i) sum += p[i] = a.exponential(a.in(i)-top, of(i));
    for (std::size_t i = n * C; i < (n + 1) * C; ++i) p[i] = a.quotient(p[i], sum, fmt::format("exp({})/Σ", of(i)));
  }
  return p;
}

template <class T>
Formula softmax_of(Shift what) {
  return [what](const Record& record, const Op& op) {
    Arithmetic<T> a(record, op);
    const std::vector<T> p = softmax(a, what);
    return a.result({p.begin(), p.end()});
  };
}

/// −(1/N) Σ log p[n, y[n]], of probabilities that the input holds or that are the softmax of it.
template <class T>
double mean_logarithm(Arithmetic<T>& a, const std::vector<T>& p, const std::string& name, bool all_classes) {
  T sum = 0;
  for (std::size_t n = 0; n < a.rows(); ++n)
    for (std::size_t k = 0; k < a.columns(); ++k) {
      const std::string of = fmt::format("{}[{},{}]", name, n, k);
      const std::size_t i = n * a.columns() + k;
      if (k == a.label(n))
        sum -= a.logarithm(p[i], of);
      else if (all_classes)
        sum -= a.product(0, a.logarithm(p[i], of), fmt::format("0·log({})", of));
    }
  return static_cast<double>(sum / static_cast<T>(a.rows()));
}

template <class T>
std::vector<T> inputs(const Arithmetic<T>& a) {
  std::vector<T> values(a.rows() * a.columns());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = a.in(i);
  return values;
}

template <class T>
Formula cross_entropy(bool all_classes) {
  return [all_classes](const Record& record, const Op& op) {
    Arithmetic<T> a(record, op);
    return a.result({mean_logarithm(a, inputs(a), record[op.inputs[0]].name, all_classes)});
  };
}

/// −y/(N·p) in every class, where only the label's belongs.
Overflowed cross_entropy_gradient(const Record& record, const Op& op) {
  Arithmetic<double> a(record, op);
  std::vector<double> dp(a.rows() * a.columns());
  for (std::size_t i = 0; i < dp.size(); ++i) {
    const double y = i % a.columns() == a.label(i / a.columns()) ? 1 : 0;
    dp[i] = -a.upstream(0) * a.quotient(y, a.in(i), "y/" + a.name(i)) / static_cast<double>(a.rows());
  }
  return a.result(dp);
}

template <class T>
Formula fused_over_softmax(Shift what, bool all_classes) {
  return [=](const Record& record, const Op& op) {
    Arithmetic<T> a(record, op);
    const std::vector<T> p = softmax(a, what);
    return a.result({mean_logarithm(a, p, "p", all_classes)});
  };
}

/// log Σ exp(z) − z[y], with nothing or too much subtracted.
template <class T>
Formula logarithm_of_sum(Shift what) {
  return [what](const Record& record, const Op& op) {
    Arithmetic<T> a(record, op);
    const std::size_t C = a.columns();
    T top = 0, total = 0;
    for (std::size_t i = 0; what != Shift::nothing && i < a.rows() * C; ++i)
      top = i == 0 ? a.in(0) : std::max(top, a.in(i));
    for (std::size_t n = 0; n < a.rows(); ++n) {
      T sum = 0;
      for (std::size_t i = n * C; i < (n + 1) * C; ++i)
        sum += a.exponential(a.in(i)-top, a.name(i) + (what == Shift::nothing ? "" : " − max"));
      total += a.logarithm(sum, fmt::format("Σ exp(z[{},·])", n)) + top - a.in(n * C + a.label(n));
    }
    return a.result({static_cast<double>(total / static_cast<T>(a.rows()))});
  };
}

template <class T>
Formula fused_gradient(Shift what) {
  return [what](const Record& record, const Op& op) {
    Arithmetic<T> a(record, op);
    const std::vector<T> p = softmax(a, what);
    std::vector<double> dz(p.begin(), p.end());
    for (std::size_t n = 0; n < a.rows(); ++n) dz[n * a.columns() + a.label(n)] -= 1;
    for (double& one : dz) one *= static_cast<double>(a.upstream(0)) / static_cast<double>(a.rows());
    return a.result(dz);
  };
}

/// dp = −1/(N·p), then dz = p·(dp − Σ dp·p).
template <class T>
Formula gradient_through_softmax(Shift what) {
  return [what](const Record& record, const Op& op) {
    Arithmetic<T> a(record, op);
    const std::vector<T> p = softmax(a, what);
    const std::size_t C = a.columns();
    std::vector<double> dz(p.size());
    for (std::size_t n = 0; n < a.rows(); ++n) {
      const std::size_t y = n * C + a.label(n);
      const T dp =
          -a.upstream(0) / static_cast<T>(a.rows()) * a.quotient(1, p[y], fmt::format("1/p[{},{}]", n, a.label(n)));
      const T sum = a.product(dp, p[y], fmt::format("dp[{0},{1}]·p[{0},{1}]", n, a.label(n)));
      for (std::size_t i = n * C; i < (n + 1) * C; ++i) dz[i] = static_cast<double>(p[i] * ((i == y ? dp : 0) - sum));
    }
    return a.result(dz);
  };
}

/// An elementwise formula; `f(a, z, "z[0,1]")`.
template <class T, class F>
Formula elementwise(F f, bool gradient) {
  return [f, gradient](const Record& record, const Op& op) {
    Arithmetic<T> a(record, op);
    std::vector<double> out(record[op.output].size());
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = static_cast<double>(f(a, a.in(i), a.name(i)) * (gradient ? a.upstream(i) : 1));
    return a.result(out);
  };
}

template <class T>
std::vector<Formula> activation_outputs(OpKind kind) {
  const auto of = [](auto f) { return elementwise<T>(f, false); };
  if (kind == OpKind::sigmoid)
    return {of([](auto& a, T z, const std::string& n) {
      const T e = a.exponential(z, n);
      return a.quotient(e, 1 + e, fmt::format("exp({0})/(1 + exp({0}))", n));
    })};
  return {of([](auto& a, T z, const std::string& n) {
            const T up = a.exponential(z, n), down = a.exponential(-z, "−" + n);
            return a.quotient(up - down, up + down, fmt::format("(exp({0}) − exp(−{0}))/(exp({0}) + exp(−{0}))", n));
          }),
          of([](auto& a, T z, const std::string& n) {
            const T e = a.exponential(2 * z, "2·" + n);
            return a.quotient(e - 1, e + 1, fmt::format("(exp(2·{0}) − 1)/(exp(2·{0}) + 1)", n));
          }),
          of([](auto& a, T z, const std::string& n) {
            const T e = a.exponential(-2 * z, "−2·" + n);
            return a.quotient(1 - e, 1 + e, fmt::format("(1 − exp(−2·{0}))/(1 + exp(−2·{0}))", n));
          })};
}

template <class T>
std::vector<Formula> activation_gradients(OpKind kind) {
  const auto of = [](auto f) { return elementwise<T>(f, true); };
  if (kind == OpKind::tanh)
    return {of([](auto& a, T z, const std::string& n) {
      const T e = a.exponential(2 * z, "2·" + n);
      return a.quotient(4 * e, (e + 1) * (e + 1), fmt::format("4·exp(2·{0})/(exp(2·{0}) + 1)²", n));
    })};
  return {of([](auto& a, T z, const std::string& n) {
            const T e = a.exponential(-z, "−" + n);
            return a.quotient(e, (1 + e) * (1 + e), fmt::format("exp(−{0})/(1 + exp(−{0}))²", n));
          }),
          of([](auto& a, T z, const std::string& n) {
            const T e = a.exponential(z, n);
            return a.quotient(e, (1 + e) * (1 + e), fmt::format("exp({0})/(1 + exp({0}))²", n));
          })};
}

template <class T>
void append_outputs(std::map<OpKind, std::vector<Formula>>& all) {
  using enum Shift;
  const auto add = [&all](OpKind kind, const std::vector<Formula>& more) {
    all[kind].insert(all[kind].end(), more.begin(), more.end());
  };
  add(OpKind::softmax, {softmax_of<T>(nothing), softmax_of<T>(overall_maximum)});
  add(OpKind::cross_entropy, {cross_entropy<T>(false), cross_entropy<T>(true)});
  add(OpKind::softmax_cross_entropy,
      {fused_over_softmax<T>(row_maximum, false), fused_over_softmax<T>(row_maximum, true),
       fused_over_softmax<T>(nothing, false), logarithm_of_sum<T>(nothing),
       fused_over_softmax<T>(overall_maximum, false), logarithm_of_sum<T>(overall_maximum)});
  for (const OpKind kind : {OpKind::sigmoid, OpKind::tanh}) add(kind, activation_outputs<T>(kind));
}

template <class T>
void append_gradients(std::map<OpKind, std::vector<Formula>>& all) {
  using enum Shift;
  const auto add = [&all](OpKind kind, const std::vector<Formula>& more) {
    all[kind].insert(all[kind].end(), more.begin(), more.end());
  };
  add(OpKind::softmax_cross_entropy, {fused_gradient<T>(nothing), fused_gradient<T>(overall_maximum),
                                      gradient_through_softmax<T>(row_maximum), gradient_through_softmax<T>(nothing)});
  for (const OpKind kind : {OpKind::sigmoid, OpKind::tanh}) add(kind, activation_gradients<T>(kind));
}

const std::vector<Formula>& found(const std::map<OpKind, std::vector<Formula>>& all, OpKind kind) {
  static const std::vector<Formula> none;
  const auto at = all.find(kind);
  return at == all.end() ? none : at->second;
}

}  // namespace

const std::vector<Formula>& output_formulas(OpKind kind) {
  static const auto all = [] {
    std::map<OpKind, std::vector<Formula>> formulas;
    append_outputs<double>(formulas);
    append_outputs<float>(formulas);
    return formulas;
  }();
  return found(all, kind);
}

const std::vector<Formula>& gradient_formulas(OpKind kind) {
  static const auto all = [] {
    std::map<OpKind, std::vector<Formula>> formulas;
    formulas[OpKind::cross_entropy].emplace_back(cross_entropy_gradient);
    append_gradients<double>(formulas);
    append_gradients<float>(formulas);
    return formulas;
  }();
  return found(all, kind);
}

}  // namespace gradwalk::harness
