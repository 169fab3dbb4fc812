#pragma once

#if defined(_OPENMP)
#include <omp.h>
#endif

#include "engine/step.hpp"

namespace gradwalk::GRADWALK_LEVEL {

/// The pointers to the rows of x of one batch.
template <class T>
inline void find_rows(const Plan<T>& plan, std::size_t first, std::size_t samples, const T** rows) {
  for (std::size_t n = 0; n < samples; ++n)
    rows[n] = plan.x + (plan.order ? plan.order[first + n] : first + n) * plan.x_stride;
}

/// All batches, in one parallel region.
template <class T>
void train(Plan<T>& plan) {
  Team team;
  bool kept = false;
  const Trace<T>* trace = plan.traces->begin(0, kept);
  plan.loss_sum = 0;

  const auto work = [&](std::size_t id) {
    const T **rows = plan.x_rows[id], **next_rows = rows + plan.batch;
    find_rows(plan, 0, smaller(plan.batch, plan.samples), rows);
    for (std::size_t step = 0, first = 0; first < plan.samples; ++step) {
      const std::size_t next = first + plan.batch;
      const std::size_t samples = smaller(plan.batch, plan.samples - first);
      const std::size_t next_samples = next < plan.samples ? smaller(plan.batch, plan.samples - next) : 0;
      find_rows(plan, next, next_samples, next_rows);
      const double loss =
          kept ? Step<T, true>(plan, team, id, trace, first, samples, rows, next_rows, next_samples).run()
               : Step<T, false>(plan, team, id, trace, first, samples, rows, next_rows, next_samples).run();
      if (id == 0 && next_samples > 0) trace = plan.traces->begin(step + 1, kept);
      team.wait();
      if (id == 0) {
        plan.loss_sum += loss;
        plan.traces->end(step, first, samples, loss / static_cast<double>(samples));
      }
      const T** const done = rows;
      rows = next_rows;
      next_rows = done;
      first = next;
    }
  };

#if defined(_OPENMP)
#pragma omp parallel num_threads(static_cast <int>(plan.threads))
  {
#pragma omp single
    team.set_threads(static_cast<std::size_t>(omp_get_num_threads()));  // which may be fewer
    const auto id = static_cast<std::size_t>(omp_get_thread_num());
    const Seat seat(id, team.threads());
    work(id);
  }
#else
  work(0);
#endif
}

}  // namespace gradwalk::GRADWALK_LEVEL
