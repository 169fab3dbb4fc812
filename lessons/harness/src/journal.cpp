#include "gradwalk/harness/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <set>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "verdict_json.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

constexpr const char* finished_line = "{\"finished\": true}";

struct Lines {
  std::vector<Graded> entries;
  std::size_t whole = 0;  // bytes that they take
  bool finished = false;
};

/// The whole lines of a journal that can be read.
Lines read_lines(const fs::path& file) {
  Lines lines;
  if (!fs::exists(file)) return lines;
  const std::string text = read_file(file);
  std::size_t number = 1;
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1, ++number) {
    const std::string line = text.substr(at, end - at);
    lines.finished = line == finished_line;
    try {
      if (!lines.finished) lines.entries.push_back(graded_from_json(line));
    } catch (const std::exception&) {
      if (text.find('\n', end + 1) == std::string::npos) return lines;  // the last line: a power cut
      throw InputError(fmt::format("{}: line {} is not a journal's", file.string(), number));
    }
    lines.whole = end + 1;
  }
  return lines;
}

/// Waits until this process is the only one that writes the file. Where the file system knows no locks, it is taken for
/// the only one.
void lock(int file, const std::function<void()>& wait_told) {
  if (flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  if (wait_told) wait_told();
  while (flock(file, LOCK_EX) != 0 && errno == EINTR) {
  }
}

/// "journal-2-of-4.jsonl" as (2, 4); of the whole class, (1, 1).
std::pair<unsigned, unsigned> shard_of(const fs::path& journal) {
  unsigned shard = 0, shards = 0;
  if (std::sscanf(journal.filename().c_str(), "journal-%u-of-%u.jsonl", &shard, &shards) != 2) return {1, 1};
  return {shard, shards};
}

/// Of each sharding that has a journal here, all shards must have one.
void expect_all_shards(const std::vector<fs::path>& journals) {
  std::map<unsigned, std::set<unsigned>> found;
  for (const fs::path& journal : journals) {
    const auto [shard, shards] = shard_of(journal);
    found[shards].insert(shard);
  }
  for (const auto& [shards, there] : found)
    for (unsigned shard = 1; shard <= shards; ++shard)
      if (!there.contains(shard))
        throw InputError(tr("shard {shard} of {shards} is missing: grade it, and name its folder here",
                            fmt::arg("shard", shard), fmt::arg("shards", shards)));
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

Journal::Journal(const fs::path& file, const std::function<void()>& wait_told)
    : file_(open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)) {
  const auto cannot_write = [&] {
    return InputError("cannot write the journal " + file.string() + ": " + std::strerror(errno));
  };
  if (!file_) throw cannot_write();
  lock(file_.get(), wait_told);
  Lines lines = read_lines(file);
  entries_ = std::move(lines.entries);
  finished_ = lines.finished;
  if (ftruncate(file_.get(), static_cast<off_t>(lines.whole)) != 0 || lseek(file_.get(), 0, SEEK_END) < 0)
    throw cannot_write();
}

void Journal::write_line(const std::string& line) {
  for (std::size_t written = 0; written < line.size();) {
    const ssize_t n = write(file_.get(), line.data() + written, line.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0)
      throw InputError(std::string("the journal cannot be written: ") + std::strerror(errno) +
                       "; --resume goes on from here");
    written += static_cast<std::size_t>(n);
  }
  fdatasync(file_.get());
}

void Journal::append(const Graded& graded) {
  const std::string line = to_json_line(graded);
  const std::lock_guard guard(mutex_);
  finished_ = false;
  write_line(line);
  entries_.push_back(graded_from_json(line));  // as it will be read again: the same bytes after a resume
}

void Journal::finish() {
  const std::lock_guard guard(mutex_);
  if (!finished_) write_line(std::string(finished_line) + "\n");
  finished_ = true;
}

std::vector<Graded> read_journals(const std::vector<fs::path>& folders) {
  std::vector<fs::path> journals;
  for (const fs::path& folder : folders)
    if (fs::is_directory(folder))
      for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".jsonl" && entry.path().filename().string().starts_with("journal"))
          journals.push_back(entry.path());
  if (journals.empty())
    throw InputError(tr("there is no journal in {folder}",
                        fmt::arg("folder", folders.empty() ? std::string("—") : folders.front().string())));
  expect_all_shards(journals);
  std::map<std::pair<std::string, std::string>, Graded> latest;
  for (const fs::path& journal : journals) {
    Lines lines = read_lines(journal);
    if (!lines.finished)
      throw InputError(
          tr("{file} is not finished: grade that part again, with --resume", fmt::arg("file", journal.string())));
    for (Graded& graded : lines.entries) {
      std::pair key{graded.student, graded.lesson};
      latest.insert_or_assign(std::move(key), std::move(graded));
    }
  }
  std::vector<Graded> sorted;
  for (auto& [key, graded] : latest) sorted.push_back(std::move(graded));
  return sorted;
}

}  // namespace gradwalk::harness
