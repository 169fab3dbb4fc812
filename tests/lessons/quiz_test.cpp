// Every question of every quiz can be asked and answered, in both languages, and its own right answer is right.
#include "gradwalk/harness/quiz.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "gradwalk/harness/places.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

Question number(double right) {
  Question question;
  question.right_number = right;
  return question;
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

/// What a call says when it throws.
template <class Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

// "[(" is where an assert of toml++ does not hold.
constexpr const char* damaged[] = {
    "[(", "[", "questions = [", "title = {en = \"a", "steps = [1]\ntitle = {en = \"a\"}", "questions = [1]\nsteps = 3"};

}  // namespace

BOOST_AUTO_TEST_CASE(a_damaged_quiz_or_lesson_is_one_clear_line) {
  const TemporaryFolder folder;
  const std::filesystem::path lessons = folder.path() / "lessons", lesson = lessons / "04_linear_layer";
  write(lessons / "driver" / "main.cpp", "");
  setenv("GRADWALK_SHARE", folder.path().c_str(), 1);
  for (const char* text : damaged) BOOST_TEST_CONTEXT(text) {
      write(lesson / "lesson.toml", text);
      const std::string refused = refusal([] { all_lessons(); });
      BOOST_TEST(refused.starts_with((lesson / "lesson.toml").string()), refused);
      BOOST_TEST(refused.find('\n') == std::string::npos, refused);
    }
  unsetenv("GRADWALK_SHARE");
  for (const char* text : {damaged[0], damaged[1], damaged[2], damaged[3], damaged[5]}) BOOST_TEST_CONTEXT(text) {
      write(lesson / "quiz.toml", text);
      Lesson with_quiz;
      with_quiz.folder = lesson;
      const std::string refused = refusal([&] { quiz_of(with_quiz); });
      BOOST_TEST(refused.starts_with((lesson / "quiz.toml").string()), refused);
      BOOST_TEST(refused.find('\n') == std::string::npos, refused);
    }
}

BOOST_AUTO_TEST_CASE(every_quiz_asks_for_numbers_and_shapes) {
  for (const Language language : {Language::en, Language::ru}) {
    set_language(language);
    for (const Lesson& lesson : all_lessons()) BOOST_TEST_CONTEXT(lesson.name) {
        const std::vector<Question> questions = quiz_of(lesson);
        std::size_t calculated = 0, before = 0;
        for (const Question& question : questions) BOOST_TEST_CONTEXT(question.id) {
            BOOST_TEST(!question.text.empty());
            BOOST_TEST(!question.because.empty());
            BOOST_TEST((judge_answer(question, question.right_answer()) == Answer::right));
            calculated += question.kind != Question::Kind::choice;
            before += question.when == "pre";
          }
        if (questions.empty()) continue;
        BOOST_TEST(2 * calculated >= questions.size());
        BOOST_TEST(before >= 2u);
        BOOST_TEST(questions.size() - before >= 3u);
      }
  }
  set_language(Language::en);
}

BOOST_AUTO_TEST_CASE(a_number_may_be_written_in_many_ways) {
  for (const char* typed : {"-0.25", " -0,25 ", "−0.25", "-1/4", "-.25", "-0.252"})
    BOOST_TEST((judge_answer(number(-0.25), typed) == Answer::right), typed);
  for (const char* typed : {"0.25", "-0.26", "nan", "1/3"})
    BOOST_TEST((judge_answer(number(-0.25), typed) == Answer::wrong), typed);
  for (const char* typed : {"", "a", "1/0", "0.25x"})
    BOOST_TEST((judge_answer(number(-0.25), typed) == Answer::not_understood), typed);
}

BOOST_AUTO_TEST_CASE(shapes_and_letters) {
  Question shape;
  shape.kind = Question::Kind::shape;
  shape.right_shape = {3, 2};
  for (const char* typed : {"(3, 2)", "3x2", "3 2"}) BOOST_TEST((judge_answer(shape, typed) == Answer::right), typed);
  BOOST_TEST((judge_answer(shape, "(2, 3)") == Answer::wrong));
  BOOST_TEST((judge_answer(shape, "two") == Answer::not_understood));
  Question choice;
  choice.kind = Question::Kind::choice;
  choice.choices = {"one", "two"};
  choice.right_choice = 1;
  for (const char* typed : {"b", "B", " b)", "2"}) BOOST_TEST((judge_answer(choice, typed) == Answer::right), typed);
  BOOST_TEST((judge_answer(choice, "a") == Answer::wrong));
  BOOST_TEST((judge_answer(choice, "c") == Answer::not_understood));
}
