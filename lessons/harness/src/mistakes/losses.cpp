#include "mistakes/losses.hpp"

#include <cmath>

#include "propagation.hpp"

// Mistakes that can be made in every loss: a factor, a sign, the base of the logarithm.

namespace gradwalk::harness {

Mistake scaled_loss(std::string_view id, bool (*at)(const Site&), double (*factor)(const Loss&), Words words) {
  return {
      id, [at](const Site& s) { return is_loss(s.kind()) && s.is_forward() && at(s); },
      [factor](const Site& s) { return std::vector<double>{values_of(s.record(), s.the_op())[0] * factor(Loss(s))}; },
      std::move(words)};
}

Mistake scaled_derivative(std::string_view id, bool (*at)(const Site&), double (*factor)(const Loss&), Words words) {
  return changed_terms(
      id, [at](const Site& s) { return is_loss(s.kind()) && s.slot == 0 && at(s); },
      [factor](const Site& s, AlteredTerm& t) { return t.local *= factor(Loss(s)), true; }, std::move(words));
}

Mistake other_loss(std::string_view id, bool (*at)(const Site&), double (*row)(const Loss&, std::size_t), Words words) {
  return {id, [at](const Site& s) { return s.is_forward() && at(s); },
          [row](const Site& s) {
            const Loss loss(s);
            double sum = 0;
            for (std::size_t n = 0; n < loss.N; ++n) sum += row(loss, n);
            return std::vector<double>{sum / loss.batch()};
          },
          std::move(words)};
}

Mistake other_derivative(std::string_view id, bool (*at)(const Site&),
                         double (*element)(const Loss&, std::size_t, std::size_t), Words words) {
  return changed_terms(
      id, [at](const Site& s) { return s.slot == 0 && at(s); },
      [element](const Site& s, AlteredTerm& t) {
        const Loss loss(s);
        return t.local = element(loss, t.index / loss.C, t.index % loss.C), true;
      },
      std::move(words));
}

namespace {

#define WORDS(text) LOSS_WORDS(text)

void append_scales(std::vector<Mistake>& all) {
  all.push_back(scaled_loss(
      "loss-sum-for-mean", batched, [](const Loss& l) { return l.batch(); },
      WORDS("with the sum over the batch, where the mean belongs: 1/N is left out")));
  all.push_back(scaled_loss(
      "loss-mean-over-elements", wide, [](const Loss& l) { return 1 / l.classes(); },
      WORDS("with the mean over all elements, where the mean over the rows belongs")));
  all.push_back(scaled_loss(
      "loss-sign", [](const Site&) { return true; }, [](const Loss&) { return -1.0; },
      WORDS("with its sign turned round")));
  all.push_back(scaled_loss(
      "loss-half", [](const Site& s) { return is_regression(s.kind()); }, [](const Loss&) { return 0.5; },
      WORDS("with a factor ½ that the definition does not have")));
  all.push_back(scaled_loss(
      "loss-base-2", [](const Site& s) { return !is_regression(s.kind()); },
      [](const Loss&) { return 1 / std::log(2.0); },
      WORDS("with the logarithm to base 2, where the natural one belongs")));
  all.push_back(scaled_loss(
      "loss-base-10", [](const Site& s) { return !is_regression(s.kind()); },
      [](const Loss&) { return 1 / std::log(10.0); },
      WORDS("with the logarithm to base 10, where the natural one belongs")));
  all.push_back(scaled_derivative(
      "loss-derivative-no-mean", batched, [](const Loss& l) { return l.batch(); },
      WORDS("with the factor 1/N of the mean left out")));
  all.push_back(scaled_derivative(
      "loss-derivative-mean-over-elements", wide, [](const Loss& l) { return 1 / l.classes(); },
      WORDS("divided by the number of elements, where the number of rows N belongs")));
  all.push_back(scaled_derivative(
      "loss-derivative-classes-for-batch",
      [](const Site& s) { return wide(s) && s.input(0).shape[0] != s.input(0).shape[1]; },
      [](const Loss& l) { return l.batch() / l.classes(); },
      WORDS("divided by the number of columns, where the number of rows N belongs")));
  all.push_back(scaled_derivative(
      "loss-derivative-mean-twice", batched, [](const Loss& l) { return 1 / l.batch(); }, WORDS("divided by N twice")));
}

#undef WORDS

}  // namespace

void append_loss_mistakes(std::vector<Mistake>& all) {
  append_scales(all);
  append_regression_mistakes(all);
  append_classification_mistakes(all);
}

}  // namespace gradwalk::harness
