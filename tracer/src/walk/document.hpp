#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "walk/mathematics.hpp"

namespace gradwalk::walk {

// What a walkthrough says, before any format: the storytellers (forward.cpp, backward.cpp, …) write it, the renderers
// read it. Prose is a string in which $…$ encloses a formula (formula.hpp).

struct Heading {
  std::string text;
};

struct Paragraph {
  std::string prose;
};

/// Equations that are given, not derived.
struct Given {
  std::vector<Equation> equations;
};

/// One step in three lines. Where a step concerns several elements or rows, a line holds an equation for each.
struct Step {
  std::size_t number = 0;  // 0: a closer look at the step before, which has no number of its own
  std::string title;
  std::vector<std::string> before;  // prose
  std::vector<Equation> rule, numbers, result;
  std::vector<std::string> after;  // prose
};

using Block = std::variant<Heading, Paragraph, Given, Step>;

struct Document {
  std::string title;
  std::vector<Block> blocks;
};

}  // namespace gradwalk::walk
