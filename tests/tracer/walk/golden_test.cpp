#include "support/golden.hpp"

#include "gradwalk/nn/expression.hpp"
#include "gradwalk/tracer/walk.hpp"
#include "lesson_step.hpp"

using namespace gradwalk;

namespace {

void check_formats(const Record& record, const std::string& name, WalkOptions options) {
  for (const auto& [format, ending] : {std::pair{WalkFormat::text, ".txt"},
                                       {WalkFormat::markdown, ".md"},
                                       {WalkFormat::latex, ".tex"},
                                       {WalkFormat::html, ".html"}}) {
    options.format = format;
    const std::string once = walkthrough(record, options);
    BOOST_TEST((once == walkthrough(record, options)));
    check_golden("walk/" + name + ending, once);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_lessons_step) { check_formats(lesson_step().record, "lesson", {}); }

BOOST_AUTO_TEST_CASE(the_lessons_step_row_by_row) {
  WalkOptions options;
  options.form = WalkForm::batch;
  check_formats(lesson_step().record, "lesson_batch", options);
}

BOOST_AUTO_TEST_CASE(one_weight) {
  WalkOptions options;
  options.wrt = "W1[2,0]";
  check_formats(lesson_step().record, "one_weight", options);
}

BOOST_AUTO_TEST_CASE(an_expression) {
  check_formats(record_expression("b = a + a; c = b * b", {{"a", 3}}), "reuse", {});
}
