#pragma once

#include <map>
#include <string>

#include "gradwalk/harness/report.hpp"

namespace gradwalk::harness {

/// Draws each mistake once: who made the same one gets the same picture. The numbers in it are an example's, for those
/// of the student's own check are in the terms.
class MarkedGraphs {
 public:
  MarkedGraph of(const Lesson& lesson, const Verdict& verdict);

 private:
  std::map<std::string, MarkedGraph> drawn_;
};

}  // namespace gradwalk::harness
