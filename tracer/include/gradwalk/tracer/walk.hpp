#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

enum class WalkFormat {
  text,            // plain, aligned, Unicode
  markdown,        // $…$ for the mathematics
  latex,           // a document for pdflatex
  latex_fragment,  // the same for \input, without a preamble
  html,            // MathML, no scripts
};

/// How much of a tensor stands in one line: an element, a row of the batch, or all of it.
enum class WalkForm { scalar, batch, matrix };

struct WalkOptions {
  WalkFormat format = WalkFormat::text;
  /// Without one: matrix for a net, scalar for an expression and for a single element.
  std::optional<WalkForm> form;
  /// "W1[2,0]" or "W1": only what lies between the loss and this. Empty: everything.
  std::string wrt;
  /// Steps of the walkthrough, as it numbers them, that are written.
  std::size_t first_step = 1, last_step = std::numeric_limits<std::size_t>::max();
  int digits = 4;  // significant ones, 1 … 17
};

/// The forward pass, the loss, the backward pass and the update of one recorded step, each step in three lines: the
/// rule in symbols, the rule with the numbers of the record plugged in, the result. Numbers are rounded only where they
/// are shown, and then "≈" says so. In the current language (language.hpp). The same record and options give the same
/// bytes. Throws InputError for a `wrt` that the record does not have, and for steps that the walkthrough does not
/// have.
std::string walkthrough(const Record& record, const WalkOptions& options = {});

/// By the ending of a file name: .txt .md .tex .html. Throws InputError for another one.
WalkFormat walk_format_of(const std::filesystem::path& file);

/// "scalar", "matrix" or "batch". Throws InputError for another word.
WalkForm walk_form_named(const std::string& name);

}  // namespace gradwalk
