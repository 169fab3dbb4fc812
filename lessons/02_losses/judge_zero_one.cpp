#include "judge_zero_one.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "gradwalk/harness/class_search.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_02 {
namespace {

struct Rows {
  std::size_t classes;
  std::vector<double> p, y;

  std::size_t count() const { return y.size(); }
  const double* row(std::size_t n) const { return &p[n * classes]; }
  std::size_t label(std::size_t n) const { return static_cast<std::size_t>(y[n]); }
};

/// Probabilities of some 64ths, no two of a row alike and none one half: whatever is done with equal ones, a row has one
/// largest, and "< 0.5" is no other mistake than "<= 0.5".
std::vector<double> draw_row(Draw& draw, std::size_t classes) {
  constexpr std::size_t parts = 64;
  for (;;) {
    std::set<std::size_t> cuts{0, parts};
    while (cuts.size() < classes + 1) cuts.insert(1 + draw.random().below(parts - 1));
    std::vector<double> p;
    for (auto cut = std::next(cuts.begin()); cut != cuts.end(); ++cut)
      p.push_back(static_cast<double>(*cut - *std::prev(cut)) / parts);
    std::set<double> different(p.begin(), p.end());
    if (different.size() == classes && different.insert(0.5).second) return p;
  }
}

Rows draw_rows(Draw& draw, std::size_t classes) {
  const std::size_t count = 10 + draw.random().below(4);
  Rows rows{classes, {}, draw.labels(count, classes)};
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<double> p = draw_row(draw, classes);
    // One half of the rows is to be right, more than chance would make.
    if (n % 2 == 0) std::iter_swap(p.begin() + std::ptrdiff_t(rows.label(n)), std::max_element(p.begin(), p.end()));
    rows.p.insert(rows.p.end(), p.begin(), p.end());
  }
  return rows;
}

/// How many rows count as wrong.
using Count = std::function<double(const Rows&)>;

template <class IsWrong>
Count rows_that(IsWrong is_wrong) {
  return [=](const Rows& rows) {
    double count = 0;
    for (std::size_t n = 0; n < rows.count(); ++n) count += is_wrong(rows.row(n), rows.classes, rows.label(n));
    return count;
  };
}

double differ(const std::vector<double>& found, const std::vector<double>& y, double shift = 0) {
  double count = 0;
  for (std::size_t n = 0; n < y.size(); ++n) count += found[n] + shift != y[n];
  return count;
}

/// The rows in which the search ends with another class than the label.
template <class Replaces>
Count missed_by(Replaces replaces) {
  return [=](const Rows& rows) { return differ(search_classes(rows.p, rows.classes, replaces), rows.y); };
}

const Count right = missed_by(is_larger);

/// The same search in classes `first` … C − `left` − 1 only.
Count missed_in_some(std::size_t first, std::size_t left) {
  return [=](const Rows& rows) {
    const std::size_t last = rows.classes - left;
    return missed_by([=](const double* row, std::size_t k, std::size_t best) {
      return k < last && (best < first || is_larger(row, k, best));
    })(rows);
  };
}

double missed_so_far(const Rows& rows, bool class_too) {
  return differ(search_classes_so_far(rows.p, rows.classes, class_too), rows.y);
}

struct WrongCount {
  const char* mistake;
  Count count;
  std::string words;
  bool is_share = true;
};

