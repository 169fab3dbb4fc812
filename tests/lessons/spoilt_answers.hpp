#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "gradwalk/harness/judge.hpp"

namespace gradwalk::harness {

/// What happens to one right answer.
using Spoil = std::function<void(const Check&, const Expected&, std::vector<double>&)>;

/// What the lesson's judge says to answers that are right but for what `spoil` does to them. Those of which many are
/// right are left alone.
inline Verdict judge_spoilt(const Lesson& lesson, const Spoil& spoil) {
  const std::vector<Check> checks = lesson.checks("key", "submission");
  std::vector<RunResult> runs(checks.size());
  for (std::size_t c = 0; c < checks.size(); ++c) {
    runs[c].outcome = Outcome::answered;
    for (const Expected& expected : checks[c].expect) {
      NamedTensor answer{expected.name, expected.shape, expected.values};
      if (!expected.complaint) spoil(checks[c], expected, answer.values);
      runs[c].reply.tensors.push_back(std::move(answer));
    }
  }
  return judge_answers(lesson, checks, std::move(runs));
}

}  // namespace gradwalk::harness
