#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace gradwalk {

/// Says where label number i stands, for a message: "iris.csv, line 7".
using LabelPlace = std::function<std::string(std::size_t)>;

/// Class numbers of labels that are stored as numbers. Throws InputError with the place of one that is negative, no
/// whole number, or beyond any sensible count of classes.
std::vector<int> labels_of_numbers(const std::vector<double>& numbers, const LabelPlace& place);

/// Class numbers of labels that are text: of numbers as above; words are numbered in the order of the alphabet, and
/// `class_names` is set to them.
std::vector<int> labels_of_words(const std::vector<std::string>& words, const LabelPlace& place,
                                 std::vector<std::string>& class_names);

/// The numbers that the words are. Throws InputError with the place of one that is none, or not finite.
std::vector<double> numbers_of_words(const std::vector<std::string>& words, const LabelPlace& place);

}  // namespace gradwalk
