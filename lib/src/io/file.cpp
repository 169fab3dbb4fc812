#include "gradwalk/nn/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <system_error>
#include <utility>

#include "gradwalk/nn/error.hpp"

namespace gradwalk {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view doing, const fs::path& path, const std::string& why) {
  throw InputError("cannot " + std::string(doing) + " " + path.string() + ": " + why);
}

[[noreturn]] void fail(std::string_view doing, const fs::path& path, int error) {
  switch (error) {
    case ENOENT:
      fail(doing, path, doing == "read" ? "there is no such file" : "there is no such folder");
    case EISDIR:
      fail(doing, path, "it is a folder");
    default:
      fail(doing, path, std::generic_category().message(error));
  }
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  int get() const { return fd_; }
  bool close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// False, with errno set, when not all bytes could be written.
bool write_all(int fd, std::string_view bytes) {
  constexpr std::size_t largest_write = 1 << 30;
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), std::min(bytes.size(), largest_write));
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void write_directly(const fs::path& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0 || !write_all(file.get(), bytes) || !file.close()) fail("write", path, errno);
}

/// A new file beside `path`, removed again unless it took the name of `path`. The system takes from `mode` what the
/// umask of the process says. (Asking for the umask means setting it, for all threads, and mkstemp leaves the file open
/// in programs that other threads start.)
class FileBeside {
 public:
  FileBeside(const fs::path& path, mode_t mode) : file_(create(path.string() + ".new-", mode)) {
    if (file_.get() < 0) fail("write", path, errno);
  }
  FileBeside(const FileBeside&) = delete;
  FileBeside& operator=(const FileBeside&) = delete;
  ~FileBeside() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  /// False, with errno set, when the mode could not be set as it is, whatever the umask.
  bool set_mode(mode_t mode) { return ::fchmod(file_.get(), mode) == 0; }
  /// False, with errno set, when the bytes did not reach the disk.
  bool fill(std::string_view bytes) {
    return write_all(file_.get(), bytes) && ::fsync(file_.get()) == 0 && file_.close();
  }
  bool take_name(const fs::path& path) {
    if (::rename(name_.c_str(), path.c_str()) != 0) return false;
    name_.clear();
    return true;
  }

 private:
  int create(const std::string& beginning, mode_t mode) {
    constexpr std::string_view signs = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device random;
    for (int attempt = 0; attempt < 100; ++attempt) {
      std::string name = beginning;
      for (int i = 0; i < 6; ++i) name += signs[random() % signs.size()];
      const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
      if (file >= 0) name_ = name;
      if (file >= 0 || errno != EEXIST) return file;
    }
    return -1;
  }

  std::string name_ = {};  // empty: there is no file to remove
  Descriptor file_;
};

/// Follows `path` while it is a symbolic link, so that the file it leads to is replaced and not the link.
fs::path behind_links(fs::path path) {
  std::error_code ignored;
  for (int links = 0; links < 40 && fs::is_symlink(path, ignored); ++links) {
    const fs::path next = fs::read_symlink(path, ignored);
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  return path;
}

}  // namespace

std::string read_file(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) fail("read", path, errno);
  if (S_ISDIR(status.st_mode)) fail("read", path, EISDIR);

  constexpr std::size_t most = 1 << 30;  // from a pipe or device, which may be endless
  std::string bytes;
  std::size_t filled = 0;
  bytes.resize(S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) + 1 : 65536);
  for (;;) {
    const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got == 0) break;
    if (got < 0 && errno != EINTR) fail("read", path, errno);
    if (got > 0) filled += static_cast<std::size_t>(got);
    if (filled >= most && !S_ISREG(status.st_mode)) fail("read", path, "a gigabyte came from it, and no end");
    if (filled == bytes.size()) bytes.resize(2 * bytes.size());
  }
  bytes.resize(filled);
  return bytes;
}

void check_writable(const fs::path& path) {
  if (path.empty()) throw InputError("cannot write: the name of the file is empty");
  const fs::path target = behind_links(path);
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) fail("write", path, EISDIR);
    // The folder alone decides whether a rename works; a file that its owner made read-only stays.
    if (::access(target.c_str(), W_OK) != 0) fail("write", path, errno);
    if (!S_ISREG(status.st_mode)) return;  // written to directly
  }
  const fs::path folder = target.parent_path().empty() ? "." : target.parent_path();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail("write", path, errno);
}

void write_file(const fs::path& path, std::string_view bytes) {
  check_writable(path);
  const fs::path target = behind_links(path);
  struct stat status {};
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) return write_directly(target, bytes);
  // A file that only its owner may read is never open to others, not even while it is being written.
  const mode_t mode = exists ? status.st_mode & 07777 : 0666;
  FileBeside beside(target, mode & 0777);
  if ((exists && !beside.set_mode(mode)) || !beside.fill(bytes) || !beside.take_name(target))
    fail("write", path, errno);
}

}  // namespace gradwalk
