#include "model_flags.hpp"

#include <numeric>

#include "command_line_errors.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "row_list.hpp"

namespace gradwalk::cli {

namespace {

constexpr const char* lesson_weights = "own-framework/two_layers_30_epochs";

/// The net that the lesson trains for 30 epochs, from its own initial weights.
ModelSpec lesson_spec() {
  ModelSpec spec;
  spec.init = lesson_weights;
  spec.training.shuffle = false;
  spec.training.learning_rate = 0.01;
  spec.training.batch = 4;
  return spec;
}

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() > ending.size() && text.ends_with(ending);
}

/// As many outputs as the loss needs for the classes or values of a data set.
std::size_t outputs_needed(const ModelSpec& spec, std::size_t classes, std::size_t values) {
  if (spec.loss == Loss::logistic) return 1;
  return wants_labels(spec.loss) ? classes : values;
}

}  // namespace

void ModelFlags::add_to(CLI::App& command) {
  command.add_option("MODEL", file_, tr("a model file of 'gradwalk train' (.npz), or the flags as a file (.toml)"));
  command.add_option("--net", net_, tr("widths of the net, inputs first: 2-10-2"));
  command.add_option("--activation", activation_,
                     tr("of the hidden layers: tanh, sigmoid, relu, leaky-relu, identity"));
  command.add_option("--loss", loss_, tr("cross-entropy, softmax-cross-entropy (stable), logistic, squared, absolute"));
  command.add_option(
      "--data", data_,
      tr("own-framework, iris, xor, moons, blobs, spirals, curve, csv:FILE, idx:FOLDER (MNIST), npz:FILE, npy:X,Y"));
  command.add_option("--epochs", epochs_, tr("how often to go through the training set"))->check(whole_number());
  command.add_option("--batch", batch_, tr("rows in a mini-batch"))->check(whole_number());
  command.add_option("--learning-rate", learning_rate_, tr("step size of the descent"));
  command.add_option("--momentum", momentum_, tr("share of the last step that is kept"));
  command.add_option("--seed", seed_, tr("of the initial weights, the shuffling and generated data"))
      ->check(whole_number());
  command.add_flag("--no-shuffle", no_shuffle_, tr("take the rows in the order of the data set"));
  command.add_option("--init", init_,
                     tr("initial weights: normal, xavier, he, zeros, own-framework/NAME, or a file of weights"));
  command.add_option("--dtype", dtype_, tr("float64 or float32"));
}

bool ModelFlags::given() const {
  return !file_.empty() || net_ || activation_ || loss_ || data_ || init_ || dtype_ || epochs_ || batch_ ||
         learning_rate_ || momentum_ || seed_ || no_shuffle_;
}

ModelFlags::Model ModelFlags::resolve() const {
  Model model;
  model.is_lesson = !given();
  if (model.is_lesson) model.spec = lesson_spec();
  std::optional<gradwalk::Model> trained;
  bool dtype_chosen = dtype_.has_value();
  if (ends_with(file_, ".toml")) {
    model.spec.dtype.clear();
    read_spec_toml(file_, model.spec);
    dtype_chosen = dtype_chosen || !model.spec.dtype.empty();
  } else if (!file_.empty()) {
    trained = load_model(file_);
    model.spec = trained->spec;
    dtype_chosen = true;
  }

  ModelSpec& s = model.spec;
  if (net_) s.widths = parse_widths(*net_);
  if (activation_) s.activation = *activation_;
  if (data_) s.data = *data_;
  if (init_) s.init = *init_;
  if (dtype_) s.dtype = *dtype_;
  if (loss_) s.loss = loss_named(*loss_);
  if (epochs_) s.training.epochs = *epochs_;
  if (batch_) s.training.batch = *batch_;
  if (learning_rate_) s.training.learning_rate = *learning_rate_;
  if (momentum_) s.training.momentum = *momentum_;
  if (seed_) s.training.seed = *seed_;
  if (no_shuffle_) s.training.shuffle = false;
  // Pixels have eight bits: float is enough for them, and twice as fast.
  if (!dtype_chosen) s.dtype = s.data.starts_with("idx:") ? "float32" : "float64";
  if (s.dtype != "float64" && s.dtype != "float32")
    throw InputError(tr("'{dtype}' is not a type of number: use float64 or float32", fmt::arg("dtype", s.dtype)));

  if (trained && !init_) {
    model.net = make_net<double>(s.widths, s.activation, s.loss);
    if (s.widths == trained->spec.widths)
      model.net = trained->net, model.history = trained->history;
    else
      throw InputError(
          tr("{file} holds a net {held}, and --net asks for {asked}: leave --net out, or add --init normal",
             fmt::arg("file", file_), fmt::arg("held", fmt::join(trained->spec.widths, "-")),
             fmt::arg("asked", fmt::join(s.widths, "-"))));
    if (activation_ || loss_) {
      Net<double> changed = make_net<double>(s.widths, s.activation, s.loss);
      for (std::size_t k = 0; k < changed.linear_count(); ++k) changed.linear(k) = trained->net.linear(k);
      model.net = changed;
    }
  } else {
    model.net = initial_net(s);
  }
  return model;
}

