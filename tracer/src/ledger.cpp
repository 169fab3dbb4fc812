#include "gradwalk/tracer/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk {

namespace {

using Json = nlohmann::ordered_json;

// JSON has no NaN: null, as JavaScript writes it.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json count(const std::string& digits) {
  if (digits.size() > 15) return digits;
  return std::stoull(digits);
}

/// How many columns a text takes, counting characters.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Rows of cells, each column as wide as its widest cell; the first column left, the others right.
std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (widths.size() <= c) widths.push_back(0);
      widths[c] = std::max(widths[c], width_of(row[c]));
    }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string space(widths[c] - width_of(row[c]), ' ');
      line += c == 0 ? row[c] + space : "  " + space + row[c];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

/// "1 234 567": digits in groups of three, with a narrow space.
std::string grouped(const std::string& digits) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += "\u202f";
    text += digits[i];
  }
  return text;
}

std::string percent(double share) {
  return std::isfinite(share) ? fmt::format("{} %", format_number(std::round(share * 1000) / 10, 6)) : "–";
}

/// Shapes the last digits: the plural of a count that may be too large for a number needs only its end.
unsigned long for_plural(const std::string& digits) {
  const std::string end = digits.size() > 6 ? "1" + digits.substr(digits.size() - 5) : digits;
  return std::stoul(end);
}

}  // namespace

std::string terms_text(const Record& record, const TermSum& terms, int digits) {
  const std::string target = record.name_of(terms.target);
  const std::string loss = record[record.loss()].name;
  std::string text =
      fmt::format("∂{}/∂{} = {}\n", loss, target,
                  trn("the sum of {n} term, upstream × local", "the sum of {n} terms, upstream × local each",
                      terms.terms.size(), fmt::arg("n", terms.terms.size())));
  if (terms.terms.empty() && record[terms.target.tensor].role == Role::loss)
    text = fmt::format("∂{}/∂{} = 1: {}\n", loss, target, tr("the seed of the backward pass"));
  std::vector<std::vector<std::string>> rows;
  rows.push_back({tr("through"), tr("upstream"), "", tr("local"), "", tr("contribution")});
  for (const Term& t : terms.terms)
    rows.push_back({record.name_of(t.source), format_number(t.upstream, digits), "×", format_number(t.local, digits),
                    "=", format_number(t.contribution, digits)});
  if (terms.terms.empty()) rows.clear();
  rows.push_back({tr("sum"), "", "", "", "", format_number(terms.sum, digits)});
  rows.push_back({tr("recorded gradient"), "", "", "", "", format_number(terms.gradient, digits)});
  rows.push_back({tr("residual"), "", "", "", "", format_number(terms.residual, digits)});
  return text + aligned(rows);
}

std::string terms_json(const Record& record, const TermSum& terms) {
  Json json{{"target", record.name_of(terms.target)},
            {"gradient", number(terms.gradient)},
            {"sum", number(terms.sum)},
            {"residual", number(terms.residual)},
            {"terms", Json::array()}};
  for (const Term& t : terms.terms)
    json["terms"].push_back({{"source", record.name_of(t.source)},
                             {"upstream", number(t.upstream)},
                             {"local", number(t.local)},
                             {"contribution", number(t.contribution)}});
  return json.dump(1) + "\n";
}

std::string paths_text(const Record& record, const PathLedger& ledger, int digits) {
  const std::string loss = record[record.loss()].name;
  std::string text = fmt::format("∂{}/∂{} = {}\n", loss, record.name_of(ledger.target),
                                 trn("the sum over {n} path", "the sum over {n} paths", for_plural(ledger.total_paths),
                                     fmt::arg("n", grouped(ledger.total_paths))));
  std::vector<std::vector<std::string>> rows;
  if (!ledger.paths.empty())
    rows.push_back({tr("path, and the local derivative of each step"), tr("contribution"), tr("share")});
  for (const Path& path : ledger.paths) {
    std::string nodes, factors;
    for (std::size_t k = 0; k < path.nodes.size(); ++k) {
      nodes += (k ? " ← " : "") + record.name_of(path.nodes[k]);
      if (k < path.factors.size()) factors += (k ? " × " : "    ") + format_number(path.factors[k], digits);
    }
    rows.push_back({nodes, format_number(path.contribution, digits), percent(path.share)});
    rows.push_back({factors});
  }
  if (ledger.remaining_paths != "0")
    rows.push_back({trn("and {n} more path", "and {n} more paths", for_plural(ledger.remaining_paths),
                        fmt::arg("n", grouped(ledger.remaining_paths))),
                    format_number(ledger.remaining_sum, digits),
                    ledger.gradient == 0 ? std::string("–") : percent(ledger.remaining_sum / ledger.gradient)});
  rows.push_back({tr("total"), format_number(ledger.total, digits)});
  rows.push_back({tr("recorded gradient"), format_number(ledger.gradient, digits)});
  rows.push_back({tr("residual"), format_number(ledger.residual, digits)});
  text += aligned(rows);
  text +=
      "\n" +
      tr("Taking every path of every parameter for itself: {all} multiplications; going backwards once: {backprop}.",
         fmt::arg("all", grouped(ledger.by_enumeration_for_all)), fmt::arg("backprop", grouped(ledger.by_backprop))) +
      "\n";
  return text;
}

std::string paths_json(const Record& record, const PathLedger& ledger) {
  Json json{{"target", record.name_of(ledger.target)},
            {"gradient", number(ledger.gradient)},
            {"total", number(ledger.total)},
            {"residual", number(ledger.residual)},
            {"paths", Json::array()}};
  for (const Path& path : ledger.paths) {
    Json nodes = Json::array(), factors = Json::array();
    for (const Element& node : path.nodes) nodes.push_back(record.name_of(node));
    for (double factor : path.factors) factors.push_back(number(factor));
    json["paths"].push_back({{"nodes", std::move(nodes)},
                             {"factors", std::move(factors)},
                             {"contribution", number(path.contribution)},
                             {"share", number(path.share)}});
  }
  json["remainder"] = {{"paths", count(ledger.remaining_paths)}, {"sum", number(ledger.remaining_sum)}};
  json["total_paths"] = count(ledger.total_paths);
  json["multiplications"] = {{"enumeration", count(ledger.by_enumeration)},
                             {"enumeration_for_all", count(ledger.by_enumeration_for_all)},
                             {"backprop", count(ledger.by_backprop)}};
  return json.dump(1) + "\n";
}

}  // namespace gradwalk
