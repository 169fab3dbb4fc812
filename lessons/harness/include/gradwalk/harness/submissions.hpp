#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {

/// One file of a hand-in: its path below the hand-in's root, and its bytes.
struct HandedFile {
  std::string path;
  std::string bytes;
  bool readable = true;  // else it was left out, and has no bytes; its student is in the class all the same
};

/// Told in a sentence, and one by one, what of a hand-in is not graded.
using LeftOut = std::function<void(const std::string&)>;

/// One student's answer to one lesson.
struct Submitted {
  std::string student;  // the id under which all reports file it
  std::string name;     // from the roster or the export; the id where none is known
  std::string lesson;   // "04_linear_layer"
  std::string file;     // where it was found; empty: nothing was handed in
  std::string source;
};

/// All files of a folder, a zip or a tar (compressed or not). Links, devices, files beyond 4 MB and paths beyond 4096
/// letters are left out, and `left_out` is told each; so are sources whose names begin with a dot. Throws InputError when
/// `path` is none of these, or is broken.
std::vector<HandedFile> read_hand_in(const std::filesystem::path& path, const LeftOut& left_out);

/// Sorts files to students and lessons. Understood are
///   alice.hpp, alice/exercise.hpp, alice/04_linear_layer/exercise.hpp              plain folders
///   Alice Adams_123_assignsubmission_file_/exercise.hpp (or …_file_exercise.hpp)   Moodle
///   adamsalice_123_456_exercise.hpp (LATE_ too)                                    Canvas
///   submission_123/exercise.hpp, with the names in submission_metadata.yml        Gradescope
/// in any depth of enclosing folders. With several lessons a file must name its own: by number or name, in its file's
/// or folder's name. The result is sorted by student and lesson; a student without a file for a lesson has an empty
/// one, also when what they handed in is no C++ source. Students are the outermost folders where most of those hold
/// files themselves, else the innermost (groups). `left_out` is told what is not graded: what is no source, of another
/// lesson, of none, and what a student handed in beside the file that fits best.
std::vector<Submitted> sort_submissions(
    const std::vector<HandedFile>& files, const std::vector<Lesson>& lessons,
    const LeftOut& left_out = [](const std::string&) {});

/// Who is in the class.
struct Roster {
  using Names = std::map<std::string, std::string>;  // id → name
  std::vector<Names> by_column;                      // for each column of the file that may hold the ids
};

/// From a CSV with a header: a column of ids (id, student id, login, email …) and one called name (or first and last), as
/// teachers, Moodle, Canvas and Gradescope write them, in English or Russian. Throws InputError naming the line.
Roster read_roster(const std::filesystem::path& path);

/// Gives the students of `submissions` their names of the roster, by the column in which most of them stand, and adds
/// those who have handed in nothing. When not one of the roster is among the students, it is of other ids: nobody is
/// added, and `left_out` is told.
void apply_roster(const Roster& roster, const std::vector<Lesson>& lessons, std::vector<Submitted>& submissions,
                  const LeftOut& left_out);

}  // namespace gradwalk::harness
