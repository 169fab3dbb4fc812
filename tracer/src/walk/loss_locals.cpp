#include "walk/loss_locals.hpp"

#include <span>

#include "gradwalk/nn/rules.hpp"
#include "walk/places.hpp"

namespace gradwalk::walk {

double softmax_of(const Tensor& z, std::size_t e) {
  const std::size_t C = z.shape[1];
  return softmax_element(std::span(z.value).subspan(e / C * C, C), e % C);
}

Math loss_local(const Story& story, const Op& op) {
  const std::string n = axis(story, op.inputs[0], 0, "n"), k = axis(story, op.inputs[0], 1, "k");
  const std::string &out = story.name(op.inputs[0]), &y = story.name(op.inputs[1]);
  const std::string f = fmt::format("{}[{},{}]", out, n, k);
  switch (op.kind) {
    case OpKind::cross_entropy:
      return fmt::format("1·(-1/(N·{0})) \"{3}\" {1} = {2}[{5}], \"{4}\" 0", f, k, y, tr("if"), tr("else"), n);
    case OpKind::softmax_cross_entropy:
      return fmt::format("1·(p[{0},{1}] - 1[{1} = {2}[{0}]])/N, p = softmax({3})", n, k, y, out);
    case OpKind::binary_logistic:
      return fmt::format("1·(sigmoid({}) - {}[{}])/N", f, y, n);
    case OpKind::squared_error:
      return fmt::format("1·2·({} - {}[{},{}])/N", f, y, n, k);
    default:
      return fmt::format("1·sign({} - {}[{},{}])/N", f, y, n, k);
  }
}

Math loss_local_numbers(const Story& story, const Op& op, std::size_t e) {
  const Tensor& f = story.tensor(op.inputs[0]);
  const Tensor& y = story.tensor(op.inputs[1]);
  const std::size_t C = f.shape[1];
  const Digits& d = story.digits;
  const std::string N = fmt::format("{}", f.shape[0]);
  const auto is_label = [&] { return y.value[e / C] == static_cast<double>(e % C); };
  switch (op.kind) {
    case OpKind::cross_entropy:
      return is_label() ? Math("1·(-1/(" + N + "·") + d.number(f.value[e]) + "))" : Math("1·0");
    case OpKind::softmax_cross_entropy:
      return Math("1·(") + d.number(softmax_of(f, e)) + (is_label() ? " - 1)/" : " - 0)/") + N;
    case OpKind::binary_logistic:
      return Math("1·(sigmoid(") + d.number(f.value[e]) + ") - " + d.factor(y.value[e / C]) + ")/" + N;
    case OpKind::squared_error:
      return Math("1·2·(") + d.number(f.value[e]) + " - " + d.factor(y.value[e]) + ")/" + N;
    default:
      return Math("1·sign(") + d.number(f.value[e]) + " - " + d.factor(y.value[e]) + ")/" + N;
  }
}

double local_of(const Story& story, const Op& op, std::size_t e) {
  double found = 0;
  for_each_output(story.record, op, 0, e, [&](std::size_t, double local) { found = local; });
  return found;
}

}  // namespace gradwalk::walk
