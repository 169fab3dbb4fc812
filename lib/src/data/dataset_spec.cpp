#include "dataset_spec.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/nearest_name.hpp"

namespace gradwalk {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> names = {"own-framework", "iris", "xor", "moons", "blobs", "spirals", "curve"};
const std::vector<std::string> file_kinds = {"csv", "idx", "npy", "npz"};

bool is_one_of(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string kind_of_path(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return "idx";
  const std::string ending = path.extension().string();
  if (ending == ".csv" || ending == ".tsv") return "csv";
  return ending == ".npz" || ending == ".npy" ? ending.substr(1) : "";
}

/// "noise=0.1" is an option; "runs/a=b.csv" is a path.
std::size_t option_name_size(std::string_view piece) {
  const std::size_t size = piece.find('=');
  const bool is_name =
      size != std::string_view::npos && size > 0 && piece.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == size;
  return is_name ? size : 0;
}

template <class Number>
bool parse(const std::string& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

[[noreturn]] void refuse_name(std::string_view name) {
  std::vector<std::string> known = names;
  known.insert(known.end(), {"csv:FILE", "npy:X.npy,Y.npy", "npz:FILE", "idx:FOLDER"});
  const auto nearest = nearest_name(name, names);
  throw InputError(fmt::format("there is no data set '{}'{}; there are {}", name,
                               nearest ? fmt::format(" (did you mean {}?)", *nearest) : "", fmt::join(known, ", ")));
}

}  // namespace

DatasetSpec::DatasetSpec(std::string_view text) : text_(text) {
  const std::size_t colon = text.find(':');
  const std::string_view front = text.substr(0, colon);
  const bool named = is_one_of(names, front),
             of_a_kind = colon != std::string_view::npos && is_one_of(file_kinds, front);
  std::string_view rest = text;
  if (named || of_a_kind) {
    kind_ = front;
    rest = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  }
  while (!rest.empty()) {
    const std::string_view piece = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
    if (const std::size_t size = option_name_size(piece); size > 0) {
      const std::string option(piece.substr(0, size));
      if (!options_.emplace(option, piece.substr(size + 1)).second) fail(fmt::format("'{}' is given twice", option));
    } else {
      paths_.emplace_back(piece);
    }
  }
  if (kind_.empty()) kind_ = paths_.empty() ? "" : kind_of_path(paths_.front());
  if (kind_.empty()) refuse_name(front);
  if (named && !paths_.empty()) fail(fmt::format("'{}' is no option; write it as name=value", paths_.front().string()));
}

void DatasetSpec::fail(const std::string& what) const { throw InputError(fmt::format("data set {}: {}", text_, what)); }

const fs::path& DatasetSpec::path() const {
  if (paths_.size() != 1) fail(fmt::format("one path is needed, but there are {}", paths_.size()));
  return paths_.front();
}

std::string DatasetSpec::word(const std::string& option, std::string otherwise) {
  asked_.push_back(option);
  const auto given = options_.find(option);
  return given == options_.end() ? std::move(otherwise) : given->second;
}

bool DatasetSpec::flag(const std::string& option) { return whole(option, 0, 0, 1) == 1; }

std::uint64_t DatasetSpec::whole(const std::string& option, std::uint64_t otherwise, std::uint64_t least,
                                 std::uint64_t most) {
  const std::string text = word(option, std::to_string(otherwise));
  std::uint64_t value = 0;
  if (!parse(text, value) || value < least || value > most) {
    fail(fmt::format("{} must be a whole number from {} to {}, not '{}'", option, least, most, text));
  }
  return value;
}

double DatasetSpec::number(const std::string& option, double otherwise, double least, double most) {
  const std::string text = word(option, fmt::format("{}", otherwise));
  double value = 0;
  if (!parse(text, value) || !(value >= least && value <= most)) {
    fail(fmt::format("{} must be a number from {} to {}, not '{}'", option, least, most, text));
  }
  return value;
}

void DatasetSpec::refuse_the_rest() const {
  for (const auto& [option, value] : options_) {
    if (is_one_of(asked_, option)) continue;
    const auto nearest = nearest_name(option, asked_);
    fail(fmt::format("it has no option '{}'{}; it has {}", option,
                     nearest ? fmt::format(" (did you mean {}?)", *nearest) : "", fmt::join(asked_, ", ")));
  }
}

}  // namespace gradwalk
