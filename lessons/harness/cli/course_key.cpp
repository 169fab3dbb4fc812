#include "course_key.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "gradwalk/harness/process.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

void CourseKey::add_options(CLI::App& command) {
  command.add_option(
      "--key", given,
      tr("the course's secret, from which every input is drawn; all users of this machine can see it here"));
  command.add_option("--key-file", file, tr("a file that holds the secret; the environment's GRADWALK_KEY may too"));
}

std::string CourseKey::value() const {
  if (!given.empty() && !file.empty()) throw InputError(tr("--key and --key-file: give one of them"));
  if (!given.empty()) return given;
  if (file.empty()) {
    const char* environment = std::getenv("GRADWALK_KEY");
    return environment ? environment : "";
  }
  std::string key = read_file(file);
  key.erase(key.find_last_not_of("\r\n") + 1);  // an editor ends the line
  if (key.empty()) throw InputError(tr("{file} holds no key", fmt::arg("file", file)));
  return key;
}

void write_key_file(const std::filesystem::path& path, const std::string& key) {
  // Never into a file that is there: somebody may have it open, or have put a link in its place.
  const std::string partial = path.string() + ".part";
  unlink(partial.c_str());
  const harness::Descriptor file(open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file || write(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      rename(partial.c_str(), path.c_str()) != 0)
    throw InputError(tr("{file} cannot be written", fmt::arg("file", path.string())));
}

}  // namespace gradwalk::cli
