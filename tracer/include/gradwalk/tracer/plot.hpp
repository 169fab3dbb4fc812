#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/nn/dataset.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "gradwalk/nn/train.hpp"

namespace gradwalk {

enum class PlotKind {
  curves,       // loss and accuracy after each epoch, on the training and on the test set
  norms,        // √ΣW², √ΣdW² and max|W| of each linear layer after each epoch
  depth,        // √ΣdW² of each linear layer, over the layers, before training and after
  boundary,     // what a net with two inputs makes of every point of the plane, with the samples
  fit,          // the output of a net with one input, with the samples
  weights,      // the first layer, each unit as a picture: for nets that read square pictures
  surface,      // the loss over two parameters, with the path of a descent on it (surface.hpp)
  slice,        // the loss and the share of wrong rows over one parameter (surface.hpp)
  losses,       // the losses and their derivatives, of no net
  activations,  // the activations and their derivatives, of no net
};
std::string_view name_of(PlotKind kind);
std::optional<PlotKind> plot_kind_named(std::string_view name);

/// A plot as a gnuplot script with its data, but without terminal and output.
struct Plot {
  std::string title;        // also the name that a screen reader tells
  std::string description;  // what is to be seen, in a sentence
  std::string script;
  int width = 900, height = 400;  // in pixels of 1/96 inch
  bool sharp = false;             // its images have cells, and no cell blurs into the next
};

/// From the history of a model. Throws InputError when there is none.
Plot plot_curves(const Model& model);
Plot plot_norms(const Model& model);
Plot plot_depth(const Model& model);

/// The weights of the first 16 units of the first layer, each where its pixel lies: blue below 0, white, vermillion
/// above, on one scale. Throws InputError when the inputs are no square picture.
Plot plot_weights(const Model& model);

/// A net as it is after so many epochs of a training.
struct NetAtEpoch {
  std::size_t epoch = 0;
  Net<double> net;
};

/// Trains a net and keeps it as it is after each of these epochs, in rising order, each once; 0 is before the first.
/// training.epochs is not looked at. Throws as Descent (train.hpp) does.
template <class T>
std::vector<NetAtEpoch> nets_at_epochs(Net<T> net, Loss loss, const Samples<T>& samples,
                                       const TrainingOptions& training, std::vector<std::size_t> epochs);
/// "0, 10, 100". Throws nothing.
std::string epochs_of(const std::vector<NetAtEpoch>& nets);

/// The ground is coloured by the probabilities that the net gives the classes, in the colours of the samples; a line
/// goes where the likeliest class changes. Throws InputError when the net has not two inputs, or the targets are no
/// classes.
Plot plot_boundary(const Model& model, const Dataset<double>& data);
/// The same for several moments of a training, side by side, with the training samples.
Plot plot_boundary(const Model& model, const std::vector<NetAtEpoch>& nets, const Dataset<double>& data);

/// Throws InputError when the net has not one input and one output, or the targets are no values.
Plot plot_fit(const Model& model, const Dataset<double>& data);
/// A curve for each of several moments of a training.
Plot plot_fit(const Model& model, const std::vector<NetAtEpoch>& nets, const Dataset<double>& data);

/// Each loss over what a net gives for one row, and below it its derivative. Values and derivatives are those of the
/// rules of a record (rules.hpp). Where a derivative jumps the line is broken, and a dot stands at what one takes
/// there.
Plot plot_losses();
/// tanh, sigmoid, ReLU and leaky ReLU over z, and beside them their derivatives; made as the losses are.
Plot plot_activations();

enum class PlotFormat { gnuplot, svg, png, pdf };
/// By the ending of a file: .gp .svg .png .pdf. Throws InputError for another, naming these.
PlotFormat plot_format_of(const std::filesystem::path& path);

/// The bytes of the picture, drawn by the program `gnuplot`; throws InputError naming the package when it is not there.
/// `gnuplot` gives the script, which needs no program.
std::string render_plot(const Plot& plot, PlotFormat format);

}  // namespace gradwalk
