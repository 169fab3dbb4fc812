#include "words.hpp"

#include <fmt/format.h>

#include <csignal>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness {
namespace {

std::string describe_signal(int signal) {
  switch (signal) {
    case SIGSEGV:
    case SIGBUS:
      return tr("it used memory that is not its own: an index beyond the end, or a bad pointer");
    case SIGABRT:
      return tr("it was aborted: an exception that nobody caught, an index out of range, or corrupted memory");
    case SIGFPE:
      return tr("it divided an integer by zero");
    case SIGILL:
      return tr("it ran into an illegal instruction");
    case SIGKILL:
      return tr("it was killed: it used too much memory or time");
    case SIGSYS:
      return tr("it made a system call that is refused");
    default:
      return tr("it was ended by signal {number}", fmt::arg("number", signal));
  }
}

}  // namespace

std::string describe_run(const RunResult& run, const RunLimits& limits) {
  switch (run.outcome) {
    case Outcome::answered:
      return {};
    case Outcome::no_answer:
      return tr("the program ended without an answer");
    case Outcome::short_answer:
      return tr("the answer stops in the middle");
    case Outcome::surplus_answer:
      return tr("more came back than one answer");
    case Outcome::malformed_answer:
      return tr("what came back is not an answer");
    case Outcome::crashed:
      return tr("the program crashed: {why}", fmt::arg("why", describe_signal(run.signal)));
    case Outcome::failed:
      return tr("the program ended with exit code {code}", fmt::arg("code", run.exit_code));
    case Outcome::timed_out:
      return tr("the program ran for longer than {seconds} s and was stopped: is there a loop that does not end?",
                fmt::arg("seconds", format_number(static_cast<double>(limits.wall.count()) / 1000)));
    case Outcome::printed_too_much:
      return tr("the program printed more than {bytes} bytes and was stopped", fmt::arg("bytes", limits.printed_bytes));
    case Outcome::refused_calls:
      return tr("the program was stopped: it tried again and again what is not allowed");
    case Outcome::not_started:
      return tr("the sandbox did not start the program; this is not the student's fault");
  }
  return {};
}

std::string describe_compile(const Compiled& compiled, const std::string& file) {
  const std::string where =
      compiled.line > 0 ? fmt::format("{}:{}:{}: ", file, compiled.line, compiled.column) : file + ": ";
  switch (compiled.outcome) {
    case CompileOutcome::compiled:
      return {};
    case CompileOutcome::error_in_submission:
      return where + (compiled.message.empty() ? tr("the compiler gave up without a message") : compiled.message);
    case CompileOutcome::error_in_driver:
      return where + tr("it compiles, but what the lesson calls is not there as the exercise has it: {message}",
                        fmt::arg("message", compiled.message));
    case CompileOutcome::error_in_linking:
      return where + tr("it compiles, but does not link: {message}", fmt::arg("message", compiled.message));
    case CompileOutcome::timed_out:
      return where + tr("compiling it takes too long");
    case CompileOutcome::too_large:
      return where + tr("compiling it takes too much memory, or makes too large a program");
    case CompileOutcome::unreadable:
      return where + tr("the file is too large to be an exercise");
    case CompileOutcome::not_started:
      return tr("g++ cannot be started: install the package g++");
  }
  return {};
}

/// Two numbers with as many digits as tell them apart: a step too few may show in the fifth only.
std::pair<std::string, std::string> told_apart(double got, double wanted) {
  constexpr int usual = 4, all = 17;
  for (int digits = usual; digits < all; ++digits)
    if (format_number(got, digits) != format_number(wanted, digits))
      return {format_number(got, digits), format_number(wanted, digits)};
  return {format_number(got, all), format_number(wanted, all)};
}

