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
/// two parameters, in the order W1, b1, W2 …; `axes` are two names. It ends early where the loss is no number any more.
/// Throws InputError for a parameter that the net has not and for settings that Descent (train.hpp, which has the
/// source) refuses, ShapeError when net and samples do not fit.
DescentPath follow_descent(Net<double>& net, Loss loss, const Samples<double>& samples, const TrainingOptions& training,
                           std::vector<std::string> axes = {});

struct Frame {
  double left = 0, right = 0, bottom = 0, top = 0;
};

/// The loss of the training set over the two parameters, as a map with lines of equal loss, and the path on it. All
/// other parameters are those of the model. Without a frame the picture is of the path's surroundings. Units are those
/// of the parameters and of the loss. Throws InputError for axes that the model has not, ShapeError when it does not
/// fit the data. (Such maps: Li, Xu, Taylor, Studer, Goldstein: Visualizing the loss landscape of neural nets, NeurIPS
/// 2018.)
Plot plot_surface(const Model& model, const Dataset<double>& data, const DescentPath& path,
                  const std::optional<Frame>& frame = std::nullopt);

/// The loss of the training set and the share of wrong rows while one parameter moves, and all others stay as they are.
/// Throws InputError when there is no such parameter, and for a regression.
Plot plot_slice(const Model& model, const Dataset<double>& data, const std::string& parameter);

}  // namespace gradwalk
