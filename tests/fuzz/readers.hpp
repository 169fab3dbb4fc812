#pragma once

#include <array>
#include <string>

#include "gradwalk/nn/csv.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/idx.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "gradwalk/nn/npz.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/nn/safetensors.hpp"
#include "gradwalk/nn/terms.hpp"

/// The readers of files, each of which must take any bytes at all: a content, or an InputError of one line.
struct Reader {
  const char* name;
  void (*read)(const std::string& bytes);
};

/// A record of one step of a small net, and a trained net: what the two readers of descriptions get their arrays from.
inline std::string small_record() {
  gradwalk::Net<double> net = gradwalk::make_net<double>({2, 3, 2}, "relu", gradwalk::Loss::cross_entropy);
  gradwalk::initialise_normal(net, 1);
  return gradwalk::record_bytes({gradwalk::record_step(net, gradwalk::Matrix<double>(4, 2, 0.5),
                                                       gradwalk::Loss::cross_entropy, {{0, 1, 1, 0}, {}})});
}

inline std::string small_model() {
  gradwalk::Model model;
  model.spec.widths = {2, 3, 2};
  model.net = gradwalk::initial_net(model.spec);
  model.history.push_back({1, {0.5, 0.75}, {0.5, 0.75}, {1, 2}, {1, 2}, {1, 2}});
  return gradwalk::model_bytes(model);
}

/// The archive with another text as its member `file`: the checksum of the archive would refuse most damage otherwise.
inline std::string with_file(const std::string& archive, const std::string& file, const std::string& text) {
  const gradwalk::NpzReader from(archive, "fuzz");
  gradwalk::NpzWriter to;
  to.add_file(file, text);
  for (const std::string& name : from.array_names()) to.add_array(name, from.array(name));
  return to.bytes();
}

/// Asks of a record what its readers ask of it.
inline void use(const gradwalk::Record& record) {
  for (gradwalk::TensorId id = 0; id < record.tensors.size(); ++id) {
    (void)record.element(record[id].element_name(record[id].size() - 1));
    if (record[id].gradient_state == gradwalk::GradientState::computed) gradwalk::terms_of(record, {id, 0});
  }
}

inline const std::array<Reader, 8> readers = {{
    {"npz",
     [](const std::string& bytes) {
       const gradwalk::NpzReader npz(bytes, "fuzz");
       for (const std::string& name : npz.array_names()) npz.array(name);
       for (const std::string& name : npz.file_names()) npz.file(name);
     }},
    {"npy", [](const std::string& bytes) { gradwalk::parse_npy(bytes, "fuzz"); }},
    {"csv", [](const std::string& bytes) { gradwalk::parse_csv(bytes, "fuzz"); }},
    {"idx", [](const std::string& bytes) { gradwalk::parse_idx(bytes, "fuzz"); }},
    {"safetensors", [](const std::string& bytes) { gradwalk::parse_safetensors(bytes, "fuzz"); }},
    {"record.json",
     [](const std::string& bytes) {
       static const std::string record = small_record();
       for (const gradwalk::Record& step : gradwalk::parse_records(with_file(record, "record.json", bytes), "fuzz"))
         use(step);
     }},
    {"model.json",
     [](const std::string& bytes) {
       static const std::string model = small_model();
       gradwalk::parse_model(with_file(model, "model.json", bytes), "fuzz");
     }},
    {"toml",
     [](const std::string& bytes) {
       gradwalk::ModelSpec spec;
       gradwalk::parse_spec_toml(bytes, "fuzz", spec);
     }},
}};

/// True when the reader read or refused as it should.
inline bool survives(const Reader& reader, const std::string& bytes) {
  try {
    reader.read(bytes);
  } catch (const gradwalk::InputError& error) {
    return std::string(error.what()).find('\n') == std::string::npos;
  }
  return true;
}
