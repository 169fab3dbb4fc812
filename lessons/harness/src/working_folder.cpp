#include "gradwalk/harness/working_folder.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <system_error>

#include "gradwalk/harness/places.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

constexpr const char* plain_program = R"(// Yours to play with: change it as you like. Nothing here is graded.
#include "exercise.hpp"

#include <cstdio>

int main() { std::puts("exercise.hpp compiles. Print here what you want to see."); }
)";

std::string cmake_lists(const Lesson& lesson) {
  return fmt::format(
      R"(# Builds try.cpp, the program around your exercise:  cmake -B build && cmake --build build && build/try
cmake_minimum_required(VERSION 3.25)
project(lesson_{number} LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
add_executable(try try.cpp)
target_include_directories(try PRIVATE "{include}")
target_compile_options(try PRIVATE -Wall -Wextra)
find_package(ZLIB)
if(ZLIB_FOUND)
  target_link_libraries(try PRIVATE ZLIB::ZLIB)
endif()
)",
      fmt::arg("number", lesson.number), fmt::arg("include", (lessons_folder() / "include").string()));
}

/// What clangd and its kin read: no build is needed first.
std::string compile_commands(const Lesson& lesson, const fs::path& folder) {
  nlohmann::json commands = nlohmann::json::array();
  for (const std::string& file : {std::string("try.cpp"), lesson.file})
    commands.push_back({{"directory", folder.string()},
                        {"file", file},
                        {"arguments",
                         {"c++", "-x", "c++", "-std=c++20", "-Wall", "-Wextra",
                          "-I" + (lessons_folder() / "include").string(), "-c", file}}});
  return commands.dump(1) + "\n";
}

bool lies_in(const fs::path& folder, const fs::path& root) {
  const auto [end, rest] = std::mismatch(root.begin(), root.end(), folder.begin(), folder.end());
  return end == root.end();
}

void write_unless_there(const fs::path& file, const std::string& bytes) {
  if (!fs::exists(file)) write_file(file, bytes);
}

}  // namespace

fs::path usual_folder(const Lesson& lesson) {
  const char* home = std::getenv("HOME");
  if (!home || !*home)
    throw InputError(
        tr("HOME is not set: say in which folder, such as 'start {number} FOLDER'", fmt::arg("number", lesson.number)));
  return fs::path(home) / "gradwalk-lessons" / lesson.name;
}

void make_working_folder(const Lesson& lesson, const fs::path& named,
                         const std::map<std::string, std::string>& earlier) {
  const fs::path folder = fs::weakly_canonical(fs::absolute(named));
  if (lies_in(folder, lessons_folder()))
    throw InputError(
        tr("{folder} lies in the course itself: take a folder of your own", fmt::arg("folder", folder.string())));
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed)
    throw InputError(tr("the folder {folder} cannot be made: {why}", fmt::arg("folder", folder.string()),
                        fmt::arg("why", failed.message())));
  const fs::path program = lesson.folder / "try.cpp";
  write_unless_there(folder / lesson.file, read_file(lesson.folder / lesson.file));
  write_unless_there(folder / "try.cpp", fs::exists(program) ? read_file(program) : plain_program);
  for (const auto& entry : fs::directory_iterator(lesson.folder))  // the data that the lesson's commands read
    if (entry.path().extension() == ".csv")
      write_unless_there(folder / entry.path().filename(), read_file(entry.path()));
  for (const std::string& name : lesson.uses) {
    const auto own = earlier.find(name);
    write_file(folder / (name + ".hpp"),
               own != earlier.end() ? own->second : read_file(lesson.folder.parent_path() / name / "solution.hpp"));
  }
  write_unless_there(folder / "CMakeLists.txt", cmake_lists(lesson));
  write_file(folder / "compile_commands.json", compile_commands(lesson, folder));
}

fs::path reset_exercise(const Lesson& lesson, const fs::path& folder) {
  const fs::path file = folder / lesson.file;
  fs::path kept;
  if (fs::exists(file)) {
    for (int n = 1; kept.empty() || fs::exists(kept); ++n)
      kept = folder / fmt::format("{}.before-reset-{}.hpp", file.stem().string(), n);
    write_file(kept, read_file(file));
  }
  write_file(file, read_file(lesson.folder / lesson.file));
  return kept;
}

}  // namespace gradwalk::harness
