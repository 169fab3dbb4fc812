#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// Writes records as one .npz: arrays step0/W1, step0/dW1 … in the precision of the pass, and record.json with the ops,
/// names, shapes and the version (docs/record-format.md). Throws InputError when the file cannot be written.
void save_records(const std::filesystem::path& path, const std::vector<Record>& records);

/// The same bytes, not in a file. Throws ShapeError for two tensors of one name, or a value that does not fill its
/// shape.
std::string record_bytes(const std::vector<Record>& records);

/// Reads what save_records wrote. Throws InputError, of one line, when names, shapes and arrays do not fit one another,
/// a shape has no elements, an op reads shapes that its rule does not, or a name has other signs than letters, digits,
/// _ and ′ (of a constant: than a number); WrongFile when it is no record, or one of another version. What is returned
/// keeps every promise that rules, terms and paths rely on. That its numbers follow from one another is not checked
/// here.
std::vector<Record> load_records(const std::filesystem::path& path);

/// The same from the bytes of such a file, which the messages call `name`.
std::vector<Record> parse_records(std::string bytes, const std::string& name);

/// The first record of a file. Throws as load_records does.
Record load_record(const std::filesystem::path& path);
/// The record of SGD step `step`. Throws as load_records does, and InputError naming the steps that there are.
Record load_record(const std::filesystem::path& path, std::size_t step);

/// record.json: the ops, names, shapes and provenance of records. With `values`, every tensor also carries its numbers,
/// row by row, as "values" and "gradients" (NaN and the infinities as strings), in place of the mark that its velocity
/// lies in an array: all that a page needs, in one text.
std::string record_json(const std::vector<Record>& records, bool values);

}  // namespace gradwalk
