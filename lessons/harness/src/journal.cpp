#include "gradwalk/harness/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "verdict_json.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

/// The whole lines of a journal that can be read, and how many bytes they take.
std::vector<Graded> read_lines(const fs::path& file, std::size_t& whole) {
  std::vector<Graded> entries;
  whole = 0;
  if (!fs::exists(file)) return entries;
  const std::string text = read_file(file);
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    try {
      entries.push_back(graded_from_json(text.substr(at, end - at)));
    } catch (const std::exception&) {
      if (text.find('\n', end + 1) == std::string::npos) return entries;  // the last line: a power cut
      throw InputError(fmt::format("{}: line {} is not a journal's", file.string(), entries.size() + 1));
    }
    whole = end + 1;
  }
  return entries;
}

}  // namespace

std::string to_json_line(const Graded& graded) {
  const nlohmann::ordered_json json{
      {"student", printable(graded.student)}, {"name", printable(graded.name)},    {"lesson", graded.lesson},
      {"file", printable(graded.file)},       {"fingerprint", graded.fingerprint}, {"code", graded.shape_of_code},
      {"verdict", json_of(graded.verdict)}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Graded graded_from_json(const std::string& line) {
  const auto json = nlohmann::ordered_json::parse(line);
  return {json.at("student"),
          json.at("name"),
          json.at("lesson"),
          json.at("file"),
          json.at("fingerprint"),
          json.at("code"),
          verdict_from(json.at("verdict"))};
}

Journal::Journal(const fs::path& file) {
  std::size_t whole = 0;
  entries_ = read_lines(file, whole);
  file_ = Descriptor(open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  if (!file_ || ftruncate(file_.get(), static_cast<off_t>(whole)) != 0 || lseek(file_.get(), 0, SEEK_END) < 0)
    throw InputError("cannot write the journal " + file.string() + ": " + std::strerror(errno));
}

void Journal::append(const Graded& graded) {
  const std::string line = to_json_line(graded);
  const std::lock_guard lock(mutex_);
  for (std::size_t written = 0; written < line.size();) {
    const ssize_t n = write(file_.get(), line.data() + written, line.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0)
      throw InputError(std::string("the journal cannot be written: ") + std::strerror(errno) +
                       "; --resume goes on from here");
    written += static_cast<std::size_t>(n);
  }
  fdatasync(file_.get());
  entries_.push_back(graded_from_json(line));  // as it will be read again: the same bytes after a resume
}

std::vector<Graded> read_journals(const std::vector<fs::path>& folders) {
  std::map<std::pair<std::string, std::string>, Graded> latest;
  bool any = false;
  for (const fs::path& folder : folders) {
    std::vector<fs::path> files;
    if (fs::is_directory(folder))
      for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".jsonl" && entry.path().filename().string().starts_with("journal"))
          files.push_back(entry.path());
    for (const fs::path& file : files) {
      any = true;
      std::size_t whole = 0;
      for (Graded& graded : read_lines(file, whole)) {
        std::pair key{graded.student, graded.lesson};
        latest.insert_or_assign(std::move(key), std::move(graded));
      }
    }
  }
  if (!any)
    throw InputError("no journal in " + (folders.empty() ? std::string("no folder") : folders.front().string()));
  std::vector<Graded> sorted;
  for (auto& [key, graded] : latest) sorted.push_back(std::move(graded));
  return sorted;
}

}  // namespace gradwalk::harness
