#include <algorithm>

#include "walk/tell.hpp"

namespace gradwalk::walk {

std::vector<std::string> kinks_of(const Story& story, const Op& op) {
  const auto& a = story.tensor(op.inputs[0]).value;
  const std::string f = std::string(name_of(op.kind)), name = story.name(op.inputs[0]);
  if (op.kind == OpKind::max) {
    const std::string& other = story.name(op.inputs[1]);
    if (a[0] != story.tensor(op.inputs[1]).value[0]) return {};
    return {
        tr("${a}$ and ${b}$ are equal. There max has a kink: no slope is the only right one. By agreement the first "
           "one, ${a}$, gets the whole gradient.",
           fmt::arg("a", name), fmt::arg("b", other))};
  }
  if (op.kind != OpKind::relu && op.kind != OpKind::leaky_relu && op.kind != OpKind::abs) return {};
  const auto& told_of = story.selection.elements(op.output);
  const auto zero = std::find_if(told_of.begin(), told_of.end(), [&](std::size_t e) { return a[e] == 0; });
  std::vector<std::string> told;
  if (op.kind == OpKind::relu) {
    const auto shut = static_cast<std::size_t>(
        std::count_if(told_of.begin(), told_of.end(), [&](std::size_t e) { return a[e] <= 0; }));
    if (shut > 0 && told_of.size() > 1)
      told.push_back(trn("{n} of the {all} entries is ≤ 0. It becomes 0, and on the way back nothing passes it.",
                         "{n} of the {all} entries are ≤ 0. They become 0, and on the way back nothing passes them.",
                         shut, fmt::arg("n", shut), fmt::arg("all", told_of.size())));
    else if (shut > 0)
      told.push_back(tr("${a}$ ≤ 0, so the result is 0, and on the way back nothing passes.", fmt::arg("a", name)));
  }
  if (zero != told_of.end())
    told.push_back(
        tr("${a}$ is exactly 0. There {function} has a kink: no slope is the only right one. By agreement it counts as "
           "{slope}.",
           fmt::arg("a", story.element(op.inputs[0], *zero)), fmt::arg("function", f),
           fmt::arg("slope", op.kind == OpKind::leaky_relu
                                 ? story.digits.number(op.attribute("slope", 0.01)).pieces[0].formula
                                 : std::string("0"))));
  return told;
}

std::vector<std::string> dead_units(const Story& story, const Op& op) {
  if (op.kind != OpKind::relu) return {};
  const Tensor& z = story.tensor(op.inputs[0]);
  const std::size_t H = z.shape[1];
  std::string list;
  std::size_t count = 0;
  for (std::size_t j = 0; j < H; ++j) {
    bool dead = true, told_of = false;
    for (std::size_t n = 0; n < z.shape[0]; ++n)
      told_of = told_of || story.selection.concerns(Element{op.output, n * H + j});
    if (!told_of) continue;
    for (std::size_t n = 0; n < z.shape[0]; ++n) dead = dead && z.value[n * H + j] <= 0;
    if (dead && ++count <= 8) list += (list.empty() ? "" : ", ") + std::to_string(j);
  }
  if (count == 0) return {};
  if (count > 8) list += ", …";
  return {
      trn("For this batch {n} unit is dead: number {list}. Its ${z}$ is ≤ 0 in every row, so nothing comes back "
          "through it, and its weights stay as they are.",
          "For this batch {n} units are dead: numbers {list}. Their ${z}$ is ≤ 0 in every row, so nothing comes back "
          "through them, and their weights stay as they are.",
          count, fmt::arg("n", count), fmt::arg("list", list), fmt::arg("z", z.name))};
}

std::vector<std::string> notes_on(const Story&, const Op& op) {
  const std::string indicator = tr("$1[…]$ is 1 where what stands in the brackets is true, else 0.");
  switch (op.kind) {
    case OpKind::relu:
    case OpKind::leaky_relu:
    case OpKind::max:
    case OpKind::softmax:
      return {indicator};
    case OpKind::softmax_cross_entropy:
      return {
          tr("The loss of a row has two parts. The derivative of $log(Σ_j exp(z[j]))$ with respect to $z[k]$ is "
             "$exp(z[k])/(Σ_j exp(z[j]))$: the softmax, $p[k]$. The derivative of $z[y]$ is 1 for the label, 0 for the "
             "others. What is left: probability minus 1 for the label, probability minus 0 for the others, over $N$."),
          indicator};
    case OpKind::abs:
    case OpKind::absolute_error:
      return {tr("sign is 1 for a positive number, -1 for a negative one, 0 for 0.")};
    default:
      return {};
  }
}

}  // namespace gradwalk::walk
