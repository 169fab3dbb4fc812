#include "labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "gradwalk/nn/error.hpp"
#include "io/one_line.hpp"

namespace gradwalk {
namespace {

constexpr int most_classes = 65536;

std::optional<double> number(const std::string& word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc{} && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

std::vector<int> labels_of_numbers(const std::vector<double>& numbers, const LabelPlace& place) {
  std::vector<int> labels;
  labels.reserve(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double number = numbers[i];
    if (number != std::floor(number) || !std::isfinite(number)) {
      throw InputError(
          fmt::format("{}: the label {} is not a whole number; for a regression add targets=values", place(i), number));
    }
    if (number < 0)
      throw InputError(fmt::format("{}: the label {} is negative; classes count from 0", place(i), number));
    if (number >= most_classes) {
      throw InputError(fmt::format("{}: the label {} is above {}; for a regression add targets=values", place(i),
                                   number, most_classes - 1));
    }
    labels.push_back(static_cast<int>(number));
  }
  return labels;
}

std::vector<int> labels_of_words(const std::vector<std::string>& words, const LabelPlace& place,
                                 std::vector<std::string>& class_names) {
  std::vector<double> numbers;
  for (const std::string& word : words) {
    const std::optional<double> value = number(word);
    if (!value) break;
    numbers.push_back(*value);
  }
  if (numbers.size() == words.size()) return labels_of_numbers(numbers, place);
  if (!numbers.empty()) {
    throw InputError(fmt::format("{}: the label {} is a word, but those before it are numbers", place(numbers.size()),
                                 in_quotes(words[numbers.size()])));
  }
  class_names = words;
  std::sort(class_names.begin(), class_names.end());
  class_names.erase(std::unique(class_names.begin(), class_names.end()), class_names.end());
  std::vector<int> labels;
  for (const std::string& word : words) {
    const auto found = std::lower_bound(class_names.begin(), class_names.end(), word);
    labels.push_back(static_cast<int>(found - class_names.begin()));
  }
  return labels;
}

std::vector<double> numbers_of_words(const std::vector<std::string>& words, const LabelPlace& place) {
  std::vector<double> numbers;
  numbers.reserve(words.size());
  for (const std::string& word : words) {
    const std::optional<double> value = number(word);
    if (!value || !std::isfinite(*value)) {
      throw InputError(fmt::format("{}: {} is not a finite number", place(numbers.size()), in_quotes(word)));
    }
    numbers.push_back(*value);
  }
  return numbers;
}

}  // namespace gradwalk
