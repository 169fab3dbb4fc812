#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

std::string_view name_of(Status status) {
  switch (status) {
    case Status::passed:
      return "passed";
    case Status::failed:
      return "failed";
    case Status::not_attempted:
      return "not_attempted";
    case Status::does_not_compile:
      return "does_not_compile";
    case Status::not_graded:
      return "not_graded";
  }
  return "";
}

std::string_view name_of(StepStatus status) {
  switch (status) {
    case StepStatus::passed:
      return "passed";
    case StepStatus::failed:
      return "failed";
    case StepStatus::not_attempted:
      return "not_attempted";
  }
  return "";
}

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "none";
    case Fault::missing:
      return "missing";
    case Fault::wrong_shape:
      return "wrong_shape";
    case Fault::not_finite:
      return "not_finite";
    case Fault::different:
      return "different";
    case Fault::untouched:
      return "untouched";
    case Fault::carried:
      return "carried";
    case Fault::unproven:
      return "unproven";
    case Fault::numerical:
      return "numerical";
  }
  return "";
}

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered:
      return "answered";
    case Outcome::no_answer:
      return "no_answer";
    case Outcome::short_answer:
      return "short_answer";
    case Outcome::surplus_answer:
      return "surplus_answer";
    case Outcome::malformed_answer:
      return "malformed_answer";
    case Outcome::crashed:
      return "crashed";
    case Outcome::failed:
      return "failed";
    case Outcome::timed_out:
      return "timed_out";
    case Outcome::printed_too_much:
      return "printed_too_much";
    case Outcome::refused_calls:
      return "refused_calls";
    case Outcome::not_started:
      return "not_started";
  }
  return "";
}

std::string_view name_of(CompileOutcome outcome) {
  switch (outcome) {
    case CompileOutcome::compiled:
      return "compiled";
    case CompileOutcome::error_in_submission:
      return "error_in_submission";
    case CompileOutcome::error_in_driver:
      return "error_in_driver";
    case CompileOutcome::error_in_linking:
      return "error_in_linking";
    case CompileOutcome::timed_out:
      return "timed_out";
    case CompileOutcome::too_large:
      return "too_large";
    case CompileOutcome::unreadable:
      return "unreadable";
    case CompileOutcome::not_started:
      return "not_started";
  }
  return "";
}

}  // namespace gradwalk::harness
