#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// Writes records as one .npz: arrays step0/W1, step0/dW1 … in the precision of the pass, and record.json with the ops,
/// names, shapes and the version (docs/record-format.md). Throws InputError when the file cannot be written.
void save_records(const std::filesystem::path& path, const std::vector<Record>& records);

/// The same bytes, not in a file.
std::string record_bytes(const std::vector<Record>& records);

/// Reads what save_records wrote. Throws InputError when it is not a record, of a version this program does not know,
/// or when names, shapes and arrays do not fit one another.
std::vector<Record> load_records(const std::filesystem::path& path);

/// The record of SGD step `step`, or the only one when `step` is not given (then the first).
/// Throws InputError naming the steps that there are.
Record load_record(const std::filesystem::path& path);
Record load_record(const std::filesystem::path& path, std::size_t step);

/// The ops, names, shapes and provenance of records as record.json has them. With `values`, every tensor also carries
/// its "value" and "gradient" arrays, flat: what a page embeds.
std::string record_json(const std::vector<Record>& records, bool values);

/// A record from record_json with values. `name` stands in the messages.
std::vector<Record> parse_record_json(const std::string& json, const std::string& name);

}  // namespace gradwalk