std::vector<WrongCount> wrong_counts() {
  const std::string so_far = tr("with the largest probability of the rows before still in the search");
  return {
      {"zero-one-accuracy", [](const Rows& rows) { return static_cast<double>(rows.count()) - right(rows); },
       tr("with the rows that are right counted, where the wrong ones count")},
      {"zero-one-sum", right, tr("with the number of wrong rows, where their share belongs: 1/N is left out"), false},
      {"division-of-whole-numbers",
       [](const Rows& rows) { return right(rows) == static_cast<double>(rows.count()) ? right(rows) : 0; },
       tr("with its fraction cut off: a quotient of two whole numbers is a whole number, here 0")},
      {"zero-one-class-kept",
       [](const Rows& rows) { return differ(search_classes(rows.p, rows.classes, is_larger, true), rows.y); },
       tr("with the class of the row before still in the search: it begins anew in each row")},
      {"zero-one-half", rows_that([](const double* p, std::size_t, std::size_t label) { return p[label] < 0.5; }),
       tr("with p[n, y[n]] < 0.5 for wrong: with three classes the largest may be less than one half")},
      // The mean of the others is less than p just where 1/C is.
      {"zero-one-below-mean", rows_that([](const double* p, std::size_t classes, std::size_t label) {
         return p[label] * static_cast<double>(classes) < 1;
       }),
       tr("with the label's probability compared with 1/C, or with the mean of the others, not with the largest")},
      {"zero-one-next-class-only", rows_that([](const double* p, std::size_t classes, std::size_t label) {
         return p[label] < p[(label + 1) % classes];
       }),
       tr("with the label's probability compared with that of the class behind it only")},
      {"zero-one-class-before-only", rows_that([](const double* p, std::size_t classes, std::size_t label) {
         return p[label] < p[(label + classes - 1) % classes];
       }),
       tr("with the label's probability compared with that of the class before it only")},
      {"zero-one-neighbour",
       missed_by([](const double* row, std::size_t k, std::size_t) { return is_larger(row, k, k - 1); }),
       tr("with each class compared with the one before it, not with the largest so far")},
      {"zero-one-against-first",
       missed_by([](const double* row, std::size_t k, std::size_t) { return is_larger(row, k, 0); }),
       tr("with each class compared with class 0, not with the largest so far")},
      {"zero-one-smallest", missed_by(is_smaller), tr("with the least probable class for the guess")},
      {"zero-one-without-last-class", missed_in_some(0, 1),
       tr("with the last class never looked at: the loop ends too early")},
      {"zero-one-without-first-class", missed_in_some(1, 0), tr("with class 0 never looked at: the loop starts at 1")},
      {"zero-one-not-begun-anew", [](const Rows& rows) { return missed_so_far(rows, false); }, so_far},
      {"zero-one-guess-not-begun-anew", [](const Rows& rows) { return missed_so_far(rows, true); }, so_far},
      {"zero-one-label-off-by-one",
       [](const Rows& rows) { return differ(search_classes(rows.p, rows.classes, is_larger), rows.y, 1); },
       tr("with the classes counted from 1, not from 0")}};
}

double share(const WrongCount& wrong, const Rows& rows) {
  return wrong.count(rows) / (wrong.is_share ? static_cast<double>(rows.count()) : 1);
}

/// Whether each way to count gives other numbers, in one batch or in the other.
bool are_told_apart(const Rows& some, const Rows& others) {
  std::set<std::vector<double>> seen{{0, 0}};
  const std::vector<WrongCount> all = wrong_counts();
  const auto is_new = [&](const WrongCount& one) {
    return seen.insert({share(one, some), share(one, others)}).second || one.mistake == all[2].mistake;  // which is 0
  };
  return is_new({"", right, {}}) && right(some) > 0 && std::all_of(all.begin(), all.end(), is_new);
}

Check zero_one(const char* id, const Rows& rows) {
  Check check;
  check.id = id;
  check.function = "zero_one";
  check.send = {{"p", {rows.count(), rows.classes}, rows.p}, {"y", {rows.count()}, rows.y}};
  check.expect = {expected("share", "zero-one", {}, {share({"", right, {}}, rows)})};
  for (const WrongCount& wrong : wrong_counts())
    check.known_wrong.push_back({wrong.mistake, "share", {share(wrong, rows)}, wrong.words});
  return check;
}

}  // namespace

std::vector<Check> zero_one_checks(Draw& draw) {
  Rows some = draw_rows(draw, 3), others = draw_rows(draw, 5);
  while (!are_told_apart(some, others)) some = draw_rows(draw, 3), others = draw_rows(draw, 5);
  // One row that is wrong: its share is a whole number, and who divides whole numbers gives it.
  const Rows alone{3, {0.25, 0.4375, 0.3125}, {2}};
  return {zero_one("zero-one", some), zero_one("zero-one-five-classes", others), zero_one("zero-one-one-row", alone)};
}

}  // namespace gradwalk::harness::lesson_02
