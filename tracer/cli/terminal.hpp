#pragma once

#include <chrono>
#include <cstdio>
#include <string>

namespace gradwalk::cli {

/// Whether a person watches this stream: then progress is drawn, and colour is used unless NO_COLOR is set.
bool is_terminal(std::FILE* stream);
bool wants_colour(std::FILE* stream);

/// Writes bytes to a file of the user's choosing, or to stdout for "" and "-".
void write_result(const std::string& path, const std::string& bytes);

/// A line on stderr that fills up and says how long it will still take. Silent where nobody watches.
class Progress {
 public:
  explicit Progress(std::string label);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t finished, std::size_t of);
  /// Takes the line away, so that something else can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  bool shown_ = false, visible_ = false;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
};

}  // namespace gradwalk::cli
