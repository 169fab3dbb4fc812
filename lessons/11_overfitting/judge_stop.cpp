#include "gradwalk/tracer/language.hpp"
#include "judge_parts.hpp"

namespace gradwalk::harness::lesson_11 {
namespace {

/// Some epochs in which all goes well, so that the answer is not the same for everybody; behind them the losses that it
/// is about, and after which of these it stops, with the net of which.
struct Course {
  double patience;
  Values losses;
  double last, kept;
};

struct StopCheck {
  Check check;
  double well;
};

StopCheck stop_check(Draw& draw, const std::string& id, const Course& course) {
  const auto well = double(draw.random().below(6));
  Values losses;
  for (double epoch = 0; epoch < well; ++epoch) losses.push_back(1 + 0.1 * (well - epoch));
  losses.insert(losses.end(), course.losses.begin(), course.losses.end());
  const double scale = draw.random().uniform(0.5, 2);
  for (double& loss : losses) loss *= scale;
  const double last = course.last + well, kept = course.kept + well;
  Check check;
  check.id = id;
  check.function = "stop";
  check.send = {{"losses", {losses.size()}, losses}, scalar("patience", course.patience)};
  check.expect = {expected("last epoch", "stop", {}, {last}), expected("epoch kept", "best", {}, {kept})};
  check.expect[0].complaint = [=](const Values& got) {
    return got.at(0) == last ? ""
                             : tr("it stops after epoch {got}, expected after epoch {right}", fmt::arg("got", got[0]),
                                  fmt::arg("right", last));
  };
  check.expect[1].complaint = [=](const Values& got) {
    return got.at(0) == kept ? ""
                             : tr("the net of epoch {got} is kept, expected that of epoch {right}",
                                  fmt::arg("got", got[0]), fmt::arg("right", kept));
  };
  return {check, well};
}

/// Least in epoch 4, counted from 1; three epochs later it is time. What is wrong stops in another epoch.
Check stop_after_ups_and_downs(Draw& draw) {
  auto [check, well] =
      stop_check(draw, "stop", {3, {1.0, 0.8, 0.85, 0.7, 0.75, 0.74, 0.73, 0.9, 0.95, 1.0, 1.05}, 7, 4});
  const std::string against_last = tr("each loss is compared with the one before, not with the least");
  check.known_wrong = {
      {"stop-at-first-rise", "last epoch", {3 + well}, tr("without patience: one bad epoch may be chance")},
      {"stop-counts-all", "last epoch", {6 + well}, tr("the waiting does not begin anew after a new least loss")},
      {"stop-one-late", "last epoch", {8 + well}, tr("it waits one epoch more than `patience` says")},
      {"stop-against-last", "last epoch", {10 + well}, against_last},
      {"stop-against-last", "epoch kept", {7 + well}, against_last},
      {"stop-keeps-last", "epoch kept", {11 + well}, tr("that is the last one, not the one of least loss")},
      {"stop-keeps-first", "epoch kept", {1}, tr("that is the first one: keep every net that is better")}};
  return check;
}

/// Another patience, and losses that only reach the least one again.
Check stop_at_equal_losses(Draw& draw) {
  auto [check, well] = stop_check(draw, "stop-equal", {2, {1.0, 0.8, 0.8, 0.8, 0.9, 0.95, 1.0, 1.05}, 4, 2});
  const std::string equal = tr("an equal loss counts as a better one: only a loss below the least is one");
  check.known_wrong = {
      {"stop-at-first-rise", "last epoch", {3 + well}, tr("without patience: one bad epoch may be chance")},
      {"stop-one-late", "last epoch", {5 + well}, tr("it waits one epoch more than `patience` says")},
      {"stop-patience-written-in", "last epoch", {5 + well}, tr("it waits 3 epochs, whatever `patience` says")},
      {"stop-equal-is-better", "last epoch", {6 + well}, equal},
      {"stop-equal-is-better", "epoch kept", {4 + well}, equal},
      {"stop-keeps-last", "epoch kept", {8 + well}, tr("that is the last one, not the one of least loss")},
      {"stop-keeps-first", "epoch kept", {1}, tr("that is the first one: keep every net that is better")}};
  return check;
}

/// Every better loss counts, however little better it is.
Check stop_at_small_gains(Draw& draw) {
  auto [check, well] =
      stop_check(draw, "stop-small-gains", {2, {1.0, 0.8, 0.79999, 0.79998, 0.79997, 0.9, 0.95, 1.0}, 7, 5});
  const std::string gain = tr("only a loss that is less by some margin counts as better: any loss below the least is");
  check.known_wrong = {
      {"stop-needs-margin", "last epoch", {4 + well}, gain},
      {"stop-needs-margin", "epoch kept", {2 + well}, gain},
      {"stop-at-first-rise", "last epoch", {6 + well}, tr("without patience: one bad epoch may be chance")},
      {"stop-one-late", "last epoch", {8 + well}, tr("it waits one epoch more than `patience` says")},
      {"stop-keeps-last", "epoch kept", {8 + well}, tr("that is the last one, not the one of least loss")},
      {"stop-keeps-first", "epoch kept", {1}, tr("that is the first one: keep every net that is better")}};
  return check;
}

}  // namespace

std::vector<Check> stop_checks(Draw& draw) {
  return {stop_after_ups_and_downs(draw), stop_at_equal_losses(draw), stop_at_small_gains(draw)};
}

}  // namespace gradwalk::harness::lesson_11
