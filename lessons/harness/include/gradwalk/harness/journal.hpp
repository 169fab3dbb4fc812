#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gradwalk/harness/process.hpp"
#include "gradwalk/harness/submissions.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// One graded submission: everything that a report needs, and nothing that differs from run to run.
struct Graded {
  std::string student, name, lesson, file;
  std::string fingerprint;    // of the source, the lesson and the key: unchanged, it need not be graded again
  std::string shape_of_code;  // the same for copies with other names; empty when it did not compile
  Verdict verdict;
};

/// One line of JSON, and back. Throws InputError when the text is not such a line.
std::string to_json_line(const Graded& graded);
Graded graded_from_json(const std::string& line);

/// A file to which every finished submission is appended, whole lines, each synced before the next: what a power cut
/// leaves is a prefix. A broken last line is dropped when it is opened again.
class Journal {
 public:
  explicit Journal(const std::filesystem::path& file);

  void append(const Graded& graded);
  const std::vector<Graded>& entries() const { return entries_; }

 private:
  std::vector<Graded> entries_;
  Descriptor file_;
  std::mutex mutex_;
};

/// Every entry of every journal in these folders; of two for the same submission the later one. Sorted by student and
/// lesson.
std::vector<Graded> read_journals(const std::vector<std::filesystem::path>& folders);

}  // namespace gradwalk::harness
