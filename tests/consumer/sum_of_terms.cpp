// What somebody else's program does with the library: one step recorded, one gradient taken apart. Exit 1 when its
// terms do not add up.
#include <cmath>
#include <cstdio>

#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/recorder.hpp"
#include "gradwalk/nn/terms.hpp"
#ifdef WITH_TRACER
#include "gradwalk/tracer/walk.hpp"
#endif

int main() {
  using namespace gradwalk;
  Net<double> net = make_net<double>({2, 3, 2}, "tanh", Loss::cross_entropy);
  initialise_normal(net, 1);
  const Record record = record_step(net, Matrix<double>(2, 2, {0.5, -1, 2, 0.25}), Loss::cross_entropy,
                                    Targets<double>{.labels = {0, 1}, .values = {}});
  const TermSum terms = terms_of(record, record.element("W1[2,0]"));
  std::printf("W1[2,0]: %zu terms, sum %.17g, gradient %.17g\n", terms.terms.size(), terms.sum, terms.gradient);
#ifdef WITH_TRACER
  std::fputs(walkthrough(record, {.wrt = "W1[2,0]"}).c_str(), stdout);
#endif
  return terms.terms.size() == 2 && terms.gradient != 0 && std::abs(terms.residual) < 1e-15 ? 0 : 1;
}
