#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "reports/marked_graph.hpp"

namespace gradwalk::harness {

void write_reports(const std::filesystem::path& folder, const std::vector<Graded>& graded,
                   const std::vector<Lesson>& lessons) {
  namespace fs = std::filesystem;
  std::string annotations;
  MarkedGraphs graphs;
  for (const char* inner : {"students", "gradescope", "coderunner"}) fs::create_directories(folder / inner);
  for (const Graded& one : graded) {
    const auto lesson =
        std::find_if(lessons.begin(), lessons.end(), [&](const Lesson& l) { return l.name == one.lesson; });
    if (lesson == lessons.end())
      throw InputError("the journal has grades of lesson " + one.lesson + ", which is not installed");
    const std::string name = fmt::format("{}.{}", one.student, lesson->number);
    write_file(folder / "students" / (name + ".txt"), text_report(*lesson, one.verdict, one.file, false));
    const MarkedGraph graph = graphs.of(*lesson, one.verdict);
    const std::string picture = name + ".svg";
    if (!graph.svg.empty()) write_file(folder / "students" / picture, graph.svg);
    write_file(folder / "students" / (name + ".md"), markdown_report(*lesson, one.verdict, one.file, graph, picture));
    write_file(folder / "students" / (name + ".html"), html_report(*lesson, one.verdict, one.file, graph));
    write_file(folder / "gradescope" / (name + ".json"), gradescope_results(one, *lesson));
    write_file(folder / "coderunner" / (name + ".json"), coderunner_result(one, *lesson));
    annotations += github_annotations(one, *lesson);
  }
  write_file(folder / "grades.csv", csv_report(graded));
  write_file(folder / "canvas.csv", canvas_report(graded, lessons));
  write_file(folder / "grades.json", json_report(graded));
  write_file(folder / "junit.xml", junit_report(graded));
  write_file(folder / "github.txt", annotations);
  write_file(folder / "report.html", class_report(graded, lessons));
}

}  // namespace gradwalk::harness
