#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "problem.hpp"

namespace gradwalk::worksheet {

std::string base64(std::string_view bytes);

/// The text with its `symbols` in italics.
std::string html_prose(std::string_view text);

/// How an answer stands in the text: a blank, a number, a field.
using Slot = std::function<std::string(const Answer&)>;

/// Task, rules and given numbers of a problem. `image` is a complete element, or empty.
std::string html_statement(const Problem& problem, std::string_view image);

/// What is asked for, with a slot for each answer; matrices as matrices.
std::string html_questions(const Problem& problem, const Slot& slot);

/// "Name" of a lesson's sheet: "Lesson 08, Two layers".
std::string heading(std::string_view lesson, std::string_view title);

}  // namespace gradwalk::worksheet
