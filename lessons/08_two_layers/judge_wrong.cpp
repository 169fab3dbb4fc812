#include "judge_wrong.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_08 {
namespace {

using Values = std::vector<double>;

template <class Rule>
Values by_unit(const Trace& t, Rule rule) {
  const Values da1 = t.tensor("da1").values, z1 = t.tensor("z1").values, a1 = t.tensor("a1").values;
  Values result;
  for (std::size_t i = 0; i < da1.size(); ++i) result.push_back(rule(da1[i], z1[i], a1[i]));
  return result;
}

/// The layer's own backward with another matrix in the place of dz.
void add_handed(Check& check, const std::string& number, const std::string& wrong) {
  const Trace& t = *check.trace;
  const std::string x = number == "1" ? "x" : "a1", W = "W" + number, b = "b" + number, z = "z" + number;
  Trace layer;
  layer.input(x, t.tensor(x).shape, t.tensor(x).values);
  layer.parameter(W, t.tensor(W).shape, t.tensor(W).values);
  layer.parameter(b, t.tensor(b).shape, t.tensor(b).values);
  layer.op(OpKind::linear, {x, W, b}, z);
  layer.backward(z, t.tensor(wrong).values);
  for (const std::string& name : {W, b, x})
    check.known_wrong.push_back({"handed-" + wrong, "d" + name, layer.tensor("d" + name).values,
                                 tr("with {wrong} handed to the layer's backward, where d{z} belongs",
                                    fmt::arg("wrong", wrong), fmt::arg("z", z))});
}

}  // namespace

void add_known_wrong(Check& check) {
  const Trace& t = *check.trace;
  const auto known = [&](const char* mistake, const char* output, const std::string& words, auto rule) {
    check.known_wrong.push_back({mistake, output, by_unit(t, rule), words});
  };
  known("slope-in-upstream", "da1", tr("with the slope 1 − a1² multiplied into it: that is for dz1"),
        [](double da, double, double a) { return da * (1 - a * a); });
  known("slope-twice", "dz1", tr("with the slope 1 − a1² multiplied twice"),
        [](double da, double, double a) { return da * (1 - a * a) * (1 - a * a); });
  known("slope-of-both", "dz1", tr("with 1 − a1·z1 for 1 − a1²"),
        [](double da, double z, double a) { return da * (1 - a * z); });
  known("relu-for-tanh", "a1", tr("with a ReLU, where tanh belongs"),
        [](double, double z, double) { return z > 0 ? z : 0; });
  known("mask-for-slope", "dz1", tr("with the mask z1 > 0 of a ReLU, where the slope 1 − a1² of tanh belongs"),
        [](double da, double z, double) { return z > 0 ? da : 0; });
  known("mask-beside-slope", "dz1", tr("with the mask z1 > 0 of a ReLU beside the slope of tanh, which has none"),
        [](double da, double z, double a) { return z > 0 ? da * (1 - a * a) : 0; });
  known("mask-from-upstream", "dz1", tr("with a mask da1 > 0, where the slope 1 − a1² of tanh belongs"),
        [](double da, double, double) { return da > 0 ? da : 0; });
  for (const char* wrong : {"da1", "z1", "a1"}) add_handed(check, "1", wrong);
  add_handed(check, "2", "z2");
}

}  // namespace gradwalk::harness::lesson_08