std::string describe_output(const OutputVerdict& output) {
  const auto shapes = [&] { return std::pair{to_string(output.expected_shape), to_string(output.shape)}; };
  switch (output.fault) {
    case Fault::none:
      return {};
    case Fault::missing:
      return tr("{name} is missing in the answer", fmt::arg("name", output.name));
    case Fault::wrong_shape:
      return tr("{name} has shape {got}, expected {wanted}", fmt::arg("name", output.name),
                fmt::arg("got", shapes().second), fmt::arg("wanted", shapes().first));
    case Fault::untouched:
      return tr("{name} is as the exercise leaves it", fmt::arg("name", output.name));
    case Fault::carried:
      return tr("{name} is right for your own numbers before it", fmt::arg("name", output.name));
    case Fault::unproven:
      return tr("{name} fits your own numbers before it, but with those a wrong rule would fit as well",
                fmt::arg("name", output.name));
    case Fault::numerical:
      return tr("{name} is right, but it looks like a difference quotient, and this exercise asks for the rule",
                fmt::arg("name", output.name));
    case Fault::not_finite:
    case Fault::different:
      break;
  }
  if (!output.complaint.empty()) return output.complaint;
  const auto [got, wanted] = told_apart(output.got, output.wanted);
  if (output.elements == 1)
    return tr("{element} is {got}, expected {wanted}", fmt::arg("element", output.first), fmt::arg("got", got),
              fmt::arg("wanted", wanted));
  return tr("{element} is {got}, expected {wanted} ({wrong} of {all} elements differ)",
            fmt::arg("element", output.first), fmt::arg("got", got), fmt::arg("wanted", wanted),
            fmt::arg("wrong", output.wrong), fmt::arg("all", output.elements));
}

std::string describe_explanation(const OutputVerdict& output, const Explanation& explanation) {
  if (!output.complaint.empty()) return explanation.words;
  return tr("your {name} is the right one {how}", fmt::arg("name", output.name), fmt::arg("how", explanation.words));
}

std::string heading(const Lesson& lesson, const std::string& file) {
  return tr("Lesson {number}, {title}: {file}", fmt::arg("number", lesson.number), fmt::arg("title", lesson.title),
            fmt::arg("file", file));
}

std::string step_result(const Verdict& verdict, const StepVerdict& step) {
  // Code that was worked on may give the same as none: beside steps that were, only this is known.
  if (step.status == StepStatus::not_attempted)
    return verdict.status == Status::not_attempted ? tr("not attempted")
                                                   : tr("still gives what the empty exercise gives");
  return fmt::format("{}/{}", format_number(step.earned), format_number(step.step.points));
}

std::string conclusion(const Verdict& verdict, const std::string& file) {
  const std::string points = fmt::format("{}/{}", format_number(verdict.earned), format_number(verdict.possible));
  switch (verdict.status) {
    case Status::passed:
      return tr("Passed: {points} points.", fmt::arg("points", points));
    case Status::failed:
      return tr("Not passed: {points} points.", fmt::arg("points", points));
    case Status::not_attempted:
      return file.empty() ? tr("Nothing was handed in.")
                          : tr("Not attempted yet: everything is as the exercise leaves it.");
    case Status::does_not_compile:
      return describe_compile(verdict.compiled, file);
    case Status::not_graded:
      return tr("Not graded: something failed that is not your code. Try again, or tell your teacher.");
  }
  return {};
}

namespace {

/// Length of the UTF-8 character at `at`, or 0 when there is none.
std::size_t utf8_length(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned lead = byte(at);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  if ((lead == 0xE0 && byte(at + 1) < 0xA0) || (lead == 0xED && byte(at + 1) > 0x9F) ||
      (lead == 0xF0 && byte(at + 1) < 0x90) || (lead == 0xF4 && byte(at + 1) > 0x8F))
    return 0;
  return length;
}

}  // namespace

std::string printable(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    const auto first = static_cast<unsigned char>(text[at]);
    const bool control = (length == 1 && ((first < 0x20 && first != '\n' && first != '\t') || first == 0x7F)) ||
                         (length == 2 && first == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0);
    if (length == 0 || control)
      result += '?';
    else
      result.append(text, at, length);
    at += length ? length : 1;
  }
  return result;
}

}  // namespace gradwalk::harness
