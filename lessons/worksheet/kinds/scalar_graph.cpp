// Lesson 07: the chain rule on a graph in which something is used twice.
#include <array>
#include <string>
#include <vector>

#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

struct Line {
  std::string name, left, right;
  char sign = '+';

  std::string rule() const {
    const char* shown_sign = sign == '*' ? "·" : sign == '-' ? " − " : " + ";
    return name + " = " + (sign == '^' ? left + "²" : left + shown_sign + right);
  }
  std::string code() const { return name + " = " + left + " " + sign + " " + (sign == '^' ? "2" : right); }
};

/// How often `name` stands on the right of the lines.
int uses(const std::vector<Line>& lines, const std::string& name) {
  int count = 0;
  for (const Line& line : lines) count += (line.left == name) + (line.sign != '^' && line.right == name);
  return count;
}

/// Whether every name is used, and something, other than in a square, twice; no line takes a thing from itself.
bool is_interesting(const std::vector<Line>& lines, const std::vector<std::string>& names) {
  bool reused = false;
  for (const std::string& name : names) {
    const int count = uses(lines, name);
    if (count == 0) return false;
    reused = reused || count > 1;
  }
  for (const Line& line : lines)
    if (line.sign == '-' && line.left == line.right) return false;
  return reused;
}

std::vector<Line> draw_lines(Numbers& numbers, const std::vector<std::string>& variables) {
  const std::vector<std::string> results =
      numbers.coin() ? std::vector<std::string>{"u", "v", "L"} : std::vector<std::string>{"u", "v", "q", "L"};
  for (;;) {
    std::vector<Line> lines;
    std::vector<std::string> names = variables;
    for (const std::string& result : results) {
      const auto any = [&] { return names[std::size_t(numbers.between(0, static_cast<int>(names.size()) - 1))]; };
      Line line{result, any(), any(), numbers.one_of({'+', '+', '-', '*', '*', '*', '^'})};
      lines.push_back(line);
      if (result != "L") names.push_back(result);
    }
    if (is_interesting(lines, names)) return lines;
  }
}

}  // namespace

Problem scalar_graph(Numbers& numbers) {
  const std::vector<std::string> variables =
      numbers.coin() ? std::vector<std::string>{"x", "y"} : std::vector<std::string>{"x", "y", "w"};
  const std::vector<Line> lines = draw_lines(numbers, variables);
  std::map<std::string, double> values;
  for (const std::string& name : variables) values[name] = numbers.coin() ? numbers.integer(4) : numbers.half();
  std::string code;
  for (const Line& line : lines) code += (code.empty() ? "" : "; ") + line.code();
  Problem problem;
  problem.task =
      tr("Find `L`, and then every gradient on the way back from `L`. What is used twice gets the sum of both "
         "contributions.");
  problem.trace = expression_trace(code, values);
  for (const std::string& name : variables) problem.give(name);
  for (const Line& line : lines) problem.rule(line.rule());
  problem.ask("L");
  for (std::size_t i = lines.size() - 1; i-- > 0;) problem.ask("d" + lines[i].name);
  for (const std::string& name : variables) problem.ask("d" + name);
  return problem.draw(problem.trace.record);
}

}  // namespace gradwalk::worksheet
