#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "gradwalk/nn/dataset.hpp"
#include "gradwalk/nn/model_file.hpp"

namespace gradwalk {

enum class PlotKind {
  curves,    // loss and accuracy after each epoch, on the training and on the test set
  norms,     // √ΣW², √ΣdW² and max|W| of each linear layer after each epoch
  depth,     // √ΣdW² of each linear layer, over the layers, before training and after
  boundary,  // what a net with two inputs makes of every point of the plane, with the samples
  fit,       // the output of a net with one input, with the samples
  surface,   // the loss over two parameters, with the path of a descent on it (surface.hpp)
};
std::string_view name_of(PlotKind kind);
std::optional<PlotKind> plot_kind_named(std::string_view name);

/// A plot as a gnuplot script with its data, but without terminal and output.
struct Plot {
  std::string title;        // also the name that a screen reader tells
  std::string description;  // what is to be seen, in a sentence
  std::string script;
  int width = 900, height = 400;  // in pixels of 1/96 inch
};

/// From the history of a model. Throws InputError when there is none.
Plot plot_curves(const Model& model);
Plot plot_norms(const Model& model);
Plot plot_depth(const Model& model);

/// The ground is coloured by the probabilities that the net gives the classes, in the colours of the samples; a line
/// goes where the likeliest class changes. Throws InputError when the net has not two inputs, or the targets are no
/// classes.
Plot plot_boundary(const Model& model, const Dataset<double>& data);

/// Throws InputError when the net has not one input and one output, or the targets are no values.
Plot plot_fit(const Model& model, const Dataset<double>& data);

enum class PlotFormat { gnuplot, svg, png, pdf };
/// By the ending of a file: .gp .svg .png .pdf. Throws InputError for another, naming these.
PlotFormat plot_format_of(const std::filesystem::path& path);

/// The bytes of the picture, drawn by the program `gnuplot`; throws InputError naming the package when it is not there.
/// `gnuplot` gives the script, which needs no program.
std::string render_plot(const Plot& plot, PlotFormat format);

}  // namespace gradwalk
