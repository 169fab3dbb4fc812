#include "gradwalk/harness/quiz.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "student.hpp"

namespace gradwalk::harness::cli {
namespace {

std::string how_to_answer(const Question& question) {
  switch (question.kind) {
    case Question::Kind::number:
      return tr("a number");
    case Question::Kind::shape:
      return tr("a shape, such as (3, 2)");
    case Question::Kind::choice:
      break;
  }
  return tr("a letter");
}

/// Asks until the answer can be understood; nothing when there is no more input.
std::optional<Answer> ask(const Question& question) {
  fmt::print("{}\n", question.text);
  for (std::size_t i = 0; i < question.choices.size(); ++i)
    fmt::print("  {}) {}\n", char('a' + i), question.choices[i]);
  std::string typed;
  for (;;) {
    fmt::print("{}> ", how_to_answer(question));
    std::fflush(stdout);
    if (!std::getline(std::cin, typed)) return std::nullopt;
    const Answer answer = judge_answer(question, typed);
    if (answer != Answer::not_understood) return answer;
    fmt::print("{}\n", tr("Not understood: {what} is wanted.", fmt::arg("what", how_to_answer(question))));
  }
}

int quiz(const std::string& named, const std::string& when) {
  Student student;
  const Lesson lesson = student.lesson(named);
  std::vector<Question> questions = quiz_of(lesson);
  std::erase_if(questions, [&](const Question& question) { return question.when != when; });
  if (questions.empty()) throw InputError(tr("lesson {number} has no such quiz", fmt::arg("number", lesson.number)));
  QuizScore score{0, static_cast<int>(questions.size())};
  int number = 0;
  for (const Question& question : questions) {
    fmt::print("{}. ", ++number);
    const std::optional<Answer> answer = ask(question);
    if (!answer) {
      fmt::print("\n{}\n", tr("Stopped: this quiz does not count."));
      return done;
    }
    score.right += *answer == Answer::right;
    fmt::print("{}{}\n\n",
               *answer == Answer::right ? tr("Right.")
                                        : tr("No: it is {answer}.", fmt::arg("answer", question.right_answer())),
               question.because.empty() ? "" : " " + question.because);
  }
  fmt::print("{}\n", tr("{right} of {of} right.", fmt::arg("right", score.right), fmt::arg("of", score.of)));
  student.progress.of(lesson.name).quizzes[when] = score;
  student.progress.save();
  return done;
}

}  // namespace

void add_quiz(CLI::App& app, Run& run) {
  auto lesson = std::make_shared<std::string>(), when = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("quiz", tr("questions before a lesson (pre) and after it (post)"));
  command->add_option("lesson", *lesson, tr("number or name of the lesson"))->required();
  command->add_option("when", *when, tr("pre or post"))->required()->check(CLI::IsMember({"pre", "post"}));
  command->footer(tr("Example:") + "\n  gradwalk lesson quiz 04 pre");
  command->callback([=, &run] { run = [=] { return quiz(*lesson, *when); }; });
}

}  // namespace gradwalk::harness::cli
