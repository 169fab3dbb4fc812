#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/trace.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk::worksheet {

using harness::Trace;

/// What an answer reads off a trace.
enum class Reading {
  value,
  gradient,
  updated,   // the parameter after a step: w − η·dw
  decision,  // 1 where the value is positive, else −1
  rows,
  columns,     // of the tensor's shape
  parameters,  // how many numbers the net learns
};

/// What comes out after a classic mistake, and which one it was: "This number comes from …".
struct WrongAnswer {
  double value = 0;
  std::string because;
};

/// One number to be found.
struct Answer {
  std::string name;  // dW1[0,1]
  Reading reading = Reading::gradient;
  Element element;
  double right = 0;
  double tolerance = 0;  // a number this near counts as right
  std::vector<WrongAnswer> wrong;
};

/// What one is asked for at once: a number (shape ()) or all elements of a tensor.
struct Question {
  std::string name;
  Shape shape;
  std::vector<Answer> answers;  // element_count(shape) of them, row by row
};

/// Numbers that the sheet shows.
struct Given {
  std::string name;
  Shape shape;
  std::vector<double> values;
};

/// A problem for pencil and paper. Everything in it is read off a trace, in the current language.
struct Problem {
  std::string task;                // what is to be done, one or two sentences
  std::vector<std::string> rules;  // the forward pass in symbols: "z1 = x·W1ᵀ + b1"
  std::vector<Given> given;
  std::vector<Question> questions;
  std::optional<int> decimals;  // answers are rounded to so many; without it they are exact
  double learning_rate = 0;
  Trace trace;
  std::set<std::string> unshown;  // tensors whose values are no short decimals, and which nobody sees
  std::optional<Record> picture;  // its graph: to be filled in, or the layers alone where something is unshown

  /// The builders of a problem; names are those of the trace, "dz1" is a gradient. The trace must be complete.
  Problem& rule(std::string text);
  Problem& give(const std::string& name);
  Problem& give(const std::string& name, double value);
  Problem& ask(const std::string& name);
  /// Only the elements that are not zero, one by one.
  Problem& ask_nonzero(const std::string& name);
  Problem& ask_updated(const std::string& parameter);
  Problem& ask(Reading reading, const std::string& tensor, const std::string& name);
  Problem& draw(Record record);

  std::size_t answer_count() const;
  bool asks_for_gradients() const;
};

/// The number itself, from a trace that may be an altered one.
double read(const Trace& trace, Reading reading, Element element, double learning_rate);

/// The wrong answers that a key has room for: the first ones to the first number that is asked for.
std::span<const WrongAnswer> telling(const Question& question);

/// Whether the problem is fit for a sheet: every number in it is short (at most four digits, three of them decimals),
/// every answer far enough from 0, and no ReLU stands at its kink.
bool is_fit(const Problem& problem);

/// What tells two problems apart.
std::string identity(const Problem& problem);

/// A number as the sheet shows it: exact where it is short, else rounded to `decimals`.
std::string shown(double value, int decimals = 4);

}  // namespace gradwalk::worksheet
