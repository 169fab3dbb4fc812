#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>

#include <memory>
#include <string_view>

#include "gradwalk/harness/deploy.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/places.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

constexpr const char* setup_script =
    "#!/bin/sh\n"
    "# Gradescope runs this once, when it builds the image.\n"
    "set -e\n"
    "apt-get update\n"
    "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends g++ bubblewrap\n";

constexpr const char* run_script =
    "#!/bin/sh\n"
    "# Gradescope runs this for every submission.\n"
    "here=/autograder/source/gradwalk\n"
    "out=$(mktemp -d)\n"
    "export GRADWALK_SHARE=$here\n"
    "\"$here/lib/loader\" --library-path \"$here/lib\" \"$here/gradwalk-grade\" /autograder/submission \\\n"
    "  --lesson {lesson}{key} --jobs 1 -o \"$out/grades\" >\"$out/log\" 2>&1\n"
    "result=$(ls \"$out\"/grades/gradescope/*.json 2>/dev/null | head -n 1)\n"
    "if [ -n \"$result\" ]; then\n"
    "  cp \"$result\" /autograder/results/results.json\n"
    "else\n"
    "  cat \"$out/log\"\n"
    "  echo '{{\"score\": 0, \"output\": \"The autograder could not grade this submission. Please tell your "
    "teacher.\"}}' \\\n"
    "    >/autograder/results/results.json\n"
    "fi\n";

class Zip {
 public:
  explicit Zip(const fs::path& path) : out_(archive_write_new(), archive_write_free), path_(path) {
    archive_write_set_format_zip(out_.get());
    if (archive_write_open_filename(out_.get(), path.c_str()) != ARCHIVE_OK) fail();
  }
  void add(const std::string& name, std::string_view bytes, unsigned mode) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), static_cast<mode_t>(mode));
    archive_entry_set_mtime(entry.get(), 315532800, 0);  // 1980: the same bytes every time
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    if (archive_write_header(out_.get(), entry.get()) != ARCHIVE_OK ||
        archive_write_data(out_.get(), bytes.data(), bytes.size()) != static_cast<la_ssize_t>(bytes.size()))
      fail();
  }
  void add_folder(const std::string& name, const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file())
        add(name + "/" + fs::relative(entry.path(), folder).generic_string(), read_file(entry.path()), 0644);
  }
  void finish() {
    if (archive_write_close(out_.get()) != ARCHIVE_OK) fail();
  }

 private:
  [[noreturn]] void fail() const {
    const char* why = archive_error_string(out_.get());
    throw InputError(fmt::format("{} cannot be written: {}", path_.string(), why ? why : "unknown"));
  }

  std::unique_ptr<archive, int (*)(archive*)> out_;
  fs::path path_;
};

/// The shared libraries of this very process, and the loader that binds them.
std::vector<fs::path> loaded_libraries() {
  std::vector<fs::path> libraries;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* to) {
        if (info->dlpi_name && info->dlpi_name[0] == '/')
          static_cast<std::vector<fs::path>*>(to)->emplace_back(info->dlpi_name);
        return 0;
      },
      &libraries);
  return libraries;
}

}  // namespace

void write_gradescope_zip(const fs::path& path, const std::string& lesson_name, const std::string& key) {
  const Lesson lesson = lesson_named(lesson_name);
  const fs::path partial = path.string() + ".part";
  Zip zip(partial);
  zip.add("setup.sh", setup_script, 0755);
  zip.add("run_autograder",
          fmt::format(fmt::runtime(run_script), fmt::arg("lesson", lesson.number),
                      fmt::arg("key", key.empty() ? "" : " --key-file \"$here/course.key\"")),
          0755);
  if (!key.empty()) zip.add("gradwalk/course.key", key, 0600);
  zip.add("gradwalk/gradwalk-grade", read_file("/proc/self/exe"), 0755);
  for (const fs::path& library : loaded_libraries()) {
    const bool loader = library.filename().string().starts_with("ld-linux");
    zip.add("gradwalk/lib/" + (loader ? std::string("loader") : library.filename().string()), read_file(library), 0755);
  }
  const fs::path lessons = lessons_folder();
  zip.add_folder("gradwalk/lessons/driver", lessons / "driver");
  zip.add_folder("gradwalk/lessons/include", lessons / "include");
  zip.add_folder("gradwalk/lessons/" + lesson.name, lesson.folder);
  for (const std::string& earlier : lesson.uses) zip.add_folder("gradwalk/lessons/" + earlier, lessons / earlier);
  for (const char* tool : {"gradwalk-jail", "driver_main.o"})
    zip.add(std::string("gradwalk/lessons/tools/") + tool, read_file(tools_folder() / tool), 0755);
  zip.finish();
  fs::rename(partial, path);
}

}  // namespace gradwalk::harness
