#include <algorithm>

#include "walk/slices.hpp"
#include "walk/story.hpp"

namespace gradwalk::walk {

namespace {

constexpr const char* minus_eta_times = " - η·";

Step update_of(const Story& story, TensorId id, double eta) {
  Step step;
  const Tensor& w = story.tensor(id);
  const Digits& d = story.digits;
  step.title = tr("New ${name}$", fmt::arg("name", w.name));
  if (const auto e = story.selection.element()) {
    const std::string name = story.record.name_of(*e), gradient = story.gradient_name(e->tensor, e->index);
    const double old = w.value[e->index], slope = w.gradient[e->index];
    step.rule = {{name, {{"←", name + minus_eta_times + gradient}}}};
    step.numbers = {{name, {{"←", d.number(old) + " - " + d.number(eta) + "·" + d.factor(slope)}}}};
    step.result = {plugged_in(name, {d.number(old - eta * slope)})};
    return step;
  }
  step.rule = {{symbol(story, id, {}), {{"←", symbol(story, id, {}) + minus_eta_times + symbol(story, id, {}, "d")}}}};
  step.numbers = {
      {w.name,
       {{"←", values(story, id, {}, {6, 5}) + " - " + d.number(eta) + "·" + gradients(story, id, {}, {6, 5})}}}};
  step.result = {plugged_in(
      w.name,
      {cells(story, id, {}, [&](std::size_t e) { return d.number(w.value[e] - eta * w.gradient[e]); }, {12, 10})})};
  return step;
}

/// v ← μ·v + dW, then W ← W − η·v
Step rolling_update_of(const Story& story, TensorId id, double eta, double mu) {
  Step step;
  const Tensor& w = story.tensor(id);
  const Digits& d = story.digits;
  step.title = tr("New velocity and new ${name}$", fmt::arg("name", w.name));
  const auto velocity = [&](std::size_t e) { return mu * w.velocity[e] + w.gradient[e]; };
  const auto result = [&](std::size_t e) { return w.value[e] - eta * velocity(e); };
  if (const auto e = story.selection.element()) {
    const std::string name = story.record.name_of(*e), gradient = story.gradient_name(e->tensor, e->index);
    const std::size_t i = e->index;
    step.rule = {{"v" + name, {{"←", "μ·v" + name + " + " + gradient}}},
                 {name, {{"←", name + minus_eta_times + "v" + name}}}};
    step.numbers = {
        {"v" + name,
         {{"←", d.sum({{d.product(mu, w.velocity[i]), mu * w.velocity[i]}, {d.number(w.gradient[i]), w.gradient[i]}})
                    .front()}}},
        {name, {{"←", d.number(w.value[i]) + " - " + d.number(eta) + "·" + d.factor(velocity(i))}}}};
    step.result = {plugged_in("v" + name, {d.number(velocity(i))}), plugged_in(name, {d.number(result(i))})};
    return step;
  }
  const GridLimits narrow{6, 5};
  const auto matrix = [&](const auto& number, GridLimits limits) {
    return cells(
        story, id, {}, [&](std::size_t e) { return d.number(number(e)); }, limits);
  };
  const auto before = [&](std::size_t e) { return w.velocity[e]; };
  const Math v = symbol(story, id, {}, "v"), W = symbol(story, id, {});
  step.rule = {{v, {{"←", Math("μ·") + v + " + " + symbol(story, id, {}, "d")}}},
               {W, {{"←", W + minus_eta_times + v}}}};
  step.numbers = {
      {"v" + w.name, {{"←", d.number(mu) + "·" + matrix(before, narrow) + " + " + gradients(story, id, {}, narrow)}}},
      {w.name, {{"←", values(story, id, {}, narrow) + " - " + d.number(eta) + "·" + matrix(velocity, narrow)}}}};
  step.result = {plugged_in("v" + w.name, {matrix(velocity, {12, 10})}),
                 plugged_in(w.name, {matrix(result, {12, 10})})};
  return step;
}

/// `digits` has room to spare: the two losses often differ only far behind the point.
void tell_loss_after(Story& story, double after, const Digits& digits) {
  const std::string L = story.loss_name();
  const double before = story.tensor(story.record.loss()).value[0];
  const Digits& d = story.digits;
  Step step;
  step.title = tr("Did it help? The loss before and after");
  step.before.push_back(tr("The same batch goes forward once more, with all weights and biases new."));
  const std::string change = "Δ" + L;
  step.rule = {rule(change, {Math(L + " \"" + tr("after") + "\" - " + L + " \"" + tr("before") + "\"")})};
  step.numbers = {plugged_in(change, {digits.number(after) + " - " + digits.factor(before)})};
  step.result = {plugged_in(change, {d.number(after - before)})};
  step.after.push_back(after < before
                           ? tr("The loss became smaller. That was the aim.")
                           : tr("The loss did not become smaller. The learning rate may be too large for this step."));
  story.step(std::move(step));
}

bool knows_velocity(const Story& story) {
  return std::all_of(story.record.tensors.begin(), story.record.tensors.end(),
                     [](const Tensor& t) { return t.role != Role::parameter || !t.velocity.empty(); });
}

}  // namespace

void tell_update(Story& story, const WalkOptions& options) {
  const auto target = story.selection.tensor();
  if (!story.is_net() || (target && story.tensor(*target).role != Role::parameter)) return;
  const Provenance& from = story.record.provenance;
  story.heading(tr("The update"));
  if (!from.learning_rate) {
    story.paragraph(tr("The record names no learning rate, so no update is shown."));
    return;
  }
  story.paragraph(
      tr("The gradient points where the loss grows. So each weight goes a small step the other way; how small, says "
         "the learning rate $η = {eta}$.",
         fmt::arg("eta", story.digits.number(*from.learning_rate).pieces[0].formula)));
  const double momentum = from.momentum.value_or(0);
  if (momentum != 0)
    story.paragraph(
        knows_velocity(story)
            ? tr("This run has momentum $μ = {mu}$: every weight has a velocity $v$, which keeps the share $μ$ of what "
                 "it was and takes in the new gradient. The weight moves by the velocity.",
                 fmt::arg("mu", story.digits.number(momentum).pieces[0].formula))
            : tr("This run has momentum $μ = {mu}$: each step also keeps a part of the steps before it. The record "
                 "does not hold those, so what follows is the step of this gradient alone.",
                 fmt::arg("mu", story.digits.number(momentum).pieces[0].formula)));
  for (TensorId id = 0; id < story.record.tensors.size(); ++id)
    if (story.tensor(id).role == Role::parameter && story.tensor(id).gradient_state == GradientState::computed &&
        (story.selection.everything() || story.selection.tensor() == id))
      story.step(momentum != 0 && knows_velocity(story) ? rolling_update_of(story, id, *from.learning_rate, momentum)
                                                        : update_of(story, id, *from.learning_rate));
  if (from.loss_after) tell_loss_after(story, *from.loss_after, Digits(std::min(options.digits + 3, 17)));
}

}  // namespace gradwalk::walk
