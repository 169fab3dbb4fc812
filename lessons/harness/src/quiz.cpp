#include "gradwalk/harness/quiz.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "gradwalk/harness/process.hpp"
#include "gradwalk/nn/detail/toml.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_choices = 26;

/// "expr 'f = x*y' x=3" → expr, f = x*y, x=3.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  bool quoted = false, in_word = false;
  for (const char c : line) {
    if (c == ' ' && !quoted) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == '\'')
      quoted = !quoted;
    else
      words.back() += c;
  }
  return words;
}

/// The records that a quiz's commands make, each made once.
class Records {
 public:
  const Record& made_by(const std::string& command) {
    const auto known = records_.find(command);
    if (known != records_.end()) return known->second;
    const fs::path file = folder_.path() / fmt::format("{}.npz", records_.size());
    Command run;
    run.words = words_of(command);
    run.words.insert(run.words.begin(), gradwalk_program().string());
    run.words.insert(run.words.end(), {"-o", file.string()});
    const Finished finished = run_to_end(run, std::chrono::seconds(30), 1 << 16);
    if (!finished.succeeded()) throw InputError("gradwalk " + command + " failed: " + finished.output);
    return records_[command] = load_record(file);
  }

 private:
  TemporaryFolder folder_;
  std::map<std::string, Record> records_;
};

/// "dW1[2,0]" is the gradient of W1[2,0]; a tensor that is called "d…" comes first.
struct Named {
  const Tensor& tensor;
  bool gradient;
  std::optional<std::size_t> index;

  double number(std::size_t i) const { return gradient ? tensor.gradient.at(i) : tensor.value.at(i); }
};

Named named(const Record& record, const std::string& name) {
  const std::string base = name.substr(0, name.find('['));
  const bool gradient = !record.find(base) && base.size() > 1 && base[0] == 'd';
  const std::string plain = gradient ? name.substr(1) : name;
  const Tensor& tensor = record[record.tensor(plain.substr(0, plain.find('[')))];
  if (gradient && tensor.gradient_state != GradientState::computed)
    throw InputError(name + ": the record has no such gradient");
  if (plain.find('[') == std::string::npos && !tensor.shape.empty()) return {tensor, gradient, std::nullopt};
  return {tensor, gradient, record.element(plain).index};
}

std::string shown(const Named& what) {
  if (what.index) return format_number(what.number(*what.index));
  const std::size_t columns = what.tensor.shape.back();
  std::string text;
  for (std::size_t i = 0; i < what.tensor.size(); ++i) {
    if (i % columns == 0) text += "\n    [";
    text += fmt::format(" {:>8}", format_number(what.number(i)));
    if (i % columns == columns - 1) text += " ]";
  }
  return text + "\n";
}

/// "{x[0,0]}" and "{shape W1}" replaced.
std::string filled(std::string text, const Record* record) {
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos || !record) throw InputError("'" + text + "': there is no record to put in");
    const std::string name = text.substr(open + 1, close - open - 1);
    const std::string value = name.starts_with("shape ") ? to_string(named(*record, name.substr(6)).tensor.shape)
                                                         : shown(named(*record, name));
    text.replace(open, close - open + 1, value);
    open += value.size();
  }
  return text;
}

std::string in_current_language(const toml::node_view<toml::node>& node) {
  const std::string language = current_language() == Language::ru ? "ru" : "en";
  if (const auto text = node[language].value<std::string>()) return *text;
  return node["en"].value_or(std::string());
}

