#pragma once

#include <map>
#include <string>
#include <string_view>

#include "numbers.hpp"
#include "problem.hpp"

namespace gradwalk::worksheet {

/// Draws one problem. It may come out unfit (is_fit); then the next is drawn.
using MakeProblem = Problem (*)(Numbers& numbers);

/// A scalar expression with its backward pass.
Trace expression_trace(std::string_view text, const std::map<std::string, double>& values);

// One or more for each lesson.
Problem perceptron_step(Numbers& numbers);

Problem squared_error(Numbers& numbers);
Problem absolute_error(Numbers& numbers);
Problem cross_entropy(Numbers& numbers);
Problem logistic_loss(Numbers& numbers);

Problem descent_of_a_line(Numbers& numbers);
Problem descent_in_a_valley(Numbers& numbers);
Problem descent_of_a_batch(Numbers& numbers);

Problem linear_parameters(Numbers& numbers);
Problem linear_inputs(Numbers& numbers);

Problem softmax_forward(Numbers& numbers);
Problem softmax_and_cross_entropy(Numbers& numbers);
Problem softmax_backward(Numbers& numbers);

Problem rectifier(Numbers& numbers);
Problem tanh_backward(Numbers& numbers);
Problem sigmoid_backward(Numbers& numbers);
Problem activation_with_calculator(Numbers& numbers);

Problem scalar_graph(Numbers& numbers);

Problem two_layers_of_relu(Numbers& numbers);
Problem two_layers_of_tanh(Numbers& numbers);

Problem update_of_one_layer(Numbers& numbers);
Problem update_of_two_layers(Numbers& numbers);

Problem regression_line(Numbers& numbers);
Problem regression_with_absolute_error(Numbers& numbers);

Problem weight_decay(Numbers& numbers);
Problem size_by_depth(Numbers& numbers);
Problem gradient_by_depth(Numbers& numbers);

Problem shapes_and_counts(Numbers& numbers);
Problem last_layer_of_a_classifier(Numbers& numbers);

}  // namespace gradwalk::worksheet
