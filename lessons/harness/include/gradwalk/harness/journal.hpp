#pragma once

#include <filesystem>
#include <functional>
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
/// leaves is a prefix. A broken last line is dropped when it is opened again. One process at a time writes it: a
/// cluster may start a job anew while the first one still runs on a node that it has lost sight of.
class Journal {
 public:
  /// `wait_told` is called when another process writes this journal, before waiting for its end.
  explicit Journal(const std::filesystem::path& file, const std::function<void()>& wait_told = {});

  void append(const Graded& graded);
  /// Says that nothing is left to be graded. Whatever is appended later takes it back.
  void finish();
  const std::vector<Graded>& entries() const { return entries_; }

 private:
  void write_line(const std::string& line);

  std::vector<Graded> entries_;
  bool finished_ = false;
  Descriptor file_;
  std::mutex mutex_;
};

/// Every entry of every journal in these folders; of two for the same submission the later one. Sorted by student and
/// lesson. Throws InputError when a journal is not finished, or when one of the shards is missing.
std::vector<Graded> read_journals(const std::vector<std::filesystem::path>& folders);

}  // namespace gradwalk::harness
