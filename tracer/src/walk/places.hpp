#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "walk/story.hpp"

namespace gradwalk::walk {

/// How an index of a tensor is written in a rule: the letter, or the number when all elements that are told of share
/// it.
std::string axis(const Story& story, TensorId id, std::size_t dimension, const std::string& letter);

/// "z1[n,j]", "b1[j]" or "f": an element in general.
std::string place(const Story& story, TensorId id, const std::string& first = "n", const std::string& second = "j");

/// The elements that get a line of their own: all that are told of, or those of the first rows and columns and the
/// last.
std::vector<std::size_t> lines_of(const Story& story, TensorId id);

/// The elements (n, y[n]) of the tensor that a cross-entropy reads, for those rows that have lines.
std::vector<std::size_t> label_lines_of(const Story& story, const Op& cross_entropy);

/// A sentence that says how many of the elements have no line; empty when all have.
std::vector<std::string> told_shortened(const Story& story, std::size_t shown, std::size_t all);

}  // namespace gradwalk::walk
