// No mistake of the catalogue survives in any lesson, for any of several seeds, and each is called by its name.
#include "gradwalk/harness/doctor.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "gradwalk/harness/judge.hpp"

using namespace gradwalk::harness;

namespace {

/// GRADWALK_SEEDS=10000 tries that many; without it as many as a test that runs at every commit can afford.
int seeds(int usual) {
  const char* wanted = std::getenv("GRADWALK_SEEDS");
  return wanted ? std::atoi(wanted) : usual;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(doctor)

BOOST_AUTO_TEST_CASE(every_mistake_is_caught_and_named) {
  for (const Lesson& lesson : all_lessons())
    for (int seed = 0; seed < seeds(8); ++seed)
      for (const Planted& planted : kill_matrix(lesson, std::to_string(seed)))
        BOOST_TEST_CONTEXT(lesson.name << ", seed " << seed << ": " << planted.mistake << ", " << planted.words) {
          BOOST_TEST(!planted.caught_by.empty(), "survives");
          BOOST_TEST(planted.named, "is caught, but not named");
        }
}

BOOST_AUTO_TEST_CASE(finite_differences_confirm_every_reference) {
  for (const Lesson& lesson : all_lessons())
    for (int seed = 0; seed < seeds(20); ++seed)
      for (const Check& check : lesson.checks(std::to_string(seed), "reference"))
        BOOST_TEST(reference_at_fault(check) == "", lesson.name << ", " << check.id << ", seed " << seed);
}

BOOST_AUTO_TEST_CASE(right_answers_pass_for_every_seed) {
  for (const Lesson& lesson : all_lessons())
    for (int seed = 0; seed < seeds(300); ++seed) {
      const std::vector<Check> checks = lesson.checks(std::to_string(seed), "right");
      for (const Check& check : checks)
        for (const Expected& expected : check.expect) {
          if (expected.complaint) continue;
          NamedTensor as_float{expected.name, expected.shape, {}};
          for (const double value : expected.values) as_float.values.push_back(static_cast<float>(value));
          const OutputVerdict verdict = compare(expected, &as_float);
          BOOST_TEST((verdict.fault == Fault::none),
                     lesson.name << ", " << check.id << ", " << expected.name << ", seed " << seed);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
