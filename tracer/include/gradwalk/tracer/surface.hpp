#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/tracer/plot.hpp"

namespace gradwalk {

/// One weight or bias of a net, by the name that a record gives it: "W1[0,0]", "b2[3]". Throws InputError for another.
double& parameter_named(Net<double>& net, std::string_view name);

/// Where a descent has been, seen in two parameters of the net.
struct DescentPath {
  std::array<std::string, 2> axes;
  std::vector<std::array<double, 2>> points;  // before the first step, and after each
};

/// Goes down from `net` as `training` says, and leaves `net` at the end. Without `axes` the path is seen in the first
/// two parameters, in the order W1, b1, W2 … It ends early where the loss is no number any more.
DescentPath follow_descent(Net<double>& net, Loss loss, const Samples<double>& samples, const TrainingOptions& training,
                           std::vector<std::string> axes = {});

struct Frame {
  double left = 0, right = 0, bottom = 0, top = 0;
};

/// The loss of the training set over the two parameters, as a map with lines of equal loss, and the path on it. All
/// other parameters are those of the model. Without a frame the picture is of the path's surroundings.
Plot plot_surface(const Model& model, const Dataset<double>& data, const DescentPath& path,
                  const std::optional<Frame>& frame = std::nullopt);

/// The loss of the training set and the share of wrong rows while one parameter moves, and all others stay as they are.
/// Throws InputError when there is no such parameter, and for a regression.
Plot plot_slice(const Model& model, const Dataset<double>& data, const std::string& parameter);

}  // namespace gradwalk
