#include "verdict_json.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "gradwalk/nn/error.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

double number_from(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (json == "NaN") return std::numeric_limits<double>::quiet_NaN();
  return json == "inf" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
}

/// The value whose name it is. Every enumeration starts at 0, and what is behind its last value has no name.
template <class E>
E named(const Json& json) {
  for (int i = 0; !name_of(static_cast<E>(i)).empty(); ++i)
    if (json == name_of(static_cast<E>(i))) return static_cast<E>(i);
  throw InputError("the journal holds " + json.dump() + ", which this version does not know");
}

Json json_of(const OutputVerdict& output) {
  Json json{{"name", output.name},
            {"step", output.step},
            {"fault", name_of(output.fault)},
            {"expected_shape", output.expected_shape},
            {"shape", output.shape},
            {"elements", output.elements},
            {"wrong", output.wrong},
            {"inputs_right", output.inputs_right ? Json(*output.inputs_right) : Json()}};
  if (!output.first.empty())
    json.update({{"first", output.first}, {"wanted", number(output.wanted)}, {"got", number(output.got)}});
  if (!output.complaint.empty()) json["complaint"] = output.complaint;
  if (!output.origin.empty()) json["origin"] = output.origin;
  json["explanations"] = Json::array();
  for (const Explanation& one : output.explanations) {
    Json places = Json::array();
    for (const Place& place : one.places) places.push_back({{"from", place.from}, {"to", place.to}});
    json["explanations"].push_back(
        {{"mistake", one.mistake}, {"words", one.words}, {"terms", one.terms}, {"places", std::move(places)}});
  }
  return json;
}

OutputVerdict output_from(const Json& json) {
  OutputVerdict output;
  output.name = json.at("name");
  output.step = json.at("step");
  output.fault = named<Fault>(json.at("fault"));
  output.expected_shape = json.at("expected_shape").get<Shape>();
  output.shape = json.at("shape").get<Shape>();
  output.elements = json.at("elements");
  output.wrong = json.at("wrong");
  if (const Json& right = json.at("inputs_right"); !right.is_null()) output.inputs_right = right.get<bool>();
  if (json.contains("first")) {
    output.first = json.at("first");
    output.wanted = number_from(json.at("wanted"));
    output.got = number_from(json.at("got"));
  }
  output.complaint = json.value("complaint", "");
  output.origin = json.value("origin", "");
  for (const Json& one : json.at("explanations")) {
    Explanation explanation{one.at("mistake"), one.at("words"), one.at("terms").get<std::vector<std::string>>()};
    for (const Json& place : one.at("places")) explanation.places.push_back({place.at("from"), place.at("to")});
    output.explanations.push_back(std::move(explanation));
  }
  return output;
}

}  // namespace

Json json_of(const Verdict& verdict) {
  Json json{{"status", name_of(verdict.status)}, {"earned", verdict.earned},
            {"possible", verdict.possible},      {"sandbox", static_cast<int>(verdict.tier)},
            {"file_rules", verdict.file_rules},  {"compile", {{"outcome", name_of(verdict.compiled.outcome)}}}};
  if (verdict.compiled.outcome != CompileOutcome::compiled)
    json["compile"].update({{"line", verdict.compiled.line},
                            {"column", verdict.compiled.column},
                            {"message", printable(verdict.compiled.message)}});
  json["steps"] = Json::array();
  for (const StepVerdict& step : verdict.steps)
    json["steps"].push_back({{"id", step.step.id},
                             {"title", step.step.title},
                             {"points", step.step.points},
                             {"status", name_of(step.status)},
                             {"earned", step.earned}});
  json["checks"] = Json::array();
  for (const CheckVerdict& check : verdict.checks) {
    Json one{{"id", check.id}, {"outcome", name_of(check.run.outcome)}};
    if (check.run.outcome != Outcome::answered)
      one.update({{"signal", check.run.signal},
                  {"exit_code", check.run.exit_code},
                  {"printed", printable(check.run.printed.substr(0, 2000))}});
    one["outputs"] = Json::array();
    for (const OutputVerdict& output : check.outputs) one["outputs"].push_back(json_of(output));
    json["checks"].push_back(std::move(one));
  }
  json["attempts"] = verdict.attempts;
  json["suspicions"] = verdict.suspicions;
  return json;
}

Verdict verdict_from(const Json& json) {
  Verdict verdict;
  verdict.status = named<Status>(json.at("status"));
  verdict.earned = json.at("earned");
  verdict.possible = json.at("possible");
  verdict.tier = static_cast<Tier>(json.at("sandbox").get<int>());
  verdict.file_rules = json.value("file_rules", true);  // a journal from before there was a choice
  const Json& compile = json.at("compile");
  verdict.compiled.outcome = named<CompileOutcome>(compile.at("outcome"));
  verdict.compiled.line = compile.value("line", 0);
  verdict.compiled.column = compile.value("column", 0);
  verdict.compiled.message = compile.value("message", "");
  for (const Json& step : json.at("steps"))
    verdict.steps.push_back({{step.at("id"), step.at("title"), step.at("points")},
                             named<StepStatus>(step.at("status")),
                             step.at("earned")});
  for (const Json& one : json.at("checks")) {
    CheckVerdict check;
    check.id = one.at("id");
    check.run.outcome = named<Outcome>(one.at("outcome"));
    check.run.signal = one.value("signal", 0);
    check.run.exit_code = one.value("exit_code", 0);
    check.run.printed = one.value("printed", "");
    for (const Json& output : one.at("outputs")) check.outputs.push_back(output_from(output));
    verdict.checks.push_back(std::move(check));
  }
  verdict.attempts = json.at("attempts").get<std::vector<std::string>>();
  verdict.suspicions = json.at("suspicions").get<std::vector<std::string>>();
  return verdict;
}

}  // namespace gradwalk::harness
