#pragma once

#include <optional>
#include <string>

namespace gradwalk::harness {

/// A student as the names in a hand-in tell of them.
struct Who {
  std::string id, name;
  std::string place;  // what tells two students of one id apart: the folders that are not a lesson's
};

/// Moodle's folder "Alice Adams_123_assignsubmission_file_", Gradescope's "submission_123".
std::optional<Who> from_export_folder(const std::string& folder);

/// Canvas's file "adamsalice_123_456_exercise.hpp", or "adamsalice_LATE_123_456_exercise.hpp".
std::optional<Who> from_canvas_file(const std::string& file);

/// Moodle, when it is not asked for folders, writes "Alice Adams_123_assignsubmission_file_exercise.hpp": the same path
/// with the folder that it stands for.
std::string in_folder_of_student(std::string path);

/// An id that is a file name too, and comes back from a report as it was. What had to be changed for that gets a hash of
/// `place`, so that two students stay two.
std::string safe_id(const std::string& id, const std::string& place);

}  // namespace gradwalk::harness
