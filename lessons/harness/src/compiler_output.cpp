#include "compiler_output.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "words.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

std::string first_line(const std::string& output, const std::function<bool(const std::string&)>& wanted) {
  for (std::size_t at = 0, end = 0; at < output.size(); at = end + 1) {
    end = std::min(output.find('\n', at), output.size());
    if (std::string line = output.substr(at, end - at); wanted(line)) return line;
  }
  return {};
}

bool has_any(const std::string& line, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return line.find(word) != std::string::npos; });
}

std::string first_line_with(const std::string& output, const std::vector<std::string>& words) {
  return first_line(output, [&](const std::string& line) { return has_any(line, words); });
}

/// Whether g++ or one of the programs that it calls speaks of itself, and not of the source: all other lines quote what
/// the student has written.
bool is_of_a_tool(const std::string& line) {
  for (const char* tool : {"g++: ", "cc1plus: ", "as: ", "collect2: ", "ld: ", "ld.gold: ", "/usr/bin/as: ",
                           "/usr/bin/ld: ", "/usr/bin/ld.gold: ", "virtual memory exhausted: "})
    if (line.starts_with(tool)) return true;
  // "{standard input}:7: Fatal error: …" is the assembler's own end; its ": Error: " is about an asm() of the student's.
  const std::size_t fatal = line.find(": Fatal error: "), digits = std::string_view("{standard input}:").size();
  return line.starts_with("{standard input}:") && line.find_first_not_of("0123456789", digits) == fatal;
}

bool a_tool_says(const std::string& output, const std::vector<std::string>& words) {
  return !first_line(output, [&](const std::string& line) {
            return is_of_a_tool(line) && has_any(line, words);
          }).empty();
}

/// "exercise.hpp:12:7: internal compiler error: …": g++ has met its own bug, or the end of its stack.
bool gave_up_at_a_place(const std::string& output) {
  constexpr std::string_view mark = ": internal compiler error: ";
  return !first_line(output, [&](const std::string& line) {
            const std::size_t at = line.find(mark);
            return at != std::string::npos && line.find(": ") == at && line.find_first_of(" \"'`") > at;
          }).empty();
}

/// "exercise.hpp:12:7: error: expected ';'" and its kin. The first one is the one that counts.
bool find_error(const std::string& output, std::string& file, int& line, int& column, std::string& message) {
  for (const std::string_view mark : {": error: ", ": fatal error: "}) {
    const std::string text = first_line_with(output, {std::string(mark)});
    const std::size_t end = text.find(mark);
    if (end == std::string::npos) continue;
    const std::size_t second = text.rfind(':', end - 1);
    const std::size_t first = second == std::string::npos || second == 0 ? second : text.rfind(':', second - 1);
    if (first == std::string::npos) continue;
    std::from_chars(text.data() + first + 1, text.data() + second, line);
    std::from_chars(text.data() + second + 1, text.data() + end, column);
    if (line == 0) continue;
    file = fs::path(text.substr(0, first)).filename().string();
    message = text.substr(end + mark.size());
    return true;
  }
  return false;
}

}  // namespace

void explain(Compiled& compiled, const Finished& finished, const std::string& file_name) {
  // A submission has a say in what the compiler says: its name of a type may be an order to a terminal.
  const std::string output = compiled.output = printable(finished.output);
  const bool out_of_memory = a_tool_says(output, {"out of memory", "virtual memory exhausted", "Cannot allocate",
                                                  "File size limit", "File too large", "final close failed"});
  std::string file;
  if (finished.timed_out || a_tool_says(output, {"CPU time limit"})) {
    compiled.outcome = CompileOutcome::timed_out;
  } else if (out_of_memory || finished.output_cut) {
    compiled.outcome = CompileOutcome::too_large;
  } else if (WIFEXITED(finished.status) && WEXITSTATUS(finished.status) >= 126) {
    compiled.outcome = CompileOutcome::not_started;
  } else if (find_error(output, file, compiled.line, compiled.column, compiled.message)) {
    compiled.outcome = file == file_name ? CompileOutcome::error_in_submission : CompileOutcome::error_in_driver;
    if (file != file_name) compiled.line = compiled.column = 0;
  } else if (std::string line = first_line_with(output, {"multiple definition", "undefined reference"});
             !line.empty()) {
    compiled.outcome = CompileOutcome::error_in_linking;
    compiled.message = line;
  } else if (a_tool_says(output, {"Killed", "internal compiler error"}) || gave_up_at_a_place(output)) {
    compiled.outcome = CompileOutcome::too_large;
  } else {
    compiled.outcome = CompileOutcome::error_in_submission;
    compiled.message = first_line_with(output, {"error", "Error"});
  }
}

}  // namespace gradwalk::harness
