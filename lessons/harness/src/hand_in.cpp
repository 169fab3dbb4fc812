#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "gradwalk/harness/submissions.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = 4 << 20;
constexpr std::size_t largest_total = std::size_t{2} << 30;

bool is_noise(const std::string& path) {
  return path.find("__MACOSX/") != std::string::npos || path.find("/.") != std::string::npos || path.starts_with(".");
}

std::vector<HandedFile> read_folder(const fs::path& root) {
  std::vector<HandedFile> files;
  for (auto entry = fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied);
       entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string path = fs::relative(entry->path(), root).generic_string();
    if (entry->is_symlink() || !entry->is_regular_file() || is_noise(path) || entry->file_size() > largest_file)
      continue;
    files.push_back({path, read_file(entry->path())});
  }
  return files;
}

std::vector<HandedFile> read_archive(const fs::path& path) {
  const std::unique_ptr<archive, int (*)(archive*)> in(archive_read_new(), archive_read_free);
  // By name: among all filters that libarchive knows are some for which it would run a program.
  for (const auto filter :
       {archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
        archive_read_support_filter_zstd, archive_read_support_filter_compress})
    filter(in.get());
  archive_read_support_format_tar(in.get());
  archive_read_support_format_zip(in.get());
  const auto broken = [&] {
    const char* why = archive_error_string(in.get());
    return InputError(fmt::format("{}: not a zip or tar that can be read: {}", path.string(), why ? why : "unknown"));
  };
  if (archive_read_open_filename(in.get(), path.c_str(), 1 << 16) != ARCHIVE_OK) throw broken();
  std::vector<HandedFile> files;
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  for (;;) {
    const int status = archive_read_next_header(in.get(), &entry);
    if (status == ARCHIVE_EOF) return files;
    if (status < ARCHIVE_WARN) throw broken();
    const char* name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    if (!name || archive_entry_filetype(entry) != AE_IFREG) continue;
    HandedFile file{fs::path(name).lexically_normal().generic_string(), {}};
    if (is_noise(file.path)) continue;
    char block[1 << 14];
    la_ssize_t n = 0;
    while ((n = archive_read_data(in.get(), block, sizeof block)) > 0 && file.bytes.size() <= largest_file)
      file.bytes.append(block, static_cast<std::size_t>(n));
    if (n < 0) throw broken();
    total += file.bytes.size();
    if (total > largest_total)
      throw InputError(path.string() + ": more than 2 GB unpacked; is this a course's hand-in?");
    if (file.bytes.size() <= largest_file) files.push_back(std::move(file));
  }
}

}  // namespace

std::vector<HandedFile> read_hand_in(const fs::path& path) {
  if (!fs::exists(path)) throw InputError(tr("there is no folder, zip or tar {path}", fmt::arg("path", path.string())));
  std::vector<HandedFile> files = fs::is_directory(path) ? read_folder(path) : read_archive(path);
  std::sort(files.begin(), files.end(), [](const HandedFile& a, const HandedFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace gradwalk::harness
