#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <iconv.h>
#include <locale.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>

#include "gradwalk/harness/submissions.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "source_files.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = 4 << 20;
constexpr std::size_t largest_total = std::size_t{2} << 30;
constexpr std::size_t longest_path = 4096;  // no file system has it, and patterns are matched letter by letter
constexpr std::size_t shown_letters = 100;

/// A path as it may be shown: cut, and without what a terminal would obey.
std::string shown(const std::string& path) {
  return printable(path.size() > shown_letters ? path.substr(0, shown_letters) + " …" : path);
}

std::string too_large(const std::string& path) {
  return tr("{path} is left out: it is larger than {megabytes} MB", fmt::arg("path", shown(path)),
            fmt::arg("megabytes", largest_file >> 20));
}

std::string no_plain_file(const std::string& path) {
  return tr("{path} is left out: it is not a plain file", fmt::arg("path", shown(path)));
}

/// Names are taken as UTF-8 while this lives, whatever the user's language is: libarchive asks the thread's locale, and
/// in "C" has no answer for any other letter than ASCII's.
class Utf8Names {
 public:
  Utf8Names() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(utf8_ ? uselocale(utf8_) : nullptr) {}
  ~Utf8Names() {
    if (!utf8_) return;
    uselocale(before_);
    freelocale(utf8_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t utf8_, before_;
};

/// Windows writes names into a zip in the alphabet that DOS had there: Cyrillic where whole words lie beyond ASCII,
/// Western where single letters do. What is UTF-8 stays as it is.
std::string from_dos(const std::string& name) {
  if (printable(name) == name) return name;
  std::size_t beyond = 0, pairs = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto is_beyond = [&](std::size_t at) {
      return at < name.size() && static_cast<unsigned char>(name[at]) > 127;
    };
    if (is_beyond(i)) ++beyond;
    if (is_beyond(i) && is_beyond(i + 1)) ++pairs;
  }
  const iconv_t alphabet = iconv_open("UTF-8", 2 * pairs >= beyond ? "CP866" : "CP850");
  if (alphabet == reinterpret_cast<iconv_t>(-1)) return name;
  std::string in = name, out(4 * name.size(), '\0');
  char *from = in.data(), *to = out.data();
  std::size_t left = in.size(), room = out.size();
  const bool done = iconv(alphabet, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
  iconv_close(alphabet);
  out.resize(out.size() - room);
  return done ? out : name;
}

/// What systems and editors put beside the work.
bool is_noise(const std::string& path) {
  return path.find("__MACOSX/") != std::string::npos || path.find("/.") != std::string::npos || path.starts_with(".");
}

/// A source that lies hidden is not taken, but told: it may be somebody's work.
void tell_hidden(const std::string& path, const LeftOut& left_out) {
  const std::size_t name = path.rfind('/') + 1;  // 0 when there is no slash
  if (kind_of_source(path).value_or(0) > 0 && path.find("__MACOSX/") == std::string::npos &&
      path.compare(name, 2, "._") != 0)
    left_out(tr("{path} is left out: names that begin with a dot are hidden files", fmt::arg("path", shown(path))));
}

std::vector<HandedFile> read_folder(const fs::path& root, const LeftOut& left_out) {
  std::vector<HandedFile> files;
  for (auto entry = fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied);
       entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string path = entry->path().lexically_relative(root).generic_string();
    if (entry->is_directory() && !entry->is_symlink()) continue;
    if (is_noise(path)) {
      tell_hidden(path, left_out);
      continue;
    }
    const bool plain = !entry->is_symlink() && entry->is_regular_file();
    const bool readable = plain && entry->file_size() <= largest_file;
    if (!readable) left_out(plain ? too_large(path) : no_plain_file(path));
    files.push_back({path, readable ? read_file(entry->path()) : "", readable});
  }
  return files;
}

std::vector<HandedFile> read_archive(const fs::path& path, const LeftOut& left_out) {
  const Utf8Names utf8_names;
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
  std::map<std::string, HandedFile> files;  // by path: an archive to which files were added holds the newest last
  const auto keep = [&](HandedFile file) { files.insert_or_assign(file.path, std::move(file)); };
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  for (;;) {
    const int status = archive_read_next_header(in.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status < ARCHIVE_WARN) throw broken();
    const char* name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    if (!name) {
      left_out(tr("a file of {path} is left out: its name cannot be read", fmt::arg("path", shown(path.string()))));
      continue;
    }
    if (std::strlen(name) > longest_path) {
      left_out(tr("{path} is left out: its path is longer than {letters} letters", fmt::arg("path", shown(name)),
                  fmt::arg("letters", longest_path)));
      keep({fs::path(std::string(name, longest_path)).generic_string(), {}, false});
      continue;
    }
    HandedFile file{fs::path(from_dos(name)).lexically_normal().generic_string(), {}};
    if (is_noise(file.path)) {
      tell_hidden(file.path, left_out);
      continue;
    }
    if (archive_entry_filetype(entry) != AE_IFREG) {
      left_out(no_plain_file(file.path));
      keep({file.path, {}, false});
      continue;
    }
    char block[1 << 14];
    la_ssize_t n = 0;
    while ((n = archive_read_data(in.get(), block, sizeof block)) > 0 && file.bytes.size() <= largest_file)
      file.bytes.append(block, static_cast<std::size_t>(n));
    if (n < 0) throw broken();
    total += file.bytes.size();
    if (total > largest_total)
      throw InputError(path.string() + ": more than 2 GB unpacked; is this a course's hand-in?");
    if (file.bytes.size() > largest_file) {
      left_out(too_large(file.path));
      file = {file.path, {}, false};
    }
    keep(std::move(file));
  }
  std::vector<HandedFile> all;
  for (auto& [name, file] : files) all.push_back(std::move(file));
  return all;
}

}  // namespace

std::vector<HandedFile> read_hand_in(const fs::path& path, const LeftOut& left_out) {
  if (!fs::exists(path)) throw InputError(tr("there is no folder, zip or tar {path}", fmt::arg("path", path.string())));
  std::vector<HandedFile> files = fs::is_directory(path) ? read_folder(path, left_out) : read_archive(path, left_out);
  std::sort(files.begin(), files.end(), [](const HandedFile& a, const HandedFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace gradwalk::harness
