#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradwalk/harness/journal.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// A student's first explained mistake in the graph of the check that found it: the wrong arrow beside the right one.
struct MarkedGraph {
  std::string caption;
  std::string svg;  // without its prolog; empty: there is no mistake to show, or no Graphviz to draw it
};

/// What a student reads: what is right, what is wrong and where, and which term is at fault.
std::string text_report(const Lesson& lesson, const Verdict& verdict, const std::string& file, bool colour);
/// `picture` is the SVG file of the marked graph, when there is one.
std::string markdown_report(const Lesson& lesson, const Verdict& verdict, const std::string& file,
                            const MarkedGraph& graph = {}, const std::string& picture = {});
/// A page that needs nothing else: styles and the marked graph inside, no scripts.
std::string html_report(const Lesson& lesson, const Verdict& verdict, const std::string& file,
                        const MarkedGraph& graph = {});

/// For the course's systems. `graded` is sorted by student and lesson, `lessons` holds every lesson that occurs.
std::string csv_report(const std::vector<Graded>& graded);
std::string canvas_report(const std::vector<Graded>& graded, const std::vector<Lesson>& lessons);
std::string json_report(const std::vector<Graded>& graded);
std::string junit_report(const std::vector<Graded>& graded);
/// Workflow commands of GitHub Actions: one error line for each step that failed.
std::string github_annotations(const Graded& graded, const Lesson& lesson);
/// results.json of a Gradescope autograder, for one submission.
std::string gradescope_results(const Graded& graded, const Lesson& lesson);
/// What a Moodle CodeRunner template prints: fraction, prologuehtml, testresults.
std::string coderunner_result(const Graded& graded, const Lesson& lesson);

/// report.html of the class: who made which mistake, what to teach first, who needs a person's eye.
std::string class_report(const std::vector<Graded>& graded, const std::vector<Lesson>& lessons);

/// Writes all of them into `folder`, the students' under students/.
void write_reports(const std::filesystem::path& folder, const std::vector<Graded>& graded,
                   const std::vector<Lesson>& lessons);

}  // namespace gradwalk::harness
