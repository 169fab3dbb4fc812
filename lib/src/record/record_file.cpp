#include "gradwalk/nn/record_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/npz.hpp"
#include "io/array_of.hpp"
#include "record/record_json.hpp"

namespace gradwalk {

std::string record_bytes(const std::vector<Record>& records) {
  NpzWriter npz;
  npz.add_file("record.json", record_json(records, false));
  for (const Record& record : records) {
    const std::string prefix = fmt::format("step{}/", record.provenance.step);
    for (const Tensor& t : record.tensors) {
      // The loss is computed in double whatever the net is.
      const std::string dtype = t.role == Role::loss ? "float64" : record.provenance.dtype;
      npz.add_array(prefix + array_name(t.name, Part::value), array_of(t.shape, t.value, dtype));
      if (t.gradient_state == GradientState::computed)
        npz.add_array(prefix + array_name(t.name, Part::gradient), array_of(t.shape, t.gradient, dtype));
      if (!t.velocity.empty())
        npz.add_array(prefix + array_name(t.name, Part::velocity), array_of(t.shape, t.velocity, dtype));
    }
  }
  return npz.bytes();
}

void save_records(const std::filesystem::path& path, const std::vector<Record>& records) {
  write_file(path, record_bytes(records));
}

std::vector<Record> parse_records(std::string bytes, const std::string& name) {
  const NpzReader npz(std::move(bytes), name);
  if (npz.has_file("model.json"))
    throw WrongFile(name, "a trained net, not a trace", WrongFile::Found::model_for_trace);
  if (!npz.has_file("record.json"))
    throw WrongFile(name, "an archive of arrays, but not a gradwalk trace", WrongFile::Found::no_trace);
  return records_from_json(npz.file("record.json"), name, [&](std::size_t step) {
    const std::string prefix = fmt::format("step{}/", step);
    return [&npz, &name, prefix](const std::string& tensor, const Shape& shape, Part part) {
      const NpyArray array = npz.array(prefix + array_name(tensor, part));
      if (array.shape != shape)
        throw InputError(fmt::format("{}: {} is {} in record.json and {} in its array: this trace is damaged", name,
                                     tensor, to_string(shape), to_string(array.shape)));
      return array.as<double>();
    };
  });
}

std::vector<Record> load_records(const std::filesystem::path& path) {
  return parse_records(read_file(path), path.string());
}

Record load_record(const std::filesystem::path& path) { return load_records(path).front(); }

Record load_record(const std::filesystem::path& path, std::size_t step) {
  std::vector<Record> records = load_records(path);
  std::vector<std::size_t> steps;
  for (Record& record : records) {
    if (record.provenance.step == step) return std::move(record);
    steps.push_back(record.provenance.step);
  }
  throw InputError(fmt::format("{}: no step {}: there is {}", path.string(), step, fmt::join(steps, ", ")));
}

}  // namespace gradwalk
