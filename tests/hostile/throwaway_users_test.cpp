// Where the judge is root every submission is a user of its own: what one does to its user's limits and processes is
// nothing to its neighbours, and nothing of it is left when it ends.
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace ut = boost::unit_test;

namespace {

ut::assertion_result is_root(ut::test_unit_id) { return ut::assertion_result(geteuid() == 0); }

/// Lesson 04's solution that starts threads in `forward`; small stacks, so that their number is what meets a limit.
std::string solution_with_threads(const std::string& code) {
  std::string source = read_file(lesson_named("04").folder / "solution.hpp");
  const std::string place = "    x_ = x;";
  BOOST_REQUIRE(source.find(place) != std::string::npos);
  source.replace(source.find(place), place.size(), "    threads();\n" + place);
  return "#include <pthread.h>\n#include <unistd.h>\n#include <cstdlib>\n"
         "inline pthread_t started(void* (*work)(void*)) {\n"
         "  pthread_attr_t small;\n  pthread_attr_init(&small);\n  pthread_attr_setstacksize(&small, 65536);\n"
         "  pthread_t thread;\n"
         "  return pthread_create(&thread, &small, work, nullptr) == 0 ? thread : pthread_t{};\n}\n"
         "inline void threads() {\n" +
         code + "}\n" + source;
}

struct CompiledSubmission {
  CompiledSubmission(const Kit& kit, const Lesson& lesson, const std::string& source)
      : cell(kit), compiled(compile(kit, cell, lesson.folder / "driver.cpp", {{lesson.file, source}})) {
    BOOST_REQUIRE_MESSAGE(compiled.outcome == CompileOutcome::compiled, compiled.output);
  }
  Cell cell;
  Compiled compiled;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(throwaway_users, *ut::precondition(is_root))

BOOST_AUTO_TEST_CASE(a_bomb_does_not_take_its_neighbours_threads) {
  const Kit kit(false, Kit::Headers::as_they_are, Tier::throwaway_uid);
  const Lesson lesson = lesson_named("04");
  const CompiledSubmission bomb(
      kit, lesson,
      solution_with_threads(
          "  while (started([](void*) -> void* { for (;;) sleep(1); })) {\n  }\n  for (;;) sleep(1);\n"));
  const CompiledSubmission right(
      kit, lesson,
      solution_with_threads("  for (int i = 0; i < 8; ++i) {\n"
                            "    const pthread_t one = started([](void*) -> void* { return nullptr; });\n"
                            "    if (!one) std::abort();\n    pthread_join(one, nullptr);\n  }\n"));
  const Check check = lesson.checks("bomb", "bomb").at(0);
  const std::string request = encode_request(check.function, check.send);
  RunLimits limits;
  limits.wall = std::chrono::milliseconds(300);

  RunResult end_of_bomb;
  std::jthread other([&] {
    end_of_bomb = JailedProgram(kit.sandbox(), kit.jail(), bomb.compiled.program, bomb.cell.uid()).run(request, limits);
  });
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  JailedProgram program(kit.sandbox(), kit.jail(), right.compiled.program, right.cell.uid());
  while (std::chrono::steady_clock::now() < end)
    BOOST_TEST((program.run(request, check.limits).outcome == Outcome::answered));
  other.join();
  BOOST_TEST((end_of_bomb.outcome == Outcome::timed_out));
}

BOOST_AUTO_TEST_CASE(no_two_are_the_same_and_none_has_an_account) {
  const ThrowawayUser one, other;
  BOOST_TEST(one.uid() != other.uid());
  for (const uid_t uid : {one.uid(), other.uid()}) BOOST_TEST(getpwuid(uid) == nullptr);
}

BOOST_AUTO_TEST_CASE(no_process_outlives_its_cell) {
  const Kit kit(false, Kit::Headers::as_they_are, Tier::throwaway_uid);
  pid_t left = 0;
  std::filesystem::path folder;
  {
    const Cell cell(kit), neighbour(kit);
    const auto sleeping_as = [](uid_t uid) {
      const pid_t child = fork();
      if (child != 0) return child;
      setsid();
      if (setresuid(uid, uid, uid) != 0) _exit(1);
      for (;;) pause();
    };
    left = sleeping_as(*cell.uid());
    const pid_t others = sleeping_as(52000 + 8001);
    while (getpgid(left) != left || getpgid(others) != others) std::this_thread::yield();
    { const Cell third(kit); }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    BOOST_TEST(waitpid(left, nullptr, WNOHANG) == 0);
    folder = cell.folder();
    BOOST_TEST(std::filesystem::exists(folder));
    kill(others, SIGKILL);
    waitpid(others, nullptr, 0);
  }
  int status = 0;
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  pid_t ended = 0;
  while ((ended = waitpid(left, &status, WNOHANG)) == 0 && std::chrono::steady_clock::now() < patience)
    std::this_thread::yield();
  BOOST_TEST(ended == left);
  if (ended == 0) kill(left, SIGKILL);
  BOOST_TEST((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
  BOOST_TEST(!std::filesystem::exists(folder));
}

BOOST_AUTO_TEST_SUITE_END()
