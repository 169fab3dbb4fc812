#include "stamp.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view mark = "gradwalk-stamp: ";

struct Comment {
  std::string_view begin, end;
};

std::optional<Comment> comment_in(const std::string& ending) {
  if (ending == ".svg" || ending == ".html" || ending == ".md") return Comment{"<!-- ", " -->"};
  if (ending == ".tex" || ending == ".tikz") return Comment{"% ", ""};
  if (ending == ".dot") return Comment{"// ", ""};
  if (ending == ".txt") return Comment{"# ", ""};
  return std::nullopt;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

std::string stamped(const std::string& document, const Stamp& stamp) {
  const auto comment = comment_in(stamp.ending);
  if (!comment) return document;
  Json json{{"command", stamp.command}, {"ending", stamp.ending}, {"lang", stamp.language}, {"options", stamp.options}};
  if (!stamp.expression.empty()) {
    json["expression"] = stamp.expression;
    json["at"] = stamp.at;
  } else if (!stamp.trace.empty()) {
    json["trace"] = stamp.trace;
    json["crc32"] = fmt::format("{:08x}", stamp.checksum);
  }
  json["step"] = stamp.step;
  // Two hyphens would end an XML comment: one of them is written as JSON may write any character.
  const std::string text = replace_all(json.dump(), "--", "-\\u002d");
  return fmt::format("{}{}{}{}{}{}\n", document, document.ends_with('\n') ? "" : "\n", comment->begin, mark, text,
                     comment->end);
}

std::optional<Stamp> stamp_of(const std::string& document, const std::string& name) {
  const std::size_t at = document.rfind(mark);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t begin = at + mark.size();
  std::string text = document.substr(begin, document.find('\n', begin) - begin);
  text.erase(text.rfind('}') + 1);
  try {
    const Json json = Json::parse(text);
    Stamp stamp;
    stamp.command = json.at("command").get<std::string>();
    stamp.ending = json.at("ending").get<std::string>();
    stamp.language = json.at("lang").get<std::string>();
    stamp.options = json.at("options").get<std::vector<std::string>>();
    stamp.trace = json.value("trace", "");
    stamp.checksum = static_cast<std::uint32_t>(std::stoul(json.value("crc32", "0"), nullptr, 16));
    stamp.step = json.at("step").get<std::size_t>();
    stamp.expression = json.value("expression", "");
    if (json.contains("at")) stamp.at = json["at"].get<std::map<std::string, double>>();
    return stamp;
  } catch (const std::exception&) {
    throw InputError(tr("{file}: its stamp is damaged: make the document again", fmt::arg("file", name)));
  }
}

}  // namespace gradwalk::cli