template <class T>
Dataset<T> dataset_for(const ModelSpec& spec) {
  DatasetOptions options;
  options.seed = spec.training.seed;
  if (!wants_labels(spec.loss)) options.targets = spec.widths.back() == 1 ? TargetKind::values : TargetKind::one_hot;
  Dataset<T> data = load_dataset<T>(spec.data, options);
  if (data.features() != spec.widths.front())
    throw InputError(
        tr("the net {net} takes {inputs} inputs, but {data} has {features} features: begin --net with {features}",
           fmt::arg("net", fmt::format("{}", fmt::join(spec.widths, "-"))), fmt::arg("inputs", spec.widths.front()),
           fmt::arg("data", spec.data), fmt::arg("features", data.features())));
  if (wants_labels(spec.loss) && data.train.targets.labels.empty())
    throw InputError(tr("{data} has values to come close to, not classes: use --loss squared or absolute",
                        fmt::arg("data", spec.data)));
  const std::size_t needed = outputs_needed(spec, data.classes, data.train.targets.values.cols());
  if (spec.loss == Loss::logistic && data.classes > 2)
    throw InputError(tr("{data} has {classes} classes, and --loss logistic tells two apart: use cross-entropy",
                        fmt::arg("data", spec.data), fmt::arg("classes", data.classes)));
  if (spec.widths.back() < needed || (spec.widths.back() != needed && !wants_labels(spec.loss)) ||
      (spec.loss == Loss::logistic && spec.widths.back() != 1))
    throw InputError(
        tr("the net {net} has {outputs} outputs, but {data} with {loss} needs {needed}: end --net with {needed}",
           fmt::arg("net", fmt::format("{}", fmt::join(spec.widths, "-"))), fmt::arg("outputs", spec.widths.back()),
           fmt::arg("data", spec.data), fmt::arg("loss", name_of(spec.loss)), fmt::arg("needed", needed)));
  return data;
}

std::vector<std::size_t> rows_of_set(const std::string& text, std::size_t size, const std::string& data) {
  std::vector<std::size_t> rows = parse_rows(text);
  for (std::size_t row : rows)
    if (row >= size)
      throw InputError(tr("there is no row {row}: the training set of {data} has rows 0..{last}", fmt::arg("row", row),
                          fmt::arg("data", data), fmt::arg("last", size - 1)));
  return rows;
}

namespace {

/// v of momentum for every W and b, as it stands before the step that is recorded: 0 before the first.
template <class T>
void keep_velocity(Record& record, const Net<T>& net, const Velocity<T>& velocity) {
  for (std::size_t k = 0, number = 0; k < net.layers.size(); ++k) {
    if (!std::holds_alternative<Linear<T>>(net.layers[k])) continue;
    ++number;
    for (const bool weights : {true, false}) {
      Tensor& tensor = record.tensors[record.tensor(fmt::format("{}{}", weights ? "W" : "b", number))];
      const auto& all = weights ? velocity.W : velocity.b;
      if (k < all.size() && !all[k].empty())
        tensor.velocity.assign(all[k].begin(), all[k].end());
      else
        tensor.velocity.assign(tensor.size(), 0);
    }
  }
}

template <class T>
Record trace_in(const ModelFlags::Model& model, Net<T> net, std::size_t step, const std::optional<std::string>& rows) {
  const ModelSpec& spec = model.spec;
  const Dataset<T> data = dataset_for<T>(spec);
  Descent<T> descent(net, spec.loss, data.train, spec.training);
  while (descent.steps_done() < step) descent.step();
  std::vector<std::size_t> chosen;
  if (rows) {
    chosen = rows_of_set(*rows, data.train.size(), spec.data);
  } else {
    const auto next = descent.next_rows();
    chosen.assign(next.begin(), next.end());
  }
  const Samples<T> batch = take(data.train, std::span<const std::size_t>(chosen));
  Recorder recorder;
  const ForwardPass<T> pass = forward(net, batch.x);
  const Gradients<T> gradients = backward(net, pass, spec.loss, batch.targets, recorder);
  Record record = recorder.take();
  record.provenance.step = step;
  record.provenance.activation = spec.activation;
  record.provenance.data = spec.data;
  record.provenance.rows = chosen;
  record.provenance.learning_rate = spec.training.learning_rate;
  record.provenance.momentum = spec.training.momentum;
  if (spec.training.momentum != 0) keep_velocity(record, net, descent.velocity());
  descent.apply(gradients);
  record.provenance.loss_after = loss_value(spec.loss, predict(net, batch.x), batch.targets);
  return record;
}

}  // namespace

Record trace_step(const ModelFlags::Model& model, std::size_t step, const std::optional<std::string>& rows) {
  if (model.spec.dtype == "float32") return trace_in<float>(model, to_float(model.net), step, rows);
  return trace_in<double>(model, model.net, step, rows);
}

Record record_from(const std::string& file, std::optional<std::size_t> step) {
  if (file.empty()) return trace_step(ModelFlags{}.resolve(), step.value_or(0), std::nullopt);
  return step ? load_record(file, *step) : load_record(file);
}

template Dataset<float> dataset_for(const ModelSpec&);
template Dataset<double> dataset_for(const ModelSpec&);

}  // namespace gradwalk::cli
