#include "chosen_files.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {

void ChosenFiles::offer(const Submitted& submitted, int fitness, bool program) {
  Chosen& chosen = chosen_[{submitted.student, submitted.lesson}];
  const bool better = fitness > chosen.fitness;
  if (chosen.fitness > 0 && (better ? chosen.program : program) && ++chosen.others == 1)
    chosen.other = better ? chosen.submitted.file : submitted.file;
  if (!better) return;
  chosen.program = program;
  chosen.fitness = fitness;
  chosen.submitted = submitted;
}

const Submitted* ChosenFiles::of(const std::string& student, const std::string& lesson) const {
  const auto found = chosen_.find({student, lesson});
  return found != chosen_.end() ? &found->second.submitted : nullptr;
}

bool ChosenFiles::is_graded(const std::string& student) const {
  const auto first = chosen_.lower_bound({student, ""});
  return first != chosen_.end() && first->first.first == student;
}

void ChosenFiles::tell_of_others(const LeftOut& left_out) const {
  const auto no_source = [&](const std::string& path) {
    left_out(tr("{path} is not graded: it is not called as C++ source is (.hpp, .h, .cpp …)",
                fmt::arg("path", printable(path))));
  };
  for (const std::string& path : nobodys_) no_source(path);
  for (const auto& [student, path] : no_source_)
    if (!is_graded(student)) no_source(path);
  for (const auto& [student, path] : elsewhere_)
    if (!is_graded(student))
      left_out(tr("{path} is not graded: its folder is called as another lesson's", fmt::arg("path", printable(path))));
  for (const std::string& path : of_no_lesson_)
    left_out(tr("{path} is not graded: neither its name nor its folder's says for which lesson it is",
                fmt::arg("path", printable(path))));
  for (const auto& [whose, chosen] : chosen_) {
    const std::string path = printable(chosen.other), graded = printable(chosen.submitted.file);
    if (chosen.others == 1)
      left_out(tr("{path} is not graded: of this student's files {graded} is taken", fmt::arg("path", path),
                  fmt::arg("graded", graded)));
    else if (chosen.others > 1)
      left_out(tr("{path} and {n} more are not graded: of this student's files {graded} is taken",
                  fmt::arg("path", path), fmt::arg("n", chosen.others - 1), fmt::arg("graded", graded)));
  }
}

}  // namespace gradwalk::harness
