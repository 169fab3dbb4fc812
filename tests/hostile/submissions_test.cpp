// Submissions that do not behave. Each gets its own verdict, in words, and none of them passes.
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>
#include <string>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

const Kit& kit() {
  static const Kit one(true, Kit::Headers::precompiled);
  return one;
}

/// The solution of lesson 04 with `code` before it, or in place of `replaced`.
std::string solution_with(const std::string& code, const std::string& replaced = "struct Linear {") {
  std::string source = read_file(lesson_named("04").folder / "solution.hpp");
  const std::size_t at = source.find(replaced);
  BOOST_REQUIRE(at != std::string::npos);
  return source.replace(at, replaced.size(), code);
}

std::string before_solution(const std::string& code) { return solution_with(code + "\nstruct Linear {"); }
std::string in_forward(const std::string& code) { return solution_with(code + "\n    x_ = x;", "    x_ = x;"); }

struct GradedFile {
  Verdict verdict;
  std::string report;
};

GradedFile grade(const std::string& source) {
  const Lesson lesson = lesson_named("04");
  GradedFile graded;
  graded.verdict = judge_submission(kit(), lesson, {source, {}}, "test");
  graded.report = text_report(lesson, graded.verdict, "exercise.hpp", false);
  return graded;
}

bool says(const GradedFile& graded, const std::string& words) { return graded.report.find(words) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(submissions)

BOOST_AUTO_TEST_CASE(a_syntax_error_is_told_with_the_students_line) {
  const GradedFile graded = grade("#include \"gradwalk/exercise.hpp\"\n\nstruct Linear {\n  int broken\n};\n");
  BOOST_TEST((graded.verdict.status == Status::does_not_compile));
  BOOST_TEST(graded.verdict.compiled.line == 4);
  BOOST_TEST(says(graded, "exercise.hpp:4:"), graded.report);
}

BOOST_AUTO_TEST_CASE(a_macro_cannot_rewrite_the_drivers_code) {
  const std::string solution = read_file(lesson_named("04").folder / "solution.hpp");
  for (const char* macro : {"second_batch(call) never_called(call)", "layer_of(call) Linear(1, 1)", "return throw"}) {
    const GradedFile graded = grade(solution + "\n#define " + macro + "\n");
    BOOST_TEST((graded.verdict.status == Status::does_not_compile), macro);
    BOOST_TEST(says(graded, std::string("its macro ") + std::string(macro).substr(0, 3)), graded.report);
  }
  BOOST_TEST((grade(solution + "\n#define MY_SIZE 4\n").verdict.status == Status::passed));
}

BOOST_AUTO_TEST_CASE(earlier_code_that_does_not_fit_is_replaced_by_the_courses) {
  const Lesson lesson = lesson_named("08");
  const std::string solution = read_file(lesson.folder / "solution.hpp");
  const Verdict verdict =
      judge_submission(kit(), lesson, {solution, {{"04_linear_layer", "struct Linear {};"}}}, "test");
  BOOST_TEST((verdict.status == Status::passed));
  BOOST_REQUIRE(verdict.suspicions.size() == 1U);
  BOOST_TEST(verdict.suspicions[0].starts_with("your own code of earlier lessons does not fit"));
}

BOOST_AUTO_TEST_CASE(windows_line_ends_keep_the_line_number) {
  const GradedFile graded =
      grade("#include \"gradwalk/exercise.hpp\"\r\n\r\nstruct Linear {\r\n  int broken\r\n};\r\n");
  BOOST_TEST(graded.verdict.compiled.line == 4);
}

BOOST_AUTO_TEST_CASE(what_the_compiler_quotes_is_not_what_it_says_of_itself) {
  for (const char* words :
       {"g++: CPU time limit", "g++: out of memory, virtual memory exhausted, Cannot allocate",
        "g++: File size limit, final close failed", "g++: internal compiler error: Killed signal"}) {
    const GradedFile graded =
        grade(before_solution("static_assert(false, \"" + std::string(words) + "\"); // " + words));
    BOOST_TEST((graded.verdict.compiled.outcome == CompileOutcome::error_in_submission), graded.report);
    BOOST_TEST(says(graded, words), graded.report);
    const GradedFile assembled = grade(before_solution("asm(\"nonsense " + std::string(words) + "\");"));
    BOOST_TEST((assembled.verdict.compiled.outcome == CompileOutcome::error_in_submission), assembled.report);
  }
}

BOOST_AUTO_TEST_CASE(a_compiler_without_memory_is_told_as_such) {
  for (const char* code : {"asm(\".rept 100000000\\n nop\\n .endr\");",  // as: out of memory
                           "asm(\".data; .fill 300000000, 1, 1\");",     // as: beyond the file size
                           "char much[300000000] = {1};"}) {             // the same by way of g++
    const GradedFile graded = grade(before_solution(code));
    BOOST_TEST((graded.verdict.compiled.outcome == CompileOutcome::too_large), code << "\n" << graded.report);
  }
}

BOOST_AUTO_TEST_CASE(who_is_out_of_time_ends_by_a_signal_that_says_so) {
  Command command;
  command.words = {"sh", "-c", "while :; do :; done"};
  command.limits.cpu_seconds = 1;
  const int status = run_to_end(command, std::chrono::seconds(60), 100).status;
  BOOST_TEST((WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU));  // g++ tells it; SIGKILL might be anything
}

BOOST_AUTO_TEST_CASE(a_changed_signature_is_told_as_such) {
  const GradedFile graded = grade("#include \"gradwalk/exercise.hpp\"\nstruct Linear { Matrix W; Vector b; };\n");
  BOOST_TEST((graded.verdict.compiled.outcome == CompileOutcome::error_in_driver), graded.report);
}

BOOST_AUTO_TEST_CASE(an_endless_loop_is_stopped) {
  const GradedFile graded = grade(in_forward("for (volatile int i = 0;; i = i + 1) {}"));
  BOOST_TEST((graded.verdict.status == Status::failed));
  BOOST_TEST((graded.verdict.checks[0].run.outcome == Outcome::timed_out), graded.report);
}

BOOST_AUTO_TEST_CASE(a_crash_is_told) {
  const GradedFile graded = grade(in_forward("*(volatile int*)8 = 1;"));
  BOOST_TEST((graded.verdict.checks[0].run.outcome == Outcome::crashed));
  BOOST_TEST(says(graded, "memory that is not its own"), graded.report);
}

BOOST_AUTO_TEST_CASE(an_index_out_of_range_names_the_element) {
  const GradedFile graded = grade(in_forward("x(x.rows(), 0);"));
  BOOST_TEST(says(graded, "element (4, 0) of a 4 x 3 matrix does not exist"), graded.report);
}

BOOST_AUTO_TEST_CASE(megabytes_of_output_are_cut) {
  const GradedFile graded =
      grade("#include <cstdio>\n" + in_forward("for (int i = 0; i < 100000000; ++i) std::puts(\"gradwalk\");"));
  BOOST_TEST((graded.verdict.checks[0].run.outcome == Outcome::printed_too_much), graded.report);
  BOOST_TEST(graded.report.size() < 20000U);
}

BOOST_AUTO_TEST_CASE(a_constructor_that_exits_gives_no_answer) {
  const GradedFile graded =
      grade(before_solution("#include <cstdlib>\nstruct Early { Early() { std::exit(0); } } early;"));
  BOOST_TEST((graded.verdict.status != Status::passed));
  BOOST_TEST((graded.verdict.checks[0].run.outcome == Outcome::no_answer), graded.report);
}

BOOST_AUTO_TEST_SUITE_END()
