#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {

/// Where `start` puts a lesson when nobody says: gradwalk-lessons/NN_name in the home folder.
std::filesystem::path usual_folder(const Lesson& lesson);

/// Makes a folder to work in: the unsolved exercise, a small program around it, the code of earlier lessons that it
/// uses (`earlier` by lesson name, else the reference), CMakeLists.txt, and compile_commands.json for editors. What is
/// there already stays; only the earlier lessons' code is brought up to date.
/// Throws InputError when the folder cannot be made, cannot be written or lies in the course itself.
void make_working_folder(const Lesson& lesson, const std::filesystem::path& folder,
                         const std::map<std::string, std::string>& earlier);

/// Puts the unsolved exercise back. The student's file is kept beside it; returns where.
std::filesystem::path reset_exercise(const Lesson& lesson, const std::filesystem::path& folder);

}  // namespace gradwalk::harness
