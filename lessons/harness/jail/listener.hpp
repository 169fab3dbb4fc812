#pragma once

#include "order.hpp"

namespace gradwalk::jail {

/// Answers the calls that the filter holds back, and remembers them.
class Listener {
 public:
  Listener(int descriptor, Ending& ending) : descriptor_(descriptor), ending_(ending) {}

  /// One waiting call. False when the program has tried too often.
  bool answer();

 private:
  void remember(const Attempt& attempt);

  int descriptor_;
  Ending& ending_;
  bool program_started_ = false;
};

}  // namespace gradwalk::jail
