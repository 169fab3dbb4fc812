#pragma once

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

/// All numbers that a printed one may stand for: 0.4878 is anything that rounds to it.
struct Interval {
  double low = 0, high = 0;

  bool contains(double v) const {
    const double slack = 1e-9 * std::max(1.0, std::abs(v));
    return v >= low - slack && v <= high + slack;
  }
};

/// Reads the arithmetic that a walkthrough prints and works it out, so that it can be held against known values.
class PrintedArithmetic {
 public:
  using Lookup = std::function<double(const std::string& name)>;

  /// `exact`: a number is just what is printed. Otherwise it is known to half a unit of its last digit.
  PrintedArithmetic(std::string text, bool exact, Lookup lookup)
      : text_(std::move(text)), exact_(exact), lookup_(std::move(lookup)) {}

  Interval value() {
    const Interval v = sum();
    if (at_ != text_.size()) fail("the end");
    return v;
  }

 private:
  [[noreturn]] void fail(const std::string& expected) const {
    throw std::runtime_error("'" + text_ + "' at " + std::to_string(at_) + ": expected " + expected);
  }

  bool accept(const std::string& symbol) {
    const std::size_t begin = std::min(text_.find_first_not_of(' ', at_), text_.size());
    if (text_.compare(begin, symbol.size(), symbol) != 0) return false;
    at_ = begin + symbol.size();
    return true;
  }

  static Interval hull(std::initializer_list<double> corners) { return {std::min(corners), std::max(corners)}; }
  static Interval times(Interval a, Interval b) {
    return hull({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
  }
  static Interval map(Interval a, double (*f)(double)) { return hull({f(a.low), f(a.high)}); }

  Interval sum() {
    Interval v = product();
    while (true) {
      if (accept("+")) {
        const Interval b = product();
        v = {v.low + b.low, v.high + b.high};
      } else if (accept("-")) {
        const Interval b = product();
        v = {v.low - b.high, v.high - b.low};
      } else {
        return v;
      }
    }
  }

  Interval product() {
    Interval v = signed_power();
    while (true) {
      if (accept("·")) {
        v = times(v, signed_power());
      } else if (accept("/")) {
        const Interval b = signed_power();
        v = times(v, {1 / b.high, 1 / b.low});
      } else {
        return v;
      }
    }
  }

  Interval signed_power() {
    if (accept("-")) {
      const Interval v = signed_power();
      return {-v.high, -v.low};
    }
    Interval v = atom();
    if (accept("²"))
      return v.low > 0 || v.high < 0 ? hull({v.low * v.low, v.high * v.high})
                                     : Interval{0, std::max(v.low * v.low, v.high * v.high)};
    if (accept("^")) {
      const Interval e = atom();
      return hull({std::pow(v.low, e.low), std::pow(v.low, e.high), std::pow(v.high, e.low), std::pow(v.high, e.high)});
    }
    return v;
  }

  Interval closed(const std::string& with) {
    const Interval v = sum();
    if (!accept(with)) fail(with);
    return v;
  }

  Interval atom() {
    if (accept("(")) return closed(")");
    if (accept("|")) {
      const Interval v = closed("|");
      const double largest = std::max(std::abs(v.low), std::abs(v.high));
      return {v.low * v.high < 0 ? 0 : std::min(std::abs(v.low), std::abs(v.high)), largest};
    }
    for (const auto& [name, f] : std::vector<std::pair<std::string, double (*)(double)>>{
             {"exp(", [](double x) { return std::exp(x); }},
             {"log(", [](double x) { return std::log(x); }},
             {"tanh(", [](double x) { return std::tanh(x); }},
             {"sin(", [](double x) { return std::sin(x); }},
             {"cos(", [](double x) { return std::cos(x); }},
             {"sigmoid(", [](double x) { return 1 / (1 + std::exp(-x)); }},
             {"sign(", [](double x) { return static_cast<double>((x > 0) - (x < 0)); }}})
      if (accept(name)) return map(closed(")"), f);
    if (accept("max(")) {
      const Interval a = closed(","), b = closed(")");
      return {std::max(a.low, b.low), std::max(a.high, b.high)};
    }
    if (accept("1[")) {
      const Interval a = sum();
      const bool or_equal = accept("≥");
      if (!or_equal && !accept(">")) fail("> or ≥");
      const Interval b = closed("]");
      const double v = a.low > b.high || (or_equal && a.low >= b.high) ? 1 : 0;
      return {v, v};
    }
    const std::size_t begin = std::min(text_.find_first_not_of(' ', at_), text_.size());
    if (begin < text_.size() && std::isdigit(static_cast<unsigned char>(text_[begin]))) return number(begin);
    if (begin < text_.size() &&
        (std::isalpha(static_cast<unsigned char>(text_[begin])) || text_.compare(begin, 3, "∂") == 0))
      return named(begin);
    fail("a number or a name");
  }

  Interval number(std::size_t begin) {
    std::size_t length = 0;
    const double v = std::stod(text_.substr(begin), &length);
    const std::string printed = text_.substr(begin, length);
    at_ = begin + length;
    const std::size_t point = printed.find('.'), e = std::min(printed.find('e'), printed.size());
    if (exact_ || (point == std::string::npos && e == printed.size())) return {v, v};
    const int behind = point == std::string::npos ? 0 : static_cast<int>(e - point - 1);
    const int exponent = e < printed.size() ? std::stoi(printed.substr(e + 1)) : 0;
    const double half = 0.5 * std::pow(10.0, exponent - behind);
    return {v - half, v + half};
  }

  Interval named(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size() && text_[end] != '[' && text_[end] != ' ' && text_.compare(end, 2, "·") != 0) ++end;
    if (end < text_.size() && text_[end] == '[') end = text_.find(']', end) + 1;
    at_ = end;
    const double v = lookup_(text_.substr(begin, end - begin));
    return {v, v};
  }

  std::string text_;
  bool exact_;
  Lookup lookup_;
  std::size_t at_ = 0;
};
