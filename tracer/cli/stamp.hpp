#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk::cli {

/// What a document says about its own making, in a comment on a line of its own: enough to make it again.
struct Stamp {
  std::string command;               // graph, walk, page
  std::string ending;                // .md
  std::string language;              // en
  std::vector<std::string> options;  // as they were typed, without -o
  std::string trace;                 // path of the trace, relative to the document; empty: the lesson's first step
  std::uint32_t checksum = 0;        // CRC-32 of the trace's bytes
  std::size_t step = 0;
  std::string expression;            // in place of a trace
  std::map<std::string, double> at;  // values of its variables
};

/// The document with its stamp in a comment of its format. Formats without comments (.png, .pdf) come back as they are.
std::string stamped(const std::string& document, const Stamp& stamp);

/// The stamp of a document, if it has one. Throws InputError when it is damaged.
std::optional<Stamp> stamp_of(const std::string& document, const std::string& name);

}  // namespace gradwalk::cli
