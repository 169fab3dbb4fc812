#include "scalar_mistakes.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::worksheet {
namespace {

using harness::Mistake;
using harness::Site;

bool is_scalar(const Site& site) { return site.output().shape.empty() && site.input(0).shape.empty(); }

/// In how many places of the graph the target is used.
std::size_t uses(const Site& site) {
  std::size_t count = 0;
  for (const Op& op : site.record().ops)
    for (const TensorId input : op.inputs) count += input == site.the_op().inputs[site.slot];
  return count;
}

bool is_square(const Site& site) {
  return is_scalar(site) && site.kind() == OpKind::pow && site.input(1).value[0] == 2;
}

double upstream(const Site& site) { return site.output().gradient[0]; }
double value(const Site& site, std::size_t slot) { return site.input(slot).value[0]; }

}  // namespace

const std::vector<Mistake>& scalar_mistakes() {
  static const std::vector<Mistake> all{
      {"path-left-out", [](const Site& s) { return !s.is_forward() && is_scalar(s) && uses(s) > 1; },
       [](const Site&) { return std::vector<double>{0}; },
       [](const Site& s) { return tr("without the way through {output}", fmt::arg("output", s.output().name)); }},
      {"square-no-two", [](const Site& s) { return is_square(s) && s.slot == 0; },
       [](const Site& s) { return std::vector<double>{upstream(s) * value(s, 0)}; },
       [](const Site&) { return tr("with the factor 2 of the square left out"); }},
      {"factor-left-out", [](const Site& s) { return !s.is_forward() && is_scalar(s) && s.kind() == OpKind::mul; },
       [](const Site& s) { return std::vector<double>{upstream(s)}; },
       [](const Site& s) {
         return tr("with the factor {factor} left out", fmt::arg("factor", s.input(1 - s.slot).name));
       }},
      {"own-factor", [](const Site& s) { return !s.is_forward() && is_scalar(s) && s.kind() == OpKind::mul; },
       [](const Site& s) { return std::vector<double>{upstream(s) * value(s, s.slot)}; },
       [](const Site& s) {
         return tr("with {own} where the factor {factor} belongs", fmt::arg("own", s.input(s.slot).name),
                   fmt::arg("factor", s.input(1 - s.slot).name));
       }},
      {"minus-forgotten", [](const Site& s) { return s.slot == 1 && is_scalar(s) && s.kind() == OpKind::sub; },
       [](const Site& s) { return std::vector<double>{upstream(s)}; },
       [](const Site& s) { return tr("with the minus before {name} forgotten", fmt::arg("name", s.input(1).name)); }},
      {"learns-when-right", [](const Site& s) { return s.slot == 1 && is_scalar(s) && s.kind() == OpKind::max; },
       [](const Site& s) { return std::vector<double>{upstream(s)}; },
       [](const Site&) { return tr("with a step for samples that are right as well"); }},
      {"square-as-double", [](const Site& s) { return is_square(s) && s.is_forward(); },
       [](const Site& s) { return std::vector<double>{2 * value(s, 0)}; },
       [](const Site& s) { return tr("with 2·{base} for {base}²", fmt::arg("base", s.input(0).name)); }},
      {"term-left-out",
       [](const Site& s) {
         return s.is_forward() && is_scalar(s) && (s.kind() == OpKind::add || s.kind() == OpKind::sub);
       },
       [](const Site& s) { return std::vector<double>{value(s, 0)}; },
       [](const Site& s) { return tr("with {term} left out of the sum", fmt::arg("term", s.input(1).name)); }},
  };
  return all;
}

}  // namespace gradwalk::worksheet