Question read_question(const toml::node_view<toml::node>& node, const std::string& usual_record, Records& records) {
  Question question;
  question.id = node["id"].value_or(std::string("a question without an id"));
  question.when = node["when"].value_or(std::string());
  if (question.when != "pre" && question.when != "post") throw InputError(question.id + ": when is pre or post");
  const std::string command = node["record"].value_or(usual_record);
  const Record* record = command.empty() ? nullptr : &records.made_by(command);
  question.text = filled(in_current_language(node["text"]), record);
  question.because = filled(in_current_language(node["because"]), record);
  const std::string kind = node["kind"].value_or(std::string());
  if (kind == "choice") {
    question.kind = Question::Kind::choice;
    if (toml::array* choices = node["choices"].as_array())
      for (toml::node& choice : *choices)
        question.choices.push_back(filled(in_current_language(toml::node_view<toml::node>(choice)), record));
    question.right_choice = node["right"].value_or(most_choices);
    if (question.choices.size() > most_choices || question.right_choice >= question.choices.size())
      throw InputError(question.id + ": right is not one of the choices, counted from 0");
    return question;
  }
  if ((kind != "number" && kind != "shape") || !record)
    throw InputError(question.id + ": kind is number, shape (both with a record) or choice");
  const Named answer = named(*record, node["answer"].value_or(std::string()));
  question.kind = kind == "number" ? Question::Kind::number : Question::Kind::shape;
  question.right_shape = answer.tensor.shape;
  if (kind == "number") {
    if (!answer.index) throw InputError(question.id + ": the answer is a whole tensor, not a number");
    question.right_number = answer.number(*answer.index);
  }
  return question;
}

std::optional<double> number_in(std::string text) {
  for (std::size_t at; (at = text.find("−")) != std::string::npos;) text.replace(at, 3, "-");
  for (char& c : text) c = c == ',' ? '.' : c;
  const std::size_t first = text.find_first_not_of(" \t\r+");
  if (first == std::string::npos) return std::nullopt;
  const char *begin = text.data() + first, *end = text.data() + text.find_last_not_of(" \t\r") + 1;
  double number = 0, divisor = 1;
  std::from_chars_result read = std::from_chars(begin, end, number);
  if (read.ec == std::errc() && read.ptr != end && *read.ptr == '/') read = std::from_chars(read.ptr + 1, end, divisor);
  if (read.ec != std::errc() || read.ptr != end || divisor == 0) return std::nullopt;
  return number / divisor;
}

std::optional<Shape> shape_in(std::string_view text) {
  Shape shape;
  bool inside = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (!inside) shape.push_back(0);
      shape.back() = shape.back() * 10 + std::size_t(c - '0');
    }
    inside = c >= '0' && c <= '9';
  }
  const bool scalar = text.find("()") != std::string_view::npos;
  return shape.empty() && !scalar ? std::nullopt : std::optional(shape);
}

Answer verdict(bool right) { return right ? Answer::right : Answer::wrong; }

}  // namespace

std::string Question::right_answer() const {
  if (kind == Kind::choice) return fmt::format("{}) {}", char('a' + right_choice), choices[right_choice]);
  return kind == Kind::shape ? to_string(right_shape) : format_number(right_number);
}

Answer judge_answer(const Question& question, std::string_view typed) {
  if (question.kind == Question::Kind::shape) {
    const auto shape = shape_in(typed);
    return shape ? verdict(*shape == question.right_shape) : Answer::not_understood;
  }
  if (question.kind == Question::Kind::number) {
    const auto number = number_in(std::string(typed));
    if (!number) return Answer::not_understood;
    return verdict(std::abs(*number - question.right_number) <=
                   std::max(0.005, 0.01 * std::abs(question.right_number)));
  }
  const std::size_t first = typed.find_first_not_of(" \t(");
  if (first == std::string_view::npos) return Answer::not_understood;
  const char letter = typed[first] >= 'A' && typed[first] <= 'Z' ? char(typed[first] - 'A' + 'a') : typed[first];
  const std::size_t choice = letter >= '1' && letter <= '9' ? std::size_t(letter - '1') : std::size_t(letter - 'a');
  if (choice >= question.choices.size()) return Answer::not_understood;
  return verdict(choice == question.right_choice);
}

std::vector<Question> quiz_of(const Lesson& lesson) {
  const fs::path file = lesson.folder / "quiz.toml";
  if (!fs::exists(file)) return {};
  toml::table table = parse_toml(read_file(file), file.string());
  std::vector<Question> questions;
  try {
    Records records;
    const std::string record = table["record"].value_or(std::string());
    if (toml::array* nodes = table["questions"].as_array())
      for (toml::node& node : *nodes)
        questions.push_back(read_question(toml::node_view<toml::node>(node), record, records));
  } catch (const InputError& error) {
    throw InputError(file.string() + ": " + error.what());
  }
  return questions;
}

}  // namespace gradwalk::harness
